"""The trail: who did what when, in chains of hashes that show every later change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.bid import Bid
from bids.models.fields import LineField, ProseField, WordField, format_number
from bids.models.parts import known_word
from bids.rulebook.vocabulary import Role, Side

if TYPE_CHECKING:
    from accounts.models import User

BATCH = 200  # rows per INSERT


class Chain(models.Model):
    """The head of one chain of events: a bid's, or (without a bid) the system's. Its row lock orders the events."""

    bid = models.OneToOneField(Bid, models.PROTECT, null=True, blank=True, related_name="chain")
    length = models.PositiveBigIntegerField(_("events"), default=0)
    head = models.CharField(_("hash of the last event"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("chain of events")
        verbose_name_plural = _("chains of events")
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=Q(bid__isnull=True), name="chain_of_the_system_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.bid or 'system'}: {self.length}"

    @classmethod
    def locked(cls, bid: Bid | None) -> Chain:
        """The chain of a bid, or of the system, that nobody else can lengthen until we are done."""
        chains = cls.objects.select_for_update(no_key=True).filter(bid=bid)
        found = chains.first()
        if found is None:  # the first event of all; of two people who write it at once one finds the other's chain
            cls.objects.get_or_create(bid=bid)
            found = chains.get()
        return found


class Telling(NamedTuple):
    """What one of many events tells."""

    name: str
    about: str
    before: Any = None
    after: Any = None


class BidEventManager(models.Manager["BidEvent"]):
    """Lengthens chains; nothing else creates events."""

    def append(
        self,
        bid: Bid | None,
        name: str,
        *,
        by: User | None,
        roles: Iterable[Role] = (),
        about: str = "",
        before: Any = None,
        after: Any = None,
        note: str = "",
    ) -> BidEvent:
        """Write the next event of a chain; inside the transaction of what it tells."""
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("an event belongs inside the transaction it tells about")
        chain = Chain.locked(bid)
        event = self._next(chain, bid, by, roles, name, about, before, after, note)
        event.save(force_insert=True)
        Chain.objects.filter(pk=chain.pk).update(length=event.sequence, head=event.hash)
        return event

    def append_many(self, bid: Bid, told: Iterable[Telling], *, by: User | None, roles: Iterable[Role] = ()) -> None:
        """Write many events of one moment and one person, in their order."""
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("events belong inside the transaction they tell about")
        chain = Chain.locked(bid)
        events = []
        for each in told:
            event = self._next(chain, bid, by, roles, each.name, each.about, each.before, each.after, "")
            chain.length, chain.head = event.sequence, event.hash
            events.append(event)
        self.bulk_create(events, batch_size=BATCH)
        Chain.objects.filter(pk=chain.pk).update(length=chain.length, head=chain.head)

    def _next(
        self,
        chain: Chain,
        bid: Bid | None,
        by: User | None,
        roles: Iterable[Role],
        name: str,
        about: str,
        before: Any,
        after: Any,
        note: str,
    ) -> BidEvent:
        event = BidEvent(
            bid=bid, sequence=chain.length + 1, name=name, actor=by, role=", ".join(sorted(roles)),
            side=side_of(roles), at=clock.now(), about=about, before=plain(before), after=plain(after), note=note,
            previous_hash=chain.head,
        )  # fmt: skip
        event.hash = event.own_hash()
        return event


class BidEvent(models.Model):
    """One thing that happened, in the past tense. Triggers refuse UPDATE and DELETE.

    Holds the actor's id and role, never a name or an address; refusals are events too.
    """

    bid = models.ForeignKey(Bid, models.PROTECT, null=True, blank=True, related_name="events")
    sequence = models.PositiveBigIntegerField(_("number"))
    name = models.CharField(_("what happened"), max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(_("as"), max_length=200, blank=True)
    side = WordField(Side, default=Side.SYSTEM, verbose_name=_("side"))
    at = models.DateTimeField(_("when"), default=clock.now)
    about = LineField(_("about"), blank=True)
    before = models.JSONField(_("before"), null=True, blank=True)
    after = models.JSONField(_("after"), null=True, blank=True)
    note = ProseField(_("note"), blank=True)
    previous_hash = models.CharField(_("hash of the event before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    objects: ClassVar[BidEventManager] = BidEventManager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("bid", "sequence")
        constraints = [
            known_word("side", Side),
            models.UniqueConstraint(fields=["bid", "sequence"], name="bidevent_number_is_unique"),
            models.UniqueConstraint(
                fields=["sequence"], condition=Q(bid__isnull=True), name="bidevent_number_of_the_system_is_unique"
            ),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="bidevent_numbers_start_at_one"),
        ]
        indexes = [
            models.Index(fields=["bid", "-at"], name="bidevent_newest_first"),
            models.Index(fields=["actor", "bid"], name="bidevent_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.bid or 'system'} #{self.sequence}: {self.name}"

    def own_hash(self) -> str:
        """SHA-256 over everything this event says, and over the hash of the one before."""
        told = {
            "bid": self.bid_id, "sequence": self.sequence, "name": self.name, "actor": self.actor_id,
            "role": self.role, "side": str(self.side), "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "about": self.about, "before": self.before, "after": self.after, "note": self.note,
            "previous": self.previous_hash,
        }  # fmt: skip
        text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def side_of(roles: Iterable[Role]) -> Side:
    """The side on which a person of these roles acts; without roles it is the system."""
    held = set(roles)
    if not held:
        return Side.SYSTEM
    return Side.CONSORTIUM if any(role.is_consortium for role in held) else Side.MINISTRY


def plain(value: Any) -> Any:
    """A value as JSON keeps it on every database: money, decimals, dates, words become text, rows their key or id."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, models.Model):
        return getattr(value, "key", value.pk)
    return format_number(value)


class LateAttempt(models.Model):
    """A submission that came too late: evidence of what was received and when, kept for an appeal."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="late_attempts")
    move = models.CharField(_("step"), max_length=40, default="submit")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("tried by"))
    received_at = models.DateTimeField(_("received"))
    closed_at = models.DateTimeField(_("the desk had closed at"))
    sha256 = models.CharField(_("SHA-256 of the bid"), max_length=64, blank=True)
    receipt = models.CharField(_("receipt number"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("late attempt")
        verbose_name_plural = _("late attempts")
        ordering = ("-received_at",)

    def __str__(self) -> str:
        return f"{self.bid}: {self.received_at:%Y-%m-%d %H:%M:%S}"
