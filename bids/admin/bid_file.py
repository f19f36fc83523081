"""One round of a bid as the ministry reads it: frozen, and taken from the table once for each page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from accounts import clock
from bids import access, snapshot, wording
from bids.actions.surroundings import surroundings, with_signatures
from bids.admin.door import get_bid, person
from bids.admin.places import Place, places
from bids.dossier.names import Names
from bids.dossier.source import Source
from bids.models import Bid, Review, Snapshot
from bids.rulebook import workflow
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Assessment, assess
from bids.rulebook.money import Euro
from bids.rulebook.permits import About, Act, Decision, Standing, decide
from bids.rulebook.readiness import Finding
from bids.rulebook.vocabulary import DossierKind, Language, ReviewState, Role
from bids.rulebook.workflow import Offer, Situation

if TYPE_CHECKING:
    from accounts.models import User


@dataclass
class BidFile:
    """A bid, the person who reads it, and one of its rounds: the newest unless another is named."""

    bid: Bid
    user: User
    here: str
    round: int | None = None

    @cached_property
    def who(self) -> Standing:
        return self.bid.obtained_by or access.standing(self.user, self.bid)

    @cached_property
    def frozen(self) -> Snapshot:
        """The round that is read; 404 where there is none of this number."""
        rounds = Snapshot.objects.filter(bid=self.bid).select_related("call_version")
        found = rounds.filter(round=self.round).first() if self.round else rounds.first()
        if found is None:
            raise Http404
        return found

    @property
    def has_round(self) -> bool:
        """Whether anything was ever submitted; before, the ministry sees title and parties at most."""
        return self.bid.round > 0

    @property
    def is_newest(self) -> bool:
        return self.frozen.round == self.bid.round

    @property
    def digest(self) -> str:
        """Of the round that is read; what is said on a page is bound to it."""
        return self.frozen.sha256 if self.has_round else ""

    @cached_property
    def facts(self) -> BidFacts:
        """What was submitted; the newest round with the signatures recorded since."""
        facts = snapshot.read(self.frozen.text)
        return with_signatures(facts, self.bid) if self.is_newest else facts

    @cached_property
    def call(self) -> CallFacts:
        return snapshot.facts_of(self.frozen.call_version)

    @cached_property
    def assessment(self) -> Assessment:
        """The money, as on the day the round was received."""
        return assess(self.facts, self.call, on=wording.in_brussels(self.frozen.received_at).date())

    @cached_property
    def names(self) -> Names:
        return Names(self.facts)

    @cached_property
    def source(self) -> Source:
        """What the sections of the dossier are filled from; pages and paper say the same."""
        return Source(
            facts=self.facts,
            call=self.call,
            assessment=self.assessment,
            findings=(),
            kind=DossierKind.SUBMISSION,
            language=Language((get_language() or "en")[:2]),
            digest=self.frozen.sha256,
            made_at=self.frozen.received_at,
            round=self.frozen.round,
            received_at=self.frozen.received_at,
            is_demo=self.bid.is_demo,
        )

    @cached_property
    def situation(self) -> Situation:
        """What the guards read, from the newest round: the working copy is nothing the ministry sees."""
        if not self.has_round:
            call = snapshot.call_of(self.bid)
            return surroundings(self.bid, self.user, BidFacts(call=call.id, title=""), call, who=self.who)
        newest = self if self.is_newest else BidFile(self.bid, self.user, self.here)
        return surroundings(
            self.bid, self.user, newest.facts, newest.call, who=self.who, newest=newest.frozen,
            looks_beside=self.here == "checks",
        )  # fmt: skip

    @property
    def rest(self) -> Euro:
        """What the Union doesn't pay."""
        return self.assessment.total - self.assessment.eu

    @property
    def may_declare(self) -> Decision:
        return self.may(Act.DECLARE_INTEREST)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.situation.findings or ()

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        return workflow.offers(self.bid.state, self.situation)

    @cached_property
    def may_read(self) -> Decision:
        return self.may(Act.READ_SNAPSHOT)

    @cached_property
    def may_read_reviews(self) -> Decision:
        """A reviewer reads what others said once the own review of the round is sent."""
        is_sent = Role.REVIEWER in self.who.roles and has_sent_a_review(self.user, self.bid.reference)
        return self.may(Act.READ_REVIEWS, own_review_sent=is_sent)

    @property
    def places(self) -> list[Place]:
        """The pages of the file that are open to this person, for the left column."""
        return places(self)

    def again(self) -> BidFile:
        """The same file as it stands now, on its newest round."""
        return BidFile(Bid.objects.with_call().get(pk=self.bid.pk), self.user, self.here)

    def may(self, act: Act, **about: Any) -> Decision:
        """Whether this person may do this here."""
        return decide(act, self.who, self.bid.state, About(**{"now": clock.now()} | about))

    def url(self, name: str, *more: object) -> str:
        """The address of a page of this file, on the round that is read."""
        address = reverse(f"desk:{name}", args=[self.bid.reference, *more])
        return f"{address}?round={self.round}" if self.round and not self.is_newest else address


def open_file(request: HttpRequest, reference: str, here: str, *, to: Act, **about: Any) -> BidFile:
    """A bid's file for this person; `?round=1` opens an earlier round."""
    bid = get_bid(request, reference, to=to, **about)
    return BidFile(bid, person(request), here, _round(request))


def open_newest(request: HttpRequest, reference: str, here: str, *, to: Act, **about: Any) -> BidFile:
    """The same for pages on which something is said or done: always on the newest round."""
    return BidFile(get_bid(request, reference, to=to, **about), person(request), here)


def open_judgement(request: HttpRequest, reference: str, here: str) -> BidFile:
    """The same for the pages that tell how a bid is judged."""
    is_sent = has_sent_a_review(person(request), reference)
    return open_file(request, reference, here, to=Act.READ_REVIEWS, own_review_sent=is_sent)


def has_sent_a_review(user: User, reference: str) -> bool:
    """Whether this person's review of the newest round is sent."""
    own = Review.objects.filter(bid__reference=reference, reviewer=user, voided_at=None, state=ReviewState.SENT)
    return own.filter(snapshot__round=F("bid__round")).exists()


def page(request: HttpRequest, file: BidFile, template: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """A page of a bid's file."""
    given = {
        "file": file,
        "bid": file.bid,
        "here": file.here,
        "closes": file.bid.desk_closes,
        "demo_note": file.bid.is_demo,
    }
    return render(request, template, given | more, status=status)


def _round(request: HttpRequest) -> int | None:
    typed = request.GET.get("round", "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and 0 < len(typed) < 6) or int(typed) == 0:
        raise Http404
    return int(typed)
