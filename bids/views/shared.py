"""What every page of a bid does first: obtain it through the access door, and frame the page around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import clock
from bids import access, callfile, snapshot
from bids.actions.surroundings import facts_in_force, surroundings
from bids.dossier import lengths
from bids.models import Bid, Document
from bids.rulebook import readiness, workflow
from bids.rulebook.calendar import cutoff_of
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Assessment, assess
from bids.rulebook.permits import About, Act, Decision, Standing, decide
from bids.rulebook.readiness import Finding
from bids.rulebook.sections import BidSection
from bids.rulebook.text import Sentence
from bids.rulebook.vocabulary import DocumentKind
from bids.rulebook.workflow import Offer, Situation
from bids.rulebook.workflow.states import WITH_THE_CONSORTIUM
from bids.views.progress import Section, sections_of

if TYPE_CHECKING:
    from accounts.models import User

OPENED_ON = {
    "basics": ("bid",), "sites": ("sites", "links"), "work-plan": ("work_packages",), "financing": ("commitments",),
    "risks": ("risks", "indicators"),
}  # fmt: skip


class NotYours(PermissionDenied):
    """Answers 403 with the reason in a sentence."""

    def __init__(self, reason: Sentence | None, back_url: str = "") -> None:
        self.reason = reason
        self.back_url = back_url
        super().__init__(str(reason or ""))


def person(request: HttpRequest) -> User:
    """Who is signed in; every page of a bid asks for somebody."""
    return cast("User", request.user)


def get_bid(request: HttpRequest, reference: str, *, to: Act, **about: Any) -> Bid:
    """The bid, for a person who may do this now: 404 if it isn't theirs to see, 403 with the reason else."""
    try:
        return access.bid_for(person(request), reference, to=to, **about)
    except access.NotVisible:
        raise Http404 from None
    except access.Refused as refused:
        raise NotYours(refused.decision.reason, _way_back(reference, to)) from None


