"""Any order of steps, any people, any hour: what must never be false in the life of a bid stays true."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bids.rulebook.permits import About, Act, Standing, decide
from bids.rulebook.readiness import ReviewGiven
from bids.rulebook.vocabulary import ApprovalVerdict, BidState
from bids.rulebook.workflow import MOVES, Appeal, AppealVote, Move, Said, Situation, Vote, offers, refusals
from bids.rulebook.workflow.states import APPEALABLE, CLOSED
from tests.rulebook.workflow.situations import ADA, CLARA, CUTOFF, DESK_CLOSES, DORA, EMIL, NOW, everything_said, well

FELIX = replace(DORA, user_id=6)
PEOPLE = (ADA, CLARA, DORA, EMIL, FELIX)
REVIEWERS = (11, 12)
LEADS_ON = {
    "lock", "submit", "take_in", "request_changes", "resubmit", "recommend", "approve", "reject", "file",
    "record_decision",
}  # fmt: skip
VERDICTS = {"approve": ApprovalVerdict.APPROVE, "reject": ApprovalVerdict.REJECT}


@dataclass(frozen=True)
class Round:
    content: int
    digest: str
    was_in_time: bool


@dataclass
class World:
    """A bid as the door keeps it: what each step leaves behind."""

    state: BidState = BidState.DRAFT
    content: int = 1
    revision: int = 1
    confirmed: bool = False
    hours: int = 0
    rounds: list[Round] = field(default_factory=list)
    sent: dict[int, int] = field(default_factory=dict)  # reviewer -> round of the review that was sent
    votes: list[Vote] = field(default_factory=list)
    attempts: dict[str, int] = field(default_factory=dict)
    due_hours: int = 0
    opened: bool = False
    proposed_by: int | None = None
    appeal: Appeal | None = None
    recommended_by: int | None = None

    @property
    def digest(self) -> str:
        return self.rounds[-1].digest if self.rounds else ""


def digest_of(content: int) -> str:
    return sha256(str(content).encode()).hexdigest()


class Life(RuleBasedStateMachine):
    """The steps of the table, taken in any order by anybody."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()

    @initialize(steps=st.sampled_from((0, 3, 4)))
    def it_is_on_its_way(self, steps: int) -> None:
        """Begin as a draft, in review or recommended."""
        for _ in range(steps):
            self.the_bid_moves_on(0)

    def situation(self, said: Said = everything_said) -> Situation:
        world = self.world
        now = NOW + timedelta(hours=world.hours)
        return replace(
            well,
            now=now,
            said=replace(said, due=now + timedelta(hours=30)),
            round=len(world.rounds),
            revision=world.revision,
            digest=world.digest,
            unconfirmed=() if world.confirmed else ("Imec",),
            changes_due=NOW + timedelta(hours=world.due_hours) if world.opened else None,
            changed_sections=frozenset({"budget/L1"}),
            reviews=tuple(
                ReviewGiven(
                    reviewer_id=person, round=number, is_sent=True, scores_every_criterion=True,
                    reviewer_edited_the_bid=False,
                )
                for person, number in world.sent.items()
            ),
            approvals=tuple(world.votes),
            attempt=world.attempts.get(world.digest, 0),
            proposed_by=world.proposed_by,
            appeal=world.appeal,
        )  # fmt: skip

    @rule(hours=st.integers(1, 15))
    def time_passes(self, hours: int) -> None:
        self.world.hours += hours
        clock = replace(self.situation(), is_clock=True)
        for offer in offers(self.world.state, clock):
            if offer.open:
                self.take(offer.move, clock)

    @rule()
    def the_coordinator_edits(self) -> None:
        world = self.world
        who = replace(
            ADA,
            open_sections=frozenset({"budget"} if world.opened else ()),
            changes_due=NOW + timedelta(hours=world.due_hours) if world.opened else None,
        )
        about = About(now=NOW + timedelta(hours=world.hours), section="budget/L1")
        if decide(Act.EDIT_PARTNER_BUDGET, who, world.state, about):
            world.content += 1
            world.revision += 1
            world.confirmed = False

    @rule()
    def the_partners_confirm(self) -> None:
        self.world.confirmed = True

    @precondition(lambda self: self.world.state is BidState.IN_REVIEW)
    @rule(reviewer=st.sampled_from(REVIEWERS))
    def a_review_is_sent(self, reviewer: int) -> None:
        self.world.sent[reviewer] = len(self.world.rounds)

    @rule(
        actor=st.sampled_from(PEOPLE),
        name=st.sampled_from(sorted(MOVES)),
        sees_the_newest=st.booleans(),
        receipt_after=st.sampled_from((-1, 1)),
    )
    def somebody_tries(self, actor: Standing, name: str, sees_the_newest: bool, receipt_after: int) -> None:
        """A step that is perhaps not offered at all, on a version that is perhaps not the newest."""
        situation = self.acting(actor, sees_the_newest, receipt_after)
        before = repr(self.world)
        if refusals(name, self.world.state, situation):
            assert repr(self.world) == before
        else:
            self.take(MOVES[name], situation)

    @rule(choice=st.integers(0, 999))
    def somebody_takes_an_offer(self, choice: int) -> None:
        """Any open button."""
        self.press(choice, set(MOVES))

    @rule(choice=st.integers(0, 999))
    def the_bid_moves_on(self, choice: int) -> None:
        """Everything is prepared, and somebody presses a button that leads on."""
        self.the_partners_confirm()
        if self.world.state is BidState.IN_REVIEW:
            self.world.sent = dict.fromkeys(REVIEWERS, len(self.world.rounds))
        self.press(choice, LEADS_ON)

    def press(self, choice: int, wanted: set[str]) -> None:
        open_ones = [
            (offer.move, situation)
            for situation in map(self.acting, PEOPLE)
            for offer in offers(self.world.state, situation)
            if offer.open and offer.move.name in wanted
        ]
        if open_ones:
            move, situation = open_ones[choice % len(open_ones)]
            assert refusals(move, self.world.state, situation) == (), move.name
            self.take(move, situation)

    def acting(self, actor: Standing, sees_the_newest: bool = True, receipt_after: int = -1) -> Situation:
        """The situation of a person who fills in every form."""
        world = self.world
        said = replace(
            everything_said,
            revision_seen=world.revision if sees_the_newest else world.revision - 1,
            digest_seen=world.digest if sees_the_newest else digest_of(0),
            receipt_at=CUTOFF + timedelta(hours=receipt_after),
            incident="The portal was down.",
            new_closing=CUTOFF - timedelta(hours=1),
        )
        took_part = {"recommended"} if world.recommended_by == actor.user_id else set()
        return replace(self.situation(said), actor=actor, took_part=frozenset(took_part))

    def take(self, move: Move, situation: Situation) -> None:
        """What the door does when nothing refuses."""
        world, start = self.world, self.world.state
        world.state = move.lands(start, situation)
        actor = situation.actor.user_id
        if move.name in ("submit", "resubmit"):
            closes = DESK_CLOSES if move.name == "submit" else situation.changes_due
            in_time = situation.now is not None and closes is not None and situation.now < closes
            world.rounds.append(Round(world.content, digest_of(world.content), in_time))
        if move.name == "request_changes":
            world.opened, world.due_hours = True, world.hours + 30
        if move.name in ("resubmit", "changes_due_passed"):
            world.opened = False
        if move.name == "recommend":
            world.attempts[world.digest] = world.attempts.get(world.digest, 0) + 1
            world.recommended_by = actor
        if move.name in VERDICTS and actor is not None:
            world.votes.append(Vote(actor, VERDICTS[move.name], world.attempts[world.digest], world.digest))
        if move.name == "lodge_appeal":
            world.appeal = Appeal()
        if move.name == "decide_appeal" and world.appeal is not None and actor is not None:
            votes = (*world.appeal.votes, AppealVote(actor, True, 1))
            world.appeal = Appeal(votes, is_decided=len(votes) == 2)
        waits = move.name in ("declare_inadmissible", "file", "move_deadline") and world.state is start
        world.proposed_by = actor if waits and situation.proposed_by is None else None

    @invariant()
    def rounds_are_what_was_submitted_in_time(self) -> None:
        for number, submitted in enumerate(self.world.rounds, start=1):
            assert submitted.digest == digest_of(submitted.content), number
            assert submitted.was_in_time, number

    @invariant()
    def beyond_the_desk_there_is_a_round(self) -> None:
        if self.world.state not in (BidState.DRAFT, BidState.LOCKED):
            assert self.world.rounds

    @invariant()
    def what_is_decided_was_reviewed_in_the_newest_round(self) -> None:
        if self.world.state in (BidState.RECOMMENDED, BidState.APPROVED, BidState.FILED):
            assert self.world.sent == dict.fromkeys(REVIEWERS, len(self.world.rounds))

    def deciders(self, verdict: ApprovalVerdict) -> list[int]:
        """Who gave this verdict on the newest round, in its last recommendation."""
        attempt = self.world.attempts[self.world.digest]
        return [
            vote.user_id
            for vote in self.world.votes
            if (vote.verdict, vote.attempt, vote.digest) == (verdict, attempt, self.world.digest)
        ]

    @invariant()
    def approved_is_what_two_different_approvers_approved(self) -> None:
        if self.world.state in (BidState.APPROVED, BidState.FILED):
            deciders = self.deciders(ApprovalVerdict.APPROVE)
            assert len(deciders) == len(set(deciders)) == 2
            assert self.world.recommended_by not in deciders
            assert set(deciders) <= {DORA.user_id, EMIL.user_id, FELIX.user_id}

    @invariant()
    def rejected_is_what_two_different_approvers_rejected(self) -> None:
        if self.world.state is BidState.REJECTED:
            deciders = self.deciders(ApprovalVerdict.REJECT)
            assert len(deciders) == len(set(deciders)) == 2

    @invariant()
    def nobody_votes_twice_in_one_recommendation(self) -> None:
        cast = [(vote.user_id, vote.attempt, vote.digest) for vote in self.world.votes]
        assert len(cast) == len(set(cast))

    @invariant()
    def what_is_closed_offers_nothing_but_an_appeal(self) -> None:
        if self.world.state in CLOSED:
            situation = replace(self.situation(), took_part=frozenset())
            offered = {
                offer.move.name
                for actor in PEOPLE
                for offer in offers(self.world.state, replace(situation, actor=actor))
            }
            assert offered <= {"lodge_appeal", "decide_appeal"}

    @invariant()
    def an_appeal_is_upheld_by_two_people(self) -> None:
        appeal = self.world.appeal
        if appeal is not None and self.world.state not in APPEALABLE:
            assert len({vote.user_id for vote in appeal.votes}) == 2

    @invariant()
    def somebody_is_always_offered_a_way_on(self) -> None:
        if self.world.state not in CLOSED:
            assert any(offers(self.world.state, replace(self.situation(), actor=actor)) for actor in PEOPLE)


