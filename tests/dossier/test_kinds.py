"""Six kinds of dossier: what each tells, and what it keeps from whom."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from accounts import clock
from accounts.models import User
from bids import wording
from bids.actions.dossiers import request_dossier
from bids.dossier import files
from bids.dossier.contents import sections
from bids.dossier.html import Writer, kind_of
from bids.dossier.rows import source_of
from bids.dossier.source import Source
from bids.models import Bid, Dossier, Snapshot
from bids.rulebook.vocabulary import ApprovalVerdict, DossierKind, Language, ReviewState
from tests import factories
from tests.dossier import sample


@pytest.fixture
def judged(bid: Bid, ada: User, rik: User, leo: User, dora: User, dirk: User, clara: User) -> Snapshot:
    """A round with a review, an opinion, a recommendation and two votes."""
    frozen = factories.a_snapshot(bid, ada)
    review = factories.a_review(frozen, rik, state=ReviewState.SENT, sent_at=clock.now(), comment="Convincing overall.")
    criterion = "specs"
    factories.a_score(review, criterion, 9, comment="Well specified.")
    factories.an_opinion(frozen, leo, text="Lawful as it stands.")
    frozen.recommendations.create(bid=bid, by=clara, reason="Ready to be decided.")
    for order, user in enumerate((dora, dirk), start=1):
        factories.an_approval(frozen, user, order=order, verdict=ApprovalVerdict.APPROVE, reason=f"Reason {order}.")
    return frozen


def dossier_of(frozen: Snapshot, kind: DossierKind) -> Dossier:
    return request_dossier(frozen.bid, kind, Language.EN, by=None, snapshot=frozen)


def written(source: Source) -> str:
    """The manuscript of every section."""
    writer = Writer(source)
    return "".join(writer.section(section).text for section in sections(source))


def names_of(source: Source) -> list[str]:
    return [section.name for section in sections(source)]


def test_a_review_dossier_tells_everything_but_who(judged: Snapshot) -> None:
    source = source_of(dossier_of(judged, DossierKind.REVIEW))
    assert names_of(source) == ["summary", "reviews", "verification"]
    told = written(source)
    for words in ("Convincing overall.", "Well specified.", "4.5", "Lawful as it stands.", "Ready to be decided."):
        assert words in told
    assert "Reason 1." in told
    for name in ("Rik", "Leo", "Dora", "Dirk", "Clara"):
        assert name not in told


def test_a_decision_dossier_tells_the_votes_and_nothing_of_the_reviews(judged: Snapshot) -> None:
    source = source_of(dossier_of(judged, DossierKind.DECISION))
    assert names_of(source)[:2] == ["decision", "summary"]
    told = written(source)
    assert "Reason 1." in told
    assert "Reason 2." in told
    for words in ("Convincing overall.", "Well specified.", "Lawful as it stands.", "Ready to be decided.", "Dora"):
        assert words not in told


def test_a_submission_dossier_tells_nothing_of_the_judgement(judged: Snapshot) -> None:
    source = source_of(dossier_of(judged, DossierKind.SUBMISSION))
    assert source.proceedings is None
    assert "Reason 1." not in written(source)


def test_only_the_last_attempt_of_a_split_vote_is_told(judged: Snapshot, clara: User) -> None:
    judged.recommendations.create(bid=judged.bid, by=clara, attempt=2)
    assert source_of(dossier_of(judged, DossierKind.DECISION)).proceedings.votes == ()  # type: ignore[union-attr]


def test_a_review_dossier_asked_for_again_is_made_again(judged: Snapshot) -> None:
    asked = dossier_of(judged, DossierKind.REVIEW)
    Dossier.objects.filter(pk=asked.pk).update(state="done", file_sha256="ab" * 32, sealed_sha256="ac" * 32)
    assert dossier_of(judged, DossierKind.REVIEW).state == "queued"
    submission = dossier_of(judged, DossierKind.SUBMISSION)
    files.keep("cd" * 32, b"%PDF")
    Dossier.objects.filter(pk=submission.pk).update(state="done", file_sha256="ce" * 32, sealed_sha256="cd" * 32)
    assert dossier_of(judged, DossierKind.SUBMISSION).state == "done"


def test_a_round_is_assessed_on_the_day_it_was_received(judged: Snapshot) -> None:
    source = source_of(dossier_of(judged, DossierKind.SUBMISSION))
    assert (source.digest, source.round, source.made_at) == (judged.sha256, judged.round, judged.received_at)
    assert source.received_at == judged.received_at


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (DossierKind.DRAFT, "Draft dossier"),
        (DossierKind.SUBMISSION, "Submission dossier, round 1"),
        (DossierKind.REVIEW, "Review dossier, round 1"),
        (DossierKind.DECISION, "Decision dossier, round 1"),
        (DossierKind.RECEIPT, "Receipt, round 1"),
    ],
)
def test_each_kind_has_its_title(kind: DossierKind, words: str) -> None:
    assert kind_of(sample.small(kind=kind)) == words


def test_a_factory_has_sites_and_a_hosting_agreement_and_an_antenna_has_not() -> None:
    factory, antenna = sample.demo(), sample.demo("BE-AIFA-2025")
    assert "sites" in names_of(factory)
    assert "sites" not in names_of(antenna)
    assert "chapter-17" in names_of(factory)
    assert [name for name in names_of(antenna) if name.startswith("chapter")] == ["chapter-1", "chapter-2", "chapter-3"]
    told = written(antenna)
    assert "Hosting agreement checklist" not in told
    assert "table 3.1a of the application form" in told
    assert "Linked AI Factory" in told


def test_the_views_of_the_budget_add_up_in_every_table() -> None:
    source = sample.demo()
    told = written(source)
    assert told.count("80,000,000.00") >= 8
    assert source.assessment.eu_share == Decimal("0.500000")


def test_long_tables_that_need_a_typesetter_are_set_in_pieces() -> None:
    line = dataclasses.replace(sample.small_bid().budget[1], description="People ✓")
    many = tuple(dataclasses.replace(line, key=f"L{number:04}") for number in range(1700))
    source = sample.small(sample.small_bid(budget=many))
    pieces = [section for section in sections(source) if section.name.startswith("lines")]
    assert [str(piece.title) for piece in pieces] == ["Budget lines (1)", "Budget lines (2)", "Budget lines (3)"]
    told = [Writer(source).section(piece).text for piece in pieces]
    assert [piece.count('<th scope="row">L') for piece in told] == [800, 800, 100]
    assert [wording.amount(source.assessment.total) in piece for piece in told] == [False, False, True]


@pytest.mark.parametrize("kind", [DossierKind.SUBMISSION, DossierKind.REVIEW, DossierKind.DECISION])
def test_no_dossier_repeats_what_others_published(judged: Snapshot, kind: DossierKind) -> None:
    told = written(source_of(dossier_of(judged, kind)))
    assert [words for words in ("SEEN2", "S10", "LitAI", "NLAIF", "would be number") if words in told] == []


def test_a_draft_leaves_the_comparison_to_the_screen(bid: Bid, ada: User) -> None:
    told = written(source_of(request_dossier(bid, DossierKind.DRAFT, Language.EN, by=ada)))
    assert "Open points" in told
    assert [words for words in ("C37", "LitAI", "would be number") if words in told] == []
