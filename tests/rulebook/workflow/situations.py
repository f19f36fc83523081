"""A situation in which every step is open; each test breaks one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bids.rulebook.calendar import BRUSSELS
from bids.rulebook.permits import Standing
from bids.rulebook.readiness import Finding, OpinionGiven, ReviewGiven
from bids.rulebook.text import Sentence
from bids.rulebook.vocabulary import ApprovalVerdict, BidState, OpinionVerdict, Role
from bids.rulebook.workflow import Appeal, Assignee, Ground, Said, Situation, Vote, refusals
from bids.rulebook.workflow.table import MOVES

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=BRUSSELS)
DESK_CLOSES = NOW + timedelta(days=10)
CUTOFF = datetime(2026, 4, 29, 17, 0, tzinfo=BRUSSELS)
DIGEST = "d" * 64

ADA = Standing(1, frozenset({Role.COORDINATOR}), own_partner_keys=frozenset({"imec"}))
CLARA = Standing(3, frozenset({Role.CASE_MANAGER}))
DORA = Standing(4, frozenset({Role.APPROVER}), coi="none")
EMIL = Standing(5, frozenset({Role.APPROVER}), coi="none")

everything_said = Said(
    note="Because.",
    revision_seen=7,
    digest_seen=DIGEST,
    sections=("budget",),
    due=NOW + timedelta(days=7),
    ground=Ground.DUPLICATE,
    outcome=BidState.SELECTED,
    upholds=True,
    has_document=True,
    receipt_at=NOW,
    filed_digest="f" * 64,
    commitment="c1",
    new_closing=NOW + timedelta(days=20),
)

well = Situation(
    now=NOW,
    cutoff=CUTOFF,
    desk_closes=DESK_CLOSES,
    round=1,
    reviews=tuple(
        ReviewGiven(
            reviewer_id=person, round=1, is_sent=True, scores_every_criterion=True, reviewer_edited_the_bid=False
        )
        for person in (11, 12)
    ),
    opinions=tuple(
        OpinionGiven(kind=kind, verdict=OpinionVerdict.FAVOURABLE, has_lapsed=False) for kind in ("legal", "finance")
    ),
    took_part=frozenset(),
    said=everything_said,
    findings=(),
    unconfirmed=(),
    revision=7,
    digest=DIGEST,
    changes_due=NOW + timedelta(days=3),
    opened_sections=frozenset({"budget"}),
    changed_sections=frozenset({"budget/L1"}),
    assignees=(
        Assignee(11, Role.REVIEWER, "none"),
        Assignee(12, Role.REVIEWER, "none"),
        Assignee(13, Role.LEGAL_REVIEWER),
        Assignee(14, Role.FINANCE_INSPECTOR),
    ),
    alternatives_taken=(),
    commitments=frozenset({"c1"}),
    sealed_digests=frozenset({"f" * 64}),
    appeal_closes=NOW + timedelta(days=10),
)


def by(actor: Standing, **changes: Any) -> Situation:
    """The situation in which all is well, with these changes."""
    return replace(well, actor=actor, **changes)


def saying(actor: Standing, **words: Any) -> Situation:
    """All is well, but the person says something else."""
    return by(actor, said=replace(everything_said, **words))


def by_clock(**changes: Any) -> Situation:
    return replace(well, is_clock=True, **changes)


def vote(user_id: int, verdict: ApprovalVerdict, attempt: int = 1, digest: str = DIGEST) -> Vote:
    return Vote(user_id, verdict, attempt, digest)


def blocking(check: str, gate: str) -> Finding:
    return Finding(check, "block", gate, Sentence(f"{check} is not met."), "bid", "S1")


def why(move: str, state: BidState, situation: Situation) -> list[str]:
    """The reasons against a step, in words."""
    return [str(reason) for reason in refusals(move, state, situation)]


def lands(move: str, state: BidState, situation: Situation) -> BidState:
    """Where a step that nothing refuses ends."""
    assert why(move, state, situation) == []
    return MOVES[move].lands(state, situation)


pending_appeal = Appeal()