def _way_back(reference: str, refused: Act) -> str:
    """Where a refused person may go on: the bid, unless reading it is what was refused."""
    return "" if refused is Act.READ_WORKING_COPY else reverse("bids:overview", kwargs={"reference": reference})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the ministry wants changed, until when, and in which sections."""

    due_at: datetime
    opened: list[BidSection]
    reason: str


@dataclass
class Workspace:
    """One picture of a bid for one page: taken once, asked by everybody who draws a part of it."""

    bid: Bid
    user: User
    here: str

    @cached_property
    def who(self) -> Standing:
        return self.bid.obtained_by or access.standing(self.user, self.bid)

    @cached_property
    def facts(self) -> BidFacts:
        """What is in force: the working copy while the consortium holds the bid, else the newest round."""
        return facts_in_force(self.bid)

    @cached_property
    def call(self) -> CallFacts:
        return snapshot.call_of(self.bid)

    @cached_property
    def assessment(self) -> Assessment:
        return assess(self.facts, self.call, on=clock.today())

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks say; where the page needs the whole situation, they are asked only once."""
        if "situation" in self.__dict__:
            return self.situation.findings or ()
        situation = readiness.Situation(
            now=clock.now(),
            cutoff=self.bid.cutoff,
            desk_closes=self.bid.desk_closes,
            round=self.bid.round,
            documents_present=self._present,
            published=callfile.published().bids,
            page_counts=lengths.known(self.bid, self.facts, self.call),
        )
        return readiness.findings(self.facts, self.call, self.assessment, situation)

    @cached_property
    def stored(self) -> list[Document]:
        """The documents whose bytes are here, each with the key of its partner as `of_partner`."""
        kept = self.bid.documents.filter(removed_at=None).exclude(file=None)
        return list(kept.annotate(of_partner=F("partner__key")))  # type: ignore[no-redef]  # declared on Document

    @property
    def _present(self) -> frozenset[str]:
        stored = {(document.key, document.sha256) for document in self.stored}
        return frozenset(one.key for one in self.facts.documents if (one.key, one.sha256) in stored)

    @property
    def mandates(self) -> dict[str, Document]:
        """By key of the partner: the document that lets the coordinator confirm its figures."""
        found = (document for document in self.stored if document.kind == DocumentKind.PARTNER_MANDATE)
        return {document.of_partner: document for document in found if document.of_partner}

    @cached_property
    def situation(self) -> Situation:
        """The surroundings of the bid as this person stands before it."""
        return surroundings(self.bid, self.user, self.facts, self.call, who=self.who)

    @property
    def is_open(self) -> bool:
        """The consortium holds the bid."""
        return self.bid.state in WITH_THE_CONSORTIUM

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        return workflow.offers(self.bid.state, self.situation)

    @cached_property
    def sections(self) -> list[Section]:
        return sections_of(self.bid, self.facts, self.call, self.findings)

    @cached_property
    def names(self) -> dict[str, str]:
        """What people call the partners and sites, by key."""
        partners = {one.key: one.short_name or one.name or one.key for one in self.facts.partners}
        return partners | {one.key: one.name or one.key for one in self.facts.sites if one.key not in partners}

    def entry(self, section: str, key: str) -> Any:
        """One entry of a list of the picture, such as a site; None where it isn't there."""
        return next((entry for entry in getattr(self.facts, section) if entry.key == key), None)

    def anew(self) -> Workspace:
        """The same page with a picture that is taken now."""
        return type(self)(self.bid, self.user, self.here)

    @property
    def rehearsal(self) -> dict[str, Any] | None:
        """The dates of a rehearsal round, and the real one they stand for."""
        if not self.bid.is_rehearsed:
            return None
        real = cutoff_of(self.call, self.bid.created_at)
        return {"desk_closes": self.bid.desk_closes, "cutoff": self.bid.cutoff, "real_deadline": real}

    @property
    def change_request(self) -> Asked | None:
        """What the ministry asks to change: told on the overview, and on the pages of the sections it opened."""
        due = self.who.changes_due
        if due is None:
            return None
        opened = [section for section in BidSection if section in self.who.open_sections]
        here = OPENED_ON.get(self.here, (self.here,))
        is_told = self.here == "overview" or not set(here).isdisjoint(opened)
        return Asked(due, opened, self.bid.changes_wanted) if is_told else None

    @property
    def may_read_history(self) -> Decision:
        return self.may(Act.READ_AUDIT, entries="own_side")

    @property
    def may_use_scenarios(self) -> Decision:
        return self.may(Act.USE_SCENARIOS)

    @property
    def may_discard(self) -> bool:
        """A draft that was never submitted; after that a bid is withdrawn."""
        return self.bid.round == 0 and bool(self.may(Act.DISCARD_BID))

    def may(self, act: Act, **about: Any) -> Decision:
        """Whether this person may do this here; `somewhere=True` opens a page before particulars are known."""
        return decide(act, self.who, self.bid.state, About(**{"now": clock.now()} | about))

    def insist(self, act: Act, **about: Any) -> None:
        """Go on only where this is theirs to do; else the trail keeps the refusal, and the page answers 403."""
        decision = self.may(act, **about)
        if not decision:
            try:
                access.refuse(self.bid, self.user, act, decision, self.who.roles)
            except access.Refused:
                raise NotYours(decision.reason, _way_back(self.bid.reference, act)) from None

    def context(self, **more: Any) -> dict[str, Any]:
        """What bids/layout.html and base.html need, and the picture itself."""
        return {
            "bid": self.bid,
            "here": self.here,
            "sections": self.sections,
            "closes": self.bid.desk_closes,
            "demo_note": self.bid.is_demo,
            "rehearsal": self.rehearsal,
            "work": self,
            "facts": self.facts,
            "assessment": self.assessment,
        } | more


def is_of_the_consortium(bid: Bid) -> bool:
    """Whether whoever obtained this bid works on it; what others may do here, they do at the desk."""
    return bid.obtained_by is not None and any(role.is_consortium for role in bid.obtained_by.roles)


def to_the_desk(bid: Bid) -> HttpResponse:
    """The file of the bid at the desk."""
    return redirect("desk:bid", bid.reference)


def workspace(request: HttpRequest, bid: Bid, here: str) -> Workspace:
    """The picture of a bid for the person who asks."""
    return Workspace(bid, person(request), here)


def page(request: HttpRequest, work: Workspace, template: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """A page of the workspace."""
    return render(request, template, work.context(**more), status=status)


def bid_url(name: str, bid: Bid, **kwargs: Any) -> str:
    """The address of a page of this bid."""
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference} | kwargs)
