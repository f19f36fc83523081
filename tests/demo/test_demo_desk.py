"""The small bids on the desk: real enough to be judged, and each where its story says."""

from __future__ import annotations

import json

import pytest

from bids import bidfile, callfile
from bids.actions import demo_desk
from bids.actions.audit import faults_of_the_snapshots, faults_of_the_trail
from bids.models import Bid, Dossier, Review, Snapshot
from bids.rulebook.funding import assess
from bids.rulebook.readiness import Situation, findings
from bids.rulebook.vocabulary import BidState, DossierKind

pytestmark = [pytest.mark.usefixtures("demonstration", "db"), pytest.mark.xdist_group("demonstration")]

STATES = {
    "BE-MEDTAAL-2026": BidState.SUBMITTED,
    "BE-TEXSORT-2026": BidState.IN_REVIEW,
    "BE-AKKER-2026": BidState.RECOMMENDED,
    "BE-LOKET-2026": BidState.APPROVED,
    "BE-NETLAST-2026": BidState.FILED,
    "BE-WIEK-2026": BidState.NOT_SELECTED,
}


@pytest.mark.parametrize("reference", list(STATES))
def test_each_file_is_a_complete_bid_that_nothing_stops(reference: str) -> None:
    text = (demo_desk.FILES / f"{reference}.json").read_text(encoding="utf-8")
    facts = bidfile.read(text)
    call = callfile.shipped()[facts.call]
    assessment = assess(facts, call)
    assert facts.reference == reference
    assert "Invented for demonstration: not a project of the organisations named." in facts.abstract
    assert [finding for finding in findings(facts, call, assessment, Situation()) if finding.severity != "info"] == []
    assert str(assessment.uncovered) == "0.00"
    assert json.dumps(bidfile.as_dict(facts), indent=2, ensure_ascii=False) + "\n" == text


def test_every_bid_stands_where_its_story_ends() -> None:
    states = dict(Bid.objects.filter(reference__in=STATES).values_list("reference", "state"))
    assert states == STATES


def test_each_was_submitted_through_the_door_with_a_receipt_and_a_dossier_asked_for() -> None:
    rounds = Snapshot.objects.filter(bid__reference__in=STATES)
    assert {frozen.receipt.split("/")[0] for frozen in rounds} == set(STATES)
    asked = Dossier.objects.filter(bid__reference__in=STATES, kind=DossierKind.SUBMISSION)
    assert {dossier.snapshot_id for dossier in asked} == {frozen.pk for frozen in rounds}


def test_the_review_that_is_still_missing_is_work_for_reviewer_2() -> None:
    reviews = Review.objects.filter(bid__reference="BE-TEXSORT-2026")
    assert [review.reviewer.email.split("@")[0] for review in reviews] == ["reviewer1"]
    assert sorted(reviews.get().scores.values_list("criterion", "halves")) == [
        ("excellence", 8), ("impact", 7), ("implementation", 8),
    ]  # fmt: skip


def test_two_different_people_approved() -> None:
    approvals = Bid.objects.get(reference="BE-LOKET-2026").approvals.all()
    assert [approval.user.email.split("@")[0] for approval in approvals] == ["approver1", "approver2"]


def test_the_trail_of_all_of_it_verifies() -> None:
    assert [*faults_of_the_trail(), *faults_of_the_snapshots()] == []
