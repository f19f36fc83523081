"""A bid begins, is copied, is described, is thrown away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts import clock
from accounts.models import Organisation
from bids import bidfile, snapshot, wording
from bids.actions.bidfiles import import_bid
from bids.actions.calls import dates_under, is_open
from bids.actions.changing import changing
from bids.actions.records import record
from bids.models import Bid, Call, StoredFile
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts, ChapterFacts, PartnerFacts
from bids.rulebook.text import Problem, Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import BidState, ChapterState, Language, PartnerKind, PartnerRole

if TYPE_CHECKING:
    from accounts.models import User

_CLOSED_CALL = gettext_noop("The call %(call)s is closed: no bid can be started from it.")


class NotDiscarded(Exception):
    """The draft stays, for this reason."""

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason
        super().__init__(str(reason))


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call a bid can be started from today, and the dates such a bid gets."""

    call: Call
    cutoff: datetime | None
    desk_closes: datetime | None


def open_calls() -> list[OpenCall]:
    """Every call that is open, the one that closes first at the top; two queries however many there are."""
    now, facts = clock.now(), snapshot.calls_in_force()
    calls = [OpenCall(call, *dates_under(facts[call.reference], call, now)) for call in Call.objects.all()]
    found = [each for each in calls if each.desk_closes is None or now < each.desk_closes]
    return sorted(found, key=lambda each: (each.desk_closes is None, each.desk_closes or now, each.call.reference))


def start_bid(
    call: Call, organisation: Organisation, *, title: str, reference: str, language: Language, by: User
) -> Bid:
    """A new draft: its coordinating partner's card filled in, the sections of the call's template to be written."""
    _refuse_if_closed(call.reference)
    version = snapshot.facts_of(call.version_in_force())
    facts = BidFacts(
        call=call.reference, title=title, reference=reference, language=language,
        partners=(_card_of(organisation),), chapters=tuple(_to_be_written(version, language)),
    )  # fmt: skip
    return import_bid(facts, by=by, event="bid_started")


def copy_bid(bid: Bid, *, title: str, reference: str, by: User) -> Bid:
    """Everything that is in a bid, as a new draft of the same call; its letters stay tied to their files."""
    _refuse_if_closed(bid.call.reference)
    facts = replace(snapshot.take(bid), title=title, reference=reference)
    files = StoredFile.objects.filter(sha256__in=bid.documents.filter(removed_at=None).values("file"))
    return import_bid(facts, by=by, files=list(files), is_demo=bid.is_demo, event="bid_copied", of=bid.reference)


def bring_in(content: bytes, *, reference: str, by: User) -> Bid:
    """A new draft from a bid file; raises `bidfile.Unreadable` with everything that is wrong, and stores nothing."""
    facts = bidfile.read(content, calls=snapshot.calls_in_force())
    _refuse_if_closed(facts.call)
    return import_bid(replace(facts, reference=reference or facts.reference), by=by)


def _refuse_if_closed(reference: str) -> None:
    call = Call.objects.get(reference=reference)
    if not is_open(call, clock.now()):
        raise bidfile.Unreadable((Problem("$.call", sentence(_CLOSED_CALL, call=reference)),))


def _card_of(organisation: Organisation) -> PartnerFacts:
    """The card of the coordinating partner, as its organisation is known."""
    return PartnerFacts(
        key=_key_of(organisation.short_name),
        name=organisation.name,
        short_name=organisation.short_name,
        country=str(organisation.country),
        kind=PartnerKind(organisation.kind),
        role=PartnerRole.COORDINATOR,
        pic=organisation.pic or None,
        enterprise_number=organisation.enterprise_number or None,
    )


def _key_of(name: str) -> str:
    """A short name as a key: `Green Energy Park` is `green-energy-park`."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:32].strip("-") or "P001"


def _to_be_written(call: CallFacts, language: Language) -> Iterator[ChapterFacts]:
    for section in call.template.sections:
        if not section.heading_only:
            yield ChapterFacts(section.number, language, wording.titled(section, language), ChapterState.EMPTY)


def revise_basics(bid: Bid, changes: Mapping[str, Any], *, seen: int, by: User) -> Bid:
    """Write the bid's own fields; raises `Stale` where somebody else saved them meanwhile."""
    with changing(bid, by=by) as change:
        saved: Bid = change.save(bid, changes, expected=seen)
        return saved


@transaction.atomic
def discard_bid(bid: Bid, *, by: User) -> None:
    """Throw a draft away that was never submitted: it is hidden, and purged later. Reopening never un-submits."""
    locked = Bid.objects.select_for_update().get(pk=bid.pk)
    if locked.round:
        words = gettext_noop("This bid was submitted, and that submission is valid. It can only be withdrawn.")
        raise NotDiscarded(sentence(words))
    if locked.state is not BidState.DRAFT or locked.discarded_at:
        raise NotDiscarded(sentence(gettext_noop("Only a draft can be discarded.")))
    record(locked, "bid_discarded", by=by)
    Bid.objects.filter(pk=bid.pk).update(discarded_at=clock.now())