Life.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestLife = Life.TestCase


def test_the_whole_way_from_draft_to_selected() -> None:
    """Ada submits, Clara takes in, Dora asks for changes, two approve, Clara files and records."""
    life = Life()

    def take(name: str, actor: Standing, end: BidState) -> None:
        situation = life.acting(actor)
        assert [str(reason) for reason in refusals(name, life.world.state, situation)] == []
        life.take(MOVES[name], situation)
        assert life.world.state is end

    life.the_partners_confirm()
    take("lock", ADA, BidState.LOCKED)
    take("submit", ADA, BidState.SUBMITTED)
    take("reopen", ADA, BidState.DRAFT)
    life.the_coordinator_edits()
    life.the_partners_confirm()
    take("lock", ADA, BidState.LOCKED)
    take("submit", ADA, BidState.SUBMITTED)
    take("take_in", CLARA, BidState.IN_REVIEW)
    for reviewer in REVIEWERS:
        life.a_review_is_sent(reviewer)
    take("recommend", CLARA, BidState.RECOMMENDED)
    take("request_changes", DORA, BidState.CHANGES_REQUESTED)
    life.the_coordinator_edits()
    life.the_partners_confirm()
    take("resubmit", ADA, BidState.IN_REVIEW)
    for reviewer in REVIEWERS:
        life.a_review_is_sent(reviewer)
    take("recommend", CLARA, BidState.RECOMMENDED)
    take("approve", DORA, BidState.RECOMMENDED)
    take("approve", EMIL, BidState.APPROVED)
    take("file", CLARA, BidState.FILED)
    take("record_decision", CLARA, BidState.SELECTED)
    assert len(life.world.rounds) == 3
