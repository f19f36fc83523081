"""The way back to what was submitted: rows become equal to the round, and nothing that hangs on them is lost."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
from django.db import transaction
from django.db.models import BigIntegerField
from hypothesis import HealthCheck, assume, given, settings

from accounts.models import User
from bids import callfile, snapshot
from bids.actions.bidfiles import import_bid
from bids.actions.calls import load_calls
from bids.actions.changing import changing
from bids.actions.records import save_row, verify_chain
from bids.actions.rewriting import rewrite
from bids.actions.rule_sets import move_to
from bids.actions.working_copy import return_to
from bids.models import Bid, BidRole, BudgetLine, Chapter, Confirmation, Document, Partner, Picture
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Role
from tests import factories as make
from tests.bidfile import documents


def back(bid: Bid, facts: BidFacts, by: User | None = None) -> Bid:
    """Rewrite as the door does: under the lock, and read the bid anew."""
    with transaction.atomic():
        locked = Bid.objects.with_call().locked().get(pk=bid.pk)
        rewrite(locked, facts, by=by)
    return Bid.objects.with_call().get(pk=bid.pk)


def turn_upside_down(bid: Bid, by: User) -> None:
    """Change, add and remove something in every list."""
    with changing(bid, by=by) as change:
        for line in bid.budget_lines.all()[:2]:
            change.save(line, {"amount": Euro(7), "quantity": None, "unit_cost": None, "pricing": None}, expected=1)
        change.remove(bid.budget_lines.get(key="L003"), expected=1)
        newcomer = change.add(Partner(key="newcomer", name="Newcomer", affiliated_to=bid.partners.first()))
        change.add(BudgetLine(key="L900", partner=newcomer, amount=Euro(5)))
        change.remove(change.add(BudgetLine(key="L901", partner=newcomer)), expected=1)
        change.save(bid, {"title": "Another title", "keywords": ["other"], "rate_operation": None}, expected=1)
        change.save(bid.sites.get(key="zellik"), {"pue": "1.2", "host": newcomer}, expected=1)
        change.save(bid.chapters.get(language="en"), {"html": "<p>Unsent.</p>"}, expected=1)
        change.save(bid.commitments.get(), {"document": None, "years": []}, expected=1)
        change.remove(bid.documents.get(), expected=1)
        change.remove(bid.risks.get(), expected=1)
        change.add(Chapter(key="9.9", title="New"))
        package = bid.work_packages.get(key="wp1")
        package.tasks.all().delete()
        package.efforts.filter(partner__key="imec").delete()
        package.milestones.create(key="m9", title="New")
        change.touch(type(package))


def test_everything_stands_again_as_it_was(bid: Bid, ada: User) -> None:
    before = snapshot.take(bid)
    turn_upside_down(bid, ada)
    assert snapshot.take(bid) != before
    again = back(bid, before, ada)
    assert snapshot.take(again) == before
    assert snapshot.canonical(snapshot.take(again)) == snapshot.canonical(before)
    assessed = assess(before, snapshot.call_of(again))
    assert (again.total, again.eu) == (assessed.total, assessed.eu)
    assert again.revision == bid.revision + 1


def test_rows_keep_who_and_what_hangs_on_them(bid: Bid, ada: User, bruno: User, imec) -> None:
    before = snapshot.take(bid)
    ids = {partner.key: partner.pk for partner in bid.partners.all()}
    Chapter.objects.filter(key="1.1").update(assigned_to=ids["cenaero"])
    turn_upside_down(bid, ada)
    BidRole.objects.create(bid=bid, user=make.a_user(), role=Role.VIEWER, partner=Partner.objects.get(key="newcomer"))
    again = back(bid, before, ada)
    assert {partner.key: partner.pk for partner in again.partners.all()} == ids
    assert again.partners.get(key="imec").organisation == imec
    assert BidRole.objects.get(user=bruno).partner_id == ids["cenaero"]
    assert BidRole.objects.filter(partner=None).count() == 1
    assert {chapter.assigned_to_id for chapter in again.chapters.all()} == {ids["cenaero"]}


def test_somebody_who_still_has_the_old_page_open_is_told(bid: Bid, ada: User) -> None:
    before = snapshot.take(bid)
    save_row(bid.chapters.get(language="en"), {"html": "<p>Unsent.</p>"}, expected=1, by=ada)
    back(bid, before)
    assert bid.chapters.get(language="en").version == 3
    assert bid.chapters.get(language="fr").version == 1


def test_lines_that_came_later_can_still_be_put_back(bid: Bid, ada: User) -> None:
    before = snapshot.take(bid)
    turn_upside_down(bid, ada)
    again = back(bid, before, ada)
    later = again.budget_lines.get(key="L900")
    assert (later.removed_by, later.partner, later.amount) == (ada, None, Euro(5))
    with changing(again, by=ada) as change:
        change.restore(later)
    assert "L900" in {line.key for line in snapshot.take(again).budget}


def test_what_was_confirmed_as_it_stands_again_holds_again(bid: Bid, ada: User) -> None:
    before = snapshot.take(bid)
    confirmed = make.a_confirmation(bid.partners.get(key="cenaero"), ada)
    save_row(bid.budget_lines.get(key="L001"), {"description": "Others"}, expected=1, by=ada)
    other = make.a_confirmation(bid.partners.get(key="cenaero"), ada)
    back(bid, before)
    assert list(Confirmation.objects.filter(cleared_at=None)) == [confirmed]
    assert other.digest != confirmed.digest


def test_a_replaced_document_has_its_former_bytes_again(bid: Bid, ada: User) -> None:
    former, newer = make.a_stored_file(b"%PDF former"), make.a_stored_file(b"%PDF newer")
    letter = make.a_document(bid, "mandate", file=former)
    before = snapshot.take(bid)
    save_row(letter, {"file": newer, "sha256": newer.sha256}, expected=1, by=ada)
    back(bid, before)
    assert Document.objects.get(key="mandate").file == former
    assert snapshot.take(bid) == before


def test_bytes_of_another_bid_are_never_tied(bid: Bid, foreign_bid: Bid) -> None:
    theirs = make.a_document(foreign_bid, "secret")
    facts = snapshot.take(bid)
    named = replace(facts.documents[0], key="mine", sha256=theirs.sha256)
    back(bid, replace(facts, documents=(*facts.documents, named)))
    assert bid.documents.get(key="mine").file is None


def test_what_is_equal_already_is_left_alone(bid: Bid) -> None:
    versions = {line.pk: line.version for line in bid.budget_lines.all()}
    again = back(bid, snapshot.take(bid))
    assert {line.pk: line.version for line in again.budget_lines.all()} == versions
    assert again.version == bid.version


def test_unsent_work_is_kept_as_a_picture(bid: Bid, ada: User) -> None:
    frozen = make.a_snapshot(bid, ada)
    save_row(bid.chapters.get(language="en"), {"html": "<p>Unsent.</p>"}, expected=1, by=ada)
    unsent = snapshot.canonical(snapshot.take(bid))
    with transaction.atomic():
        kept = return_to(frozen, by=None)
    assert kept == Picture.objects.get()
    assert kept.text == unsent
    assert snapshot.canonical(snapshot.take(bid)) == frozen.text
    with transaction.atomic():
        assert return_to(frozen, by=None) is None


def test_a_bid_that_returns_to_its_round_returns_to_the_rules_of_the_round(bid: Bid, ada: User) -> None:
    frozen = make.a_snapshot(bid, ada)
    before = (bid.total, bid.eu)
    data = copy.deepcopy(callfile.load(make.FACTORY_CALL))
    services = next(stream for stream in data["streams"] if stream["id"] == "services")
    services["action"]["rate"] = dict(services["action"]["rate"]) | {"value": "0.40"}
    (loaded,) = load_calls([data])
    bid.refresh_from_db()
    moved = move_to(bid, loaded.version, seen=bid.revision, by=ada)
    assert moved.eu != before[1]
    with transaction.atomic():
        assert return_to(moved.snapshots.get(), by=None) is None  # not a word of the bid had changed
    back_again = Bid.objects.with_call().get(pk=bid.pk)
    assert back_again.call_version == frozen.call_version
    assert (back_again.total, back_again.eu) == before
    told = bid.events.filter(name="rule_set_changed").last()
    assert (told.before, told.after) == ({"rule_set": str(loaded.version)}, {"rule_set": str(frozen.call_version)})
    assert verify_chain(bid) == ""


def fits(facts: BidFacts, call: str) -> bool:
    """Formulas of generated lines may come to more than any column holds."""
    law = callfile.shipped()[call]
    return assess(replace(facts, call=call), law).total.cents <= BigIntegerField.MAX_BIGINT


@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(one=documents.facts(), other=documents.facts())
def test_any_bid_can_be_made_equal_to_any_other(one: BidFacts, other: BidFacts) -> None:
    call = make.a_call().reference
    assume(fits(one, call) and fits(other, call))
    bid = import_bid(replace(one, call=call, reference=""), by=None)
    wanted = replace(other, call=call, reference=bid.reference)
    assert snapshot.take(back(bid, wanted)) == wanted
    first = replace(one, call=call, reference=bid.reference)
    assert repr(snapshot.take(back(bid, first))) == repr(first)
