"""Four eyes: approve, reject, and decide an appeal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bids.rulebook.vocabulary import ApprovalVerdict, BidState
from bids.rulebook.workflow import Appeal, AppealVote, Vote
from tests.rulebook.workflow.situations import CLARA, DORA, EMIL, blocking, by, lands, saying, vote, why

RECOMMENDED, APPROVED, REJECTED = BidState.RECOMMENDED, BidState.APPROVED, BidState.REJECTED
IN_REVIEW = BidState.IN_REVIEW
APPROVE, REJECT = ApprovalVerdict.APPROVE, ApprovalVerdict.REJECT
NOT_CHECKED = "This has not been checked yet. Reload the page and try again."
VOTED = "You have voted already: the second vote is another person's."
d, e = DORA.user_id or 0, EMIL.user_id or 0


@pytest.mark.parametrize(
    ("move", "earlier", "end"),
    [
        ("approve", (), RECOMMENDED),
        ("approve", (vote(d, APPROVE),), APPROVED),
        ("approve", (vote(d, REJECT),), IN_REVIEW),
        ("reject", (), RECOMMENDED),
        ("reject", (vote(d, REJECT),), REJECTED),
        ("reject", (vote(d, APPROVE),), IN_REVIEW),
    ],
)
def test_two_alike_decide_and_one_of_each_goes_back(move: str, earlier: tuple[Vote, ...], end: BidState) -> None:
    assert lands(move, RECOMMENDED, by(EMIL, approvals=earlier)) is end


@pytest.mark.parametrize("move", ["approve", "reject"])
@pytest.mark.parametrize("verdict", [APPROVE, REJECT])
def test_the_second_vote_is_another_persons(move: str, verdict: ApprovalVerdict) -> None:
    assert why(move, RECOMMENDED, by(DORA, approvals=(vote(d, verdict),))) == [VOTED]


@pytest.mark.parametrize("move", ["approve", "reject"])
def test_votes_of_another_recommendation_or_version_count_nothing(move: str) -> None:
    old = (vote(d, APPROVE, attempt=1), vote(e, REJECT, attempt=1), vote(d, APPROVE, attempt=2, digest="0" * 64))
    assert lands(move, RECOMMENDED, by(DORA, approvals=old, attempt=2)) is RECOMMENDED


@pytest.mark.parametrize("move", ["approve", "reject"])
def test_a_vote_is_bound_to_the_newest_version(move: str) -> None:
    stale = ["A newer version was submitted since you opened this page. Read it, then decide."]
    assert why(move, RECOMMENDED, saying(DORA, digest_seen="0" * 64)) == stale
    assert why(move, RECOMMENDED, replace(saying(DORA, digest_seen=""), digest="")) == stale


@pytest.mark.parametrize("move", ["approve", "reject"])
@pytest.mark.parametrize("part", ["reviewed", "recommended", "proposed"])
def test_who_took_part_before_does_not_decide(move: str, part: str) -> None:
    assert why(move, RECOMMENDED, by(DORA, took_part=frozenset({part}))) == [
        "You took part in an earlier step of this bid, so others have to decide."
    ]


@pytest.mark.parametrize("move", ["approve", "reject"])
def test_an_approver_without_declaration_or_with_conflict_does_not_decide(move: str) -> None:
    assert why(move, RECOMMENDED, by(replace(DORA, coi=None))) == [
        "First declare whether you have a conflict of interest with this bid."
    ]
    for conflicted in (replace(DORA, coi="conflict"), replace(DORA, own_partner_keys=frozenset({"imec"}))):
        assert why(move, RECOMMENDED, by(conflicted)) == ["You have a conflict of interest with this bid."]


def test_nobody_decides_namelessly() -> None:
    assert why("approve", RECOMMENDED, by(replace(DORA, user_id=None))) == [VOTED]


@pytest.mark.parametrize(
    ("flaw", "reason"),
    [
        ({"findings": (blocking("C07", "approve"),)}, "C07 is not met."),
        ({"findings": (blocking("C11", "approve"),)}, "C11 is not met."),
        ({"findings": None}, NOT_CHECKED),
        ({"alternatives_taken": None}, NOT_CHECKED),
        (
            {"alternatives_taken": ("L3", "L9")},
            "The alternatives of these lines stand in a bid that was approved: L3, L9.",
        ),
    ],
)
def test_what_stops_an_approval_does_not_stop_a_rejection(flaw: dict[str, Any], reason: str) -> None:
    assert why("approve", RECOMMENDED, by(DORA, **flaw)) == [reason]
    assert lands("reject", RECOMMENDED, by(DORA, **flaw)) is RECOMMENDED


def test_a_rejection_gives_its_reason() -> None:
    assert why("reject", RECOMMENDED, saying(DORA, note=" ")) == ["Give the reason."]
    assert lands("approve", RECOMMENDED, saying(DORA, note="")) is RECOMMENDED


@pytest.mark.parametrize("state", [REJECTED, BidState.INADMISSIBLE])
@pytest.mark.parametrize(
    ("earlier", "upholds", "end"),
    [((), True, None), ((), False, None), ((True,), True, IN_REVIEW), ((True,), False, None),
     ((False,), True, None), ((False,), False, None)],
)  # fmt: skip
def test_an_appeal_is_upheld_by_two(
    state: BidState, earlier: tuple[bool, ...], upholds: bool, end: BidState | None
) -> None:
    appeal = Appeal(votes=tuple(AppealVote(d, verdict, 1) for verdict in earlier))
    situation = replace(saying(EMIL, upholds=upholds), appeal=appeal)
    assert lands("decide_appeal", state, situation) is (end or state)


def test_votes_before_a_split_count_nothing() -> None:
    split = Appeal(votes=(AppealVote(d, True, 1), AppealVote(e, False, 1)), attempt=2)
    assert lands("decide_appeal", REJECTED, by(DORA, appeal=split)) is REJECTED


def test_an_appeal_is_decided_by_two_uninvolved_people() -> None:
    pending = Appeal()
    assert why("decide_appeal", REJECTED, by(DORA, appeal=None)) == ["There is no appeal to decide."]
    assert why("decide_appeal", REJECTED, by(DORA, appeal=Appeal(is_decided=True)))
    assert why("decide_appeal", REJECTED, by(DORA, appeal=Appeal(votes=(AppealVote(d, True, 1),)))) == [VOTED]
    assert why("decide_appeal", REJECTED, by(DORA, appeal=pending, took_part=frozenset({"decided"}))) == [
        "You took the decision that is appealed against, so others have to decide."
    ]
    assert why("decide_appeal", REJECTED, replace(saying(DORA, upholds=None), appeal=pending)) == [
        "Uphold or dismiss the appeal."
    ]
    assert why("decide_appeal", REJECTED, replace(saying(DORA, note=""), appeal=pending)) == ["Give the reason."]
    assert why("decide_appeal", REJECTED, by(CLARA, appeal=pending)) == [
        "Your role does not allow this. It is for: Approver."
    ]
    assert why("decide_appeal", REJECTED, by(replace(DORA, user_id=None), appeal=pending)) == [VOTED]
