"""The difference dossier: money, things and words that are not as they were in the round before."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from accounts.models import User
from bids import wording
from bids.actions.dossiers import NothingSubmitted, request_dossier
from bids.dossier.build import build_pdf
from bids.dossier.contents import sections
from bids.dossier.html import Writer, kind_of
from bids.dossier.rows import source_of
from bids.dossier.source import Source
from bids.models import Bid, Dossier, Picture
from bids.rulebook.facts import BidFacts, ChapterFacts, RiskFacts
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import DossierKind, Language, Level
from tests import factories
from tests.dossier import sample
from tests.dossier.paper import Paper


def now(bid: BidFacts) -> BidFacts:
    """The small bid a round later: a dearer line, one less, one more; a machine grew; a risk went; words changed."""
    first, second, third = bid.budget
    (zell, char), system = bid.sites, bid.chapters[1]
    machine = dataclasses.replace(zell.machines[0], accelerators=288)
    return dataclasses.replace(
        bid,
        title="A small factory on two sites, revised",
        budget=(dataclasses.replace(first, amount=Euro(110000000)), second, dataclasses.replace(third, key="L004")),
        sites=(dataclasses.replace(zell, it_power_kw=Decimal(700), host="south", machines=(machine,)), char),
        risks=(RiskFacts("r2", "Nobody comes", Level.LOW, Level.HIGH, "Tell people"),),
        chapters=(bid.chapters[0], dataclasses.replace(system, html=system.html + "<p>And a room.</p>")),
    )  # fmt: skip


def compared(facts: BidFacts | None = None, **changes: object) -> Source:
    before = sample.small()
    given = {"kind": DossierKind.DIFFERENCE, "round": 2, "before": before, "digest": "cd" * 32}
    return sample.small(facts or now(sample.small_bid()), **given | changes)


def written(source: Source) -> str:
    writer = Writer(source)
    return "".join(writer.section(section).text for section in sections(source))


@pytest.fixture(scope="module")
def paper() -> Paper:
    return Paper(build_pdf(compared()).pdf)


def test_it_says_of_which_rounds_it_is(paper: Paper) -> None:
    assert "What changed: round 2 against round 1" in paper.pages[0]
    assert "Round 2, compared with round 1, received on 12 June 2025, 11:30 (Brussels)." in paper.text
    assert kind_of(compared(round=None, received_at=None)) == "What changed: draft against round 1"


def test_the_money_is_told_before_now_and_by_how_much(paper: Paper) -> None:
    before, after = sample.small().assessment, compared().assessment
    assert after.total - before.total == Euro.of("100000.00")
    row = f"Total cost {wording.amount(before.total)} {wording.amount(after.total)} +100,000.00"
    assert row in paper.text
    assert "Figure 1. Total cost by partner, in millions of euro" in paper.text
    assert "What changed by stream" in paper.text


def test_where_no_money_moved_no_view_is_shown() -> None:
    told = written(compared(dataclasses.replace(sample.small_bid(), title="Another title")))
    assert "Where the difference lies" not in told
    assert "<figure>" not in told
    assert "Another title" in told


def test_entries_are_told_with_their_fields(paper: Paper) -> None:
    for words in ("[−600−] → [+700+]", "[−North−] → [+South+]", "Machine m1: Accelerators", "[−256−] → [+288+]"):
        assert words in paper.text
    told = written(compared())
    assert "<del>The machine comes late</del>" in told
    assert "<ins>Nobody comes</ins>" in told


def test_lines_are_told_with_what_they_cost_before_and_now(paper: Paper) -> None:
    assert "L001 changed The machine" in paper.text
    assert "1,000,000.00 1,100,000.00 +100,000.00" in paper.text
    assert "L004 added" in paper.text
    assert "L003 removed" in paper.text
    assert "L002" not in paper.text


def test_chapters_are_marked_and_what_stayed_is_only_counted(paper: Paper) -> None:
    assert "[+And a room.+]" in paper.text
    assert "2 passages stayed as they were." in paper.text
    assert "What we propose" not in paper.text


def test_a_chapter_that_is_new_or_gone_says_so() -> None:
    bid = sample.small_bid()
    told = written(
        compared(dataclasses.replace(bid, chapters=(ChapterFacts("2", title="Applicant", html="<p>We.</p>"),)))
    )
    assert told.count("This chapter is new.") == 1
    assert told.count("This chapter was taken out.") == 2
    assert "<ins>We.</ins>" in told


def test_without_any_difference_it_says_so() -> None:
    source = compared(sample.small_bid())
    assert [section.name for section in sections(source)] == ["difference", "verification"]
    assert "Nothing in the bid differs from the round before." in written(source)


def test_chapters_that_are_not_printed_are_not_called_untranslated() -> None:
    assert build_pdf(compared(sample.small_bid(), language=Language.DE)).warnings == ()


@pytest.mark.parametrize("language", Language)
def test_it_is_told_in_every_language(language: Language) -> None:
    told = written(compared(language=language)).replace("\N{NO-BREAK SPACE}", " ")
    assert f'<html lang="{language}">' in told
    assert wording.more(Euro.of("100000.00"), language).replace("\N{NO-BREAK SPACE}", " ") in told


@pytest.fixture
def two_rounds(bid: Bid, ada: User) -> Bid:
    factories.a_snapshot(bid, ada)
    Bid.objects.filter(pk=bid.pk).update(title="Another title")
    bid.refresh_from_db()
    factories.a_snapshot(bid, ada)
    return bid


def difference_of(bid: Bid, by: User, **options: bool) -> Dossier:
    return request_dossier(bid, DossierKind.DIFFERENCE, Language.EN, by=by, **options)


def test_a_round_is_compared_with_the_one_before(two_rounds: Bid, ada: User) -> None:
    source = source_of(difference_of(two_rounds, ada))
    assert source.before is not None
    assert (source.round, source.before.round) == (2, 1)
    assert (source.facts.title, source.before.facts.title != "Another title") == ("Another title", True)


def test_a_draft_is_compared_with_the_newest_round_there_is(two_rounds: Bid, ada: User) -> None:
    dossier = difference_of(two_rounds, ada, of_the_working_copy=True)
    assert (dossier.is_draft, dossier.picture == Picture.objects.get()) == (True, True)
    assert source_of(dossier).before.round == 2  # type: ignore[union-attr]
    factories.a_snapshot(two_rounds, ada)
    Dossier.objects.filter(pk=dossier.pk).update(state="done", file_sha256="ab" * 32)
    again = difference_of(two_rounds, ada, of_the_working_copy=True)
    assert (again.pk, again.state) == (dossier.pk, "queued")
    assert source_of(again).before.round == 3  # type: ignore[union-attr]


def test_a_first_round_has_nothing_to_be_compared_with(bid: Bid, ada: User) -> None:
    for options in ({}, {"of_the_working_copy": True}):
        with pytest.raises(NothingSubmitted):
            difference_of(bid, ada, **options)
    factories.a_snapshot(bid, ada)
    with pytest.raises(NothingSubmitted):
        difference_of(bid, ada)
    assert Dossier.objects.count() == 0
