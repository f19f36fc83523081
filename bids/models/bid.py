"""The bid itself: where it stands, what its first page says, and who may find it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.call import Call, CallVersion
from bids.models.fields import DecimalTextField, EuroField, KeyField, LineField, ProseField, WordField
from bids.models.parts import Versioned, known_word, no_minus_sign
from bids.rulebook import permits
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Assessment
from bids.rulebook.money import Euro
from bids.rulebook.permits import Standing
from bids.rulebook.vocabulary import BidState, Interest, Language, Role, Side

if TYPE_CHECKING:
    from accounts.models import User

ASSIGNED_ROLES = (Role.REVIEWER, Role.FINANCE_INSPECTOR, Role.LEGAL_REVIEWER)
CONSORTIUM_ROLES = tuple(role for role in Role if role.is_consortium)
MINISTRY_ROLES = tuple(role for role in Role if not role.is_consortium)
IMPARTIAL_ROLES = (*ASSIGNED_ROLES, Role.APPROVER)


class BidQuerySet(models.QuerySet["Bid"]):
    """The words of lists."""

    def kept(self) -> BidQuerySet:
        """Without the drafts that were discarded."""
        return self.filter(discarded_at=None)

    def in_state(self, *states: BidState) -> BidQuerySet:
        return self.filter(state__in=states)

    def in_review(self) -> BidQuerySet:
        """In the hands of reviewers."""
        return self.in_state(BidState.IN_REVIEW)

    def with_call(self) -> BidQuerySet:
        return self.select_related("call_version__call")

    def locked(self) -> BidQuerySet:
        """Locked until the transaction ends; others may still write rows that point at them, such as events.

        A lock that also kept those out would wait for whoever writes an event while that one waits for us.
        """
        return self.select_for_update(of=("self",), no_key=True)

    def with_totals(self) -> BidQuerySet:
        """With `others`: what the Union doesn't pay. `total` and `eu` are columns, kept true by every save."""
        return self.annotate(others=models.ExpressionWrapper(F("total") - F("eu"), output_field=EuroField()))

    def visible_to(self, user: Any) -> BidQuerySet:
        """The bids whose existence this person may know of; superusers have no rights of their own here.

        The same answer as `access.can(user, Act.SEE_BID, bid)`, for a whole list at once.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        seen = permits.ALLOW[permits.Act.SEE_BID]
        ways = Q(pk__in=[])
        for role in Role:
            if states := seen.get(role):
                ways |= Q(_holds(user, role), state__in=states)
        return self.kept().filter(ways)

    def readable_by(self, user: Any) -> BidQuerySet:
        """The bids whose rounds this person may read: visible, and declared free of a conflict where that is asked."""
        ways = Q(pk__in=[])
        for role, states in permits.ALLOW[permits.Act.READ_SNAPSHOT].items():
            held = Q(_holds(user, role), state__in=states)
            ways |= held & _cleared(user) if role in IMPARTIAL_ROLES else held
        return self.visible_to(user).filter(ways)


def _holds(user: User, role: Role) -> Q:
    """Bids on which a person has this role, through the bid itself or through its call."""
    if role.is_consortium:
        return _reached(people__user=user, people__role=role)
    in_call = Q(call_version__call__people__user=user, call_version__call__people__role=role)
    in_all_calls = models.Exists(user.call_roles.filter(role=role, call=None))
    held = Q(pk__in=Bid.objects.filter(in_call).values("pk")) | Q(in_all_calls)
    if role in ASSIGNED_ROLES:
        held &= _reached(assignments__user=user, assignments__role=role, assignments__ended_at=None)
    return held & ~_in_conflict(user) if role in IMPARTIAL_ROLES else held


def _in_conflict(user: User) -> Q:
    """Declared; or computed: a member of a partner organisation, or once at work in the bid."""
    return (
        _reached(interests__user=user, interests__interest=Interest.CONFLICT, interests__replaced_at=None)
        | _reached(partners__organisation__memberships__user=user)
        | _reached(events__actor=user, events__side=Side.CONSORTIUM)
    )


def _cleared(user: User) -> Q:
    """This person has declared to have no conflict of interest."""
    return _reached(interests__user=user, interests__interest=Interest.NONE, interests__replaced_at=None)


def _reached(**row: Any) -> Q:
    """Bids with at least one related row that meets all of these conditions."""
    return Q(pk__in=Bid.objects.filter(**row).values("pk"))


class Bid(Versioned):
    """One bid under one version of a call.

    `version` guards this row's own fields; `revision` rises with every change of content anywhere in
    the bid, and its UPDATE is the lock of the bid. `state` is written by the door alone.
    """

    reference = KeyField(_("reference"), unique=True)
    call_version = models.ForeignKey(CallVersion, models.PROTECT, related_name="bids", verbose_name=_("call"))
    state = WordField(BidState, default=BidState.DRAFT, verbose_name=_("state"), editable=False)
    round = models.PositiveIntegerField(_("round"), default=0, editable=False)
    revision = models.PositiveBigIntegerField(_("revision"), default=1, editable=False)
    cutoff = models.DateTimeField(_("cut-off of the Union"), null=True, blank=True)
    desk_closes = models.DateTimeField(_("desk closes"), null=True, blank=True)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("started"), default=clock.now, editable=False)
    discarded_at = models.DateTimeField(_("discarded"), null=True, blank=True, editable=False)

    title = LineField(_("title"), blank=True)
    acronym = LineField(_("acronym"), blank=True)
    track = LineField(_("track"), blank=True)
    language = WordField(Language, default=Language.EN, verbose_name=_("language"))
    abstract = ProseField(_("abstract"), blank=True)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    linked_factory = LineField(_("linked AI Factory"), null=True, blank=True)
    alternative_to = KeyField(_("alternative to the bid"), null=True, blank=True)
    tco_verification = ProseField(_("how the total cost of ownership is verified"), blank=True)
    economic_use_share = DecimalTextField(_("share of economic use"), null=True, blank=True)
    commercial_access_share = DecimalTextField(_("share of commercial access"), null=True, blank=True)
    stated_access_share = DecimalTextField(_("stated access share of the Union"), null=True, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    duration_months = models.PositiveIntegerField(_("duration in months"), null=True, blank=True)
    ownership_years = models.PositiveIntegerField(_("years of ownership"), null=True, blank=True)
    rate_acquisition = DecimalTextField(_("requested rate of acquisition"), null=True, blank=True)
    rate_operation = DecimalTextField(_("requested rate of operation"), null=True, blank=True)

    total = EuroField(_("total"), default=Euro, editable=False)
    eu = EuroField(_("contribution of the Union"), default=Euro, editable=False)

    objects = BidQuerySet.as_manager()

    # What the access door fetches along with the row, for one page.
    obtained_by: Standing | None = None  # of the person this row was fetched for
    # Its money as a change in this request left it: read under the lock, so nobody else's save is in it.
    settled: tuple[BidFacts, Assessment] | None = None
    is_rehearsed: bool = False  # the dates are those of a rehearsal round
    changes_due: datetime | None = None  # of the open request for changes
    opened_sections: Sequence[str] = ()
    changes_wanted: str = ""

    class Meta:
        verbose_name = _("bid")
        verbose_name_plural = _("bids")
        ordering = ("reference",)
        constraints = [
            known_word("state", BidState),
            known_word("language", Language),
            no_minus_sign(
                "economic_use_share", "commercial_access_share", "stated_access_share",
                "rate_acquisition", "rate_operation",
            ),
            models.CheckConstraint(condition=Q(total__gte=0, eu__gte=0), name="bid_totals_are_not_negative"),
            models.CheckConstraint(condition=Q(eu__lte=F("total")), name="bid_eu_is_part_of_the_total"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def call(self) -> Call:
        return self.call_version.call
