"""Bids that give the desk something to do: each walks through the one door as far as its story goes."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from accounts import clock
from accounts.models import User
from bids import snapshot
from bids.actions import demo_bids, desk
from bids.actions.opinions import give_opinion
from bids.actions.records import record
from bids.actions.review import Judgement, Scored, Seen, send_review
from bids.actions.specimens import specimen
from bids.actions.transition import Papers, perform
from bids.models import Bid, Confirmation, DeskDocument, Snapshot, StoredFile
from bids.rulebook.facts import DocumentFacts
from bids.rulebook.vocabulary import BidState, Interest, OpinionKind, OpinionVerdict, Role
from bids.rulebook.workflow import Said

FILES = demo_bids.FILES / "desk"
STORIES = demo_bids.FILES / "desk.toml"
ON_THE_BID = {
    "reviewer1": Role.REVIEWER,
    "reviewer2": Role.REVIEWER,
    "legal": Role.LEGAL_REVIEWER,
    "inspector": Role.FINANCE_INSPECTOR,
}
APPROVERS = ("approver1", "approver2")
AUTHOR_OF = {OpinionKind.LEGAL: "legal", OpinionKind.FINANCE: "inspector"}


@cache
def stories() -> dict[str, dict[str, Any]]:
    """By reference: how far a bid has come, and what was said about it."""
    with STORIES.open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True, slots=True)
class Story:
    """A bid on its way, the people around it, and what they say."""

    bid: Bid
    people: Mapping[str, User]  # by e-mail address
    told: Mapping[str, Any]

    def person(self, login: str) -> User:
        return next(user for email, user in self.people.items() if email.partition("@")[0] == login)

    @property
    def newest(self) -> Snapshot:
        return self.bid.snapshots.latest("round")


def walk(bid: Bid, people: Mapping[str, User]) -> None:
    """Take a draft to the state its story ends in."""
    story = Story(bid, people, stories()[bid.reference])
    go_on(story, until=BidState(story.told["goal"]))


def go_on(story: Story, *, until: BidState) -> None:
    """Step by step along the main way; its last step is the decision of the Union, whatever it is."""
    for state, step in STEPS:
        step(story)
        if state is until:
            return


def lock(story: Story) -> None:
    """Every partner's figures are confirmed, then the coordinator locks."""
    bid, coordinator = story.bid, story.person("coordinator")
    facts = snapshot.take(bid)
    for partner in bid.partners.all():
        digest = snapshot.partner_digest(facts, partner.key)
        Confirmation.objects.create(partner=partner, by=coordinator, digest=digest)
        record(bid, "partner_confirmed", by=coordinator, about=f"partners/{partner.key}", after={"digest": digest})
    perform(bid, "lock", by=coordinator)


def submit(story: Story) -> None:
    bid, coordinator = story.bid, story.person("coordinator")
    perform(bid, "submit", by=coordinator, said=Said(revision_seen=bid.revision), stepped_up=True)


def take_in(story: Story) -> None:
    """People are assigned, declare that they have no conflict of interest, and say what they have said so far."""
    manager = story.person("manager")
    for login, role in ON_THE_BID.items():
        desk.assign(story.bid, story.person(login), role, by=manager)
    declare_no_conflict(story, (*ON_THE_BID, *APPROVERS))
    perform(story.bid, "take_in", by=manager)
    for login, words in story.told.get("reviews", {}).items():
        _review(story, story.person(login), words)
    for kind, words in story.told.get("opinions", {}).items():
        _give_opinion(story, OpinionKind(kind), words)


def declare_no_conflict(story: Story, logins: Iterable[str]) -> None:
    for login in logins:
        desk.declare_interest(story.bid, Interest.NONE, by=story.person(login))


def _review(story: Story, reviewer: User, words: Mapping[str, Any]) -> None:
    scores = {
        criterion: Scored(int(Decimal(said["points"]) * 2), said["comment"])
        for criterion, said in words.items()
        if criterion != "comment"
    }
    seen = Seen(story.newest.sha256, version=0)
    send_review(story.bid, Judgement(words["comment"], scores), seen=seen, by=reviewer)


def _give_opinion(story: Story, kind: OpinionKind, words: Mapping[str, Any]) -> None:
    author = story.person(AUTHOR_OF[kind])
    verdict = OpinionVerdict(words["verdict"])
    give_opinion(story.bid, kind, verdict, words["text"], digest_seen=story.newest.sha256, by=author)


def recommend(story: Story) -> None:
    perform(story.bid, "recommend", by=story.person("manager"), said=Said(note=story.told["recommendation"]))


def approve(story: Story) -> None:
    """Two people, each bound to the digest of the round."""
    said = Said(digest_seen=story.newest.sha256, note=story.told["approval"])
    for login in APPROVERS:
        perform(story.bid, "approve", by=story.person(login), said=said, stepped_up=True)


def file(story: Story) -> None:
    """No sealed dossier exists while seeding, so the filing says why it can't be compared with one."""
    said = Said(
        has_document=True,
        receipt_at=clock.now(),
        difference="Seeded for demonstration before its dossier was made: nothing to compare with.",
    )
    papers = Papers(document=paper(story, "eu_receipt", "Specimen: receipt of the portal"), portal_reference="SPECIMEN")
    perform(story.bid, "file", by=story.person("manager"), said=said, papers=papers)


def record_decision(story: Story) -> None:
    papers = Papers(document=paper(story, "eu_decision", "Specimen: decision"), scores=story.told["scores"])
    said = Said(has_document=True, outcome=BidState(story.told["goal"]), note=story.told["decision"])
    perform(story.bid, "record_decision", by=story.person("manager"), said=said, papers=papers)


def paper(story: Story, kind: str, title: str) -> DeskDocument:
    """A specimen in the ministry's own papers."""
    content = specimen(snapshot.take(story.bid), DocumentFacts(key=kind, kind=kind, title=title))
    stored = StoredFile.objects.keep(content, pages=1)
    manager = story.person("manager")
    return DeskDocument.objects.create(bid=story.bid, kind=kind, title=title, file=stored, uploaded_by=manager)


STEPS: tuple[tuple[BidState, Callable[[Story], None]], ...] = (
    (BidState.LOCKED, lock),
    (BidState.SUBMITTED, submit),
    (BidState.IN_REVIEW, take_in),
    (BidState.RECOMMENDED, recommend),
    (BidState.APPROVED, approve),
    (BidState.FILED, file),
    (BidState.NOT_SELECTED, record_decision),
)
LAST = STEPS[-1][0]
