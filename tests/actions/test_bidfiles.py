"""A bid file and a stored bid are the same thing: what goes in comes out, or nothing goes in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import BigIntegerField
from hypothesis import HealthCheck, given, settings

from accounts.models import User
from bids import bidfile, snapshot
from bids.actions.bidfiles import export_bid, import_bid
from bids.models import Bid, BidRole, BudgetLine, Partner
from bids.models.columns import OF_THE_BID, RATES, TABLES
from bids.rulebook import facts as rulebook_facts
from bids.rulebook.facts import BidFacts, CostFact, DocumentFacts, PartnerFacts
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState, Role, Stream
from tests import factories as make
from tests.bidfile import documents

MAX_BIGINT = BigIntegerField.MAX_BIGINT
DEMO = Path(__file__).parents[2] / "bids" / "demo"


def test_every_fact_has_a_column() -> None:
    """A fact added to the bid file without a place in the tables would be lost on import."""
    lists = {table.name for table in TABLES if table.owner == "bid"}
    assert {part.name for part in fields(BidFacts) if part.init} == {"call", "rates", *OF_THE_BID, *lists}
    assert {part.name for part in fields(rulebook_facts.RatesFacts)} == set(RATES)
    for table in TABLES:
        columns = {column.name for column in table.model._meta.fields}
        inside = {inner.name for inner in TABLES if inner.owner_model is table.model}
        assert {part.name for part in fields(table.facts)} - columns == inside | ({"effort"} & set(table.inside))


@pytest.mark.parametrize("facts", [make.small_bid(), BidFacts(make.FACTORY_CALL, "Bare", reference="BARE")])
def test_what_goes_in_comes_out(call, facts: BidFacts) -> None:
    bid = import_bid(facts, by=None)
    assert snapshot.take(bid) == facts
    assert export_bid(bid) == bidfile.as_dict(facts)
    assert json.dumps(export_bid(bid)) == json.dumps(bidfile.as_dict(facts))  # the order of keys too


@pytest.mark.parametrize("name", ["BE-AIF-2025", "BE-AIFA-2025"])
def test_the_belgian_bids_come_out_as_they_went_in(db: None, name: str) -> None:
    facts = bidfile.read((DEMO / f"{name}.json").read_bytes())
    make.a_call(facts.call)
    bid = import_bid(facts, by=None)
    assert snapshot.take(bid) == facts
    assert snapshot.canonical(snapshot.take(bid)) == snapshot.canonical(facts)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(any_bid=documents.facts())
def test_any_bid_comes_out_as_it_went_in(any_bid: BidFacts) -> None:
    call = make.a_call()
    facts = replace(any_bid, call=call.reference)
    if assess(facts, snapshot.facts_of(call.version_in_force())).total.cents > MAX_BIGINT:
        with pytest.raises(bidfile.Unreadable, match="adds up to more than can be stored"):
            import_bid(facts, by=None)
        return
    bid = import_bid(facts, by=None)
    taken = snapshot.take(bid)
    assert taken == replace(facts, reference=bid.reference)
    assert repr(taken) == repr(replace(facts, reference=bid.reference))  # "0.50" is not "0.5"
    Bid.objects.filter(pk=bid.pk).update(reference=f"DONE-{bid.pk}")


@pytest.mark.deep
@pytest.mark.django_db
@settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_bid=documents.facts())
def test_two_thousand_bids_come_out_as_they_went_in(any_bid: BidFacts) -> None:
    test_any_bid_comes_out_as_it_went_in.hypothesis.inner_test(any_bid)


def test_totals_are_there_at_once(bid: Bid) -> None:
    assessed = assess(snapshot.take(bid), snapshot.call_of(bid))
    assert (bid.total, bid.eu) == (assessed.total, assessed.eu)
    assert bid.eu > Euro()


def test_who_imports_coordinates_for_the_own_organisation(bid: Bid, ada: User, imec) -> None:
    role = BidRole.objects.get(bid=bid, user=ada)
    assert (role.role, role.partner) == (Role.COORDINATOR, bid.partners.get(key="imec"))
    assert bid.partners.get(key="imec").organisation == imec
    assert bid.partners.get(key="lab").organisation is None
    assert (bid.state, bid.revision, bid.created_by) == (BidState.DRAFT, 1, ada)
    event = bid.events.get()
    assert (event.name, event.role) == ("bid_imported", "coordinator")
    assert event.after == {"sha256": snapshot.digest(snapshot.canonical(snapshot.take(bid)))}


def test_partners_are_tied_by_number_before_name(call) -> None:
    named = make.an_organisation("Old name", name="imec legal name")
    numbered = make.an_organisation("imec", name="imec, as renamed", enterprise_number="0425260668")
    bid = import_bid(make.small_bid(), by=None)
    assert bid.partners.get(key="imec").organisation == numbered != named


def test_a_file_without_a_reference_is_given_one(call) -> None:
    bid = import_bid(replace(make.small_bid(), reference=""), by=None)
    assert bid.reference.startswith("BID-")
    assert snapshot.take(bid) == replace(make.small_bid(), reference=bid.reference)


def test_knowing_a_digest_is_no_right_to_read_the_file(call, ada: User) -> None:
    file = make.a_stored_file(b"%PDF secret", pages=1)
    facts = replace(
        make.small_bid(), commitments=(), documents=(DocumentFacts("letter", "other", "Letter", file.sha256, 1),)
    )
    stolen = import_bid(facts, by=ada)
    given_along = import_bid(replace(facts, reference="WITH"), by=None, files=[file])
    assert stolen.documents.get().file is None
    assert given_along.documents.get().file == file
    assert snapshot.take(stolen).documents == snapshot.take(given_along).documents == facts.documents


def line(**given: Any) -> BidFacts:
    return replace(make.small_bid(), budget=(CostFact("L9", Stream.SERVICES, **given),))


REFUSED: dict[str, tuple[Callable[[], BidFacts], str, str]] = {
    "an unknown call": (lambda: replace(make.small_bid(), call="NO-CALL"), "$.call", "There is no call NO-CALL here"),
    "a partner that isn't there": (lambda: line(partner="ghost"), "$.budget[0].partner", "ghost is not in this bid."),
    "a site that isn't there": (lambda: line(site="moon"), "$.budget[0].site", "moon is not in this bid."),
    "an affiliate of nobody": (
        lambda: BidFacts(make.FACTORY_CALL, "T", partners=(PartnerFacts("a", affiliated_to="b"),)),
        "$.partners[0].affiliated_to", "b is not in this bid.",
    ),
    "too many decimals": (
        lambda: line(quantity=Decimal("0.00001")), "$.budget[0].quantity", "Write at most 4 decimals."
    ),
    "too large an amount": (lambda: line(amount=Euro(10**18)), "$.budget[0].amount", "This amount is larger than any"),
    "lines that add up to too much": (
        lambda: replace(
            make.small_bid(),
            budget=tuple(CostFact(f"L{n}", Stream.SERVICES, category="B", amount=Euro(10**17)) for n in range(93)),
        ),
        "$.budget", "The bid adds up to more than can be stored.",
    ),
    "a character nobody stores": (
        lambda: line(description="a\x00b"), "$.budget[0].description", "This text contains a character"
    ),
    "half a character": (lambda: replace(make.small_bid(), title="\ud83d"), "$.title", "This text contains a"),
    "too long a key": (lambda: replace(make.small_bid(), reference="x" * 33), "$.reference", "Use 1 to 32 letters"),
    "a broken key": (lambda: replace(make.small_bid(), reference="../x"), "$.reference", "Use 1 to 32 letters"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_stored_is_refused_at_its_place(call, what: str) -> None:
    facts, path, words = REFUSED[what]
    with pytest.raises(bidfile.Unreadable) as refused:
        import_bid(facts(), by=None)
    (problem,) = refused.value.problems
    assert problem.path == path
    assert str(problem.sentence).startswith(words)
    assert not Bid.objects.exists()
    assert not Partner.objects.exists()


def test_a_reference_is_given_once(bid: Bid) -> None:
    with pytest.raises(bidfile.Unreadable, match=r"\$.reference: There is already a bid BE-SMALL"):
        import_bid(make.small_bid(), by=None)
    assert Bid.objects.get() == bid


def test_long_texts_are_never_cut(call) -> None:
    facts = replace(
        make.small_bid(), title="t" * 5_000, abstract="é" * 100_000,
        chapters=(replace(make.small_bid().chapters[0], html="<p>" + "x" * 1_000_000 + "</p>"),),
    )  # fmt: skip
    assert snapshot.take(import_bid(facts, by=None)) == facts


@pytest.mark.parametrize("lines", [10, 2_000])
def test_many_lines_go_into_one_statement(call, lines: int, django_assert_max_num_queries) -> None:
    one = make.small_bid().budget[1]
    facts = replace(make.small_bid(), budget=tuple(replace(one, key=f"L{number}") for number in range(lines)))
    with django_assert_max_num_queries(40 + lines // 30):
        import_bid(facts, by=None)
    assert BudgetLine.objects.count() == lines


def test_the_commands_carry_a_bid_there_and_back(call, ada: User, tmp_path: Path, capsys) -> None:
    there, back = tmp_path / "there.json", tmp_path / "back.json"
    there.write_text(json.dumps(bidfile.as_dict(make.small_bid())))
    call_command("import_bid", there, by="ada@example.org")
    call_command("export_bid", "BE-SMALL", out=back)
    assert json.loads(back.read_text()) == json.loads(there.read_text())
    assert capsys.readouterr().out.startswith("BE-SMALL: stored, total ")
    assert BidRole.objects.get().user == ada
    call_command("export_bid", "BE-SMALL")
    assert json.loads(capsys.readouterr().out) == json.loads(there.read_text())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import_bid", "{there}", "--by", "nobody@example.org"], "Nobody is known by the address"),
        (["import_bid", "{folder}/missing.json"], "missing.json\" can't be read: No such file"),
        (["export_bid", "NO-BID"], "There is no bid NO-BID."),
        (["export_bid", "BE-SMALL", "--out", "{folder}"], "can't be written: Is a directory"),
        (["import_bid", "{there}"], r"\$.reference: There is already a bid BE-SMALL"),
    ],
)
def test_the_commands_say_what_is_wrong(bid: Bid, tmp_path: Path, arguments: list[str], words: str) -> None:
    there = tmp_path / "there.json"
    there.write_text(json.dumps(bidfile.as_dict(make.small_bid())))
    with pytest.raises(CommandError, match=words) as refused:
        call_command(*(argument.format(there=there, folder=tmp_path) for argument in arguments))
    assert refused.value.returncode == 2
