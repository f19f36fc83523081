"""Two linked bids side by side: what they share, what would be paid twice, and which lines are alternatives.

Only who may read both bids sees the other one's figures; everybody else sees its reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.declare import declare
from bids import access, wording
from bids.actions import linking
from bids.actions.changing import Stale
from bids.forms.linked import JoinForm, MarkForm
from bids.models import Bid, BudgetLine
from bids.models.fields import can_be_stored
from bids.rulebook.linked import LinePair, SharedBase, Side, differences, is_linked, shared_base
from bids.rulebook.permits import Act
from bids.views.budget_workspace import MoneyWorkspace, line_to_edit, money_workspace
from bids.views.removal import version_of
from bids.views.shared import NotYours, bid_url, get_bid, page, person


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of lines with their amounts, and what this person may do about it here."""

    pair: LinePair
    here: Any
    there: Any
    value: str = ""  # the line with its version, as the buttons send it


@dataclass
class TwoBids:
    """A bid and the one it is linked to, as far as this person may read that one."""

    work: MoneyWorkspace

    @cached_property
    def other(self) -> MoneyWorkspace | None:
        reference = self.work.bid.alternative_to
        found = access.other_bid(self.work.user, reference, to=Act.READ_WORKING_COPY) if reference else None
        return MoneyWorkspace(found, self.work.user, "budget") if found else None

    @cached_property
    def base(self) -> SharedBase | None:
        return None if self.other is None else self.side_by_side(self.other)

    def side_by_side(self, other: MoneyWorkspace) -> SharedBase:
        """What the two share."""
        return shared_base(_side(self.work), _side(other), on=clock.today())

    @cached_property
    def versions(self) -> dict[str, int]:
        """Of the lines this person may change, as they stand."""
        seen = self.work.versions
        mine = (line for line in self.work.facts.budget if line.key in seen)
        return {line.key: seen[line.key] for line in mine if self.work.may_edit(line.partner, line.key)}

    @property
    def rows(self) -> list[Row]:
        if self.base is None:
            return []
        here, there = self.base.mine.assessment.lines, self.base.theirs.assessment.lines
        pairs = ((pair, pair.mine.key, pair.theirs.key) for pair in self.base.pairs)
        return [Row(pair, here[own], there[other], self._value(own)) for pair, own, other in pairs]

    def _value(self, key: str) -> str:
        return f"{key}:{self.versions[key]}" if key in self.versions else ""

    @property
    def mark(self) -> MarkForm | None:
        """The form that marks any two lines, where this person may change some line."""
        if self.base is None or not self.versions:
            return None
        return MarkForm(mine=self.base.mine, theirs=self.base.theirs, versions=self.versions)

    @property
    def naming(self) -> list[Bid]:
        """Bids that name this one, where it names none itself."""
        if self.work.bid.alternative_to:
            return []
        return list(Bid.objects.visible_to(self.work.user).filter(alternative_to=self.work.bid.reference))


def two_bids(request: HttpRequest, bid: Bid) -> TwoBids:
    """Both bids for the person who asks."""
    return TwoBids(money_workspace(request, bid, "budget"))


def show(request: HttpRequest, both: TwoBids, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page with both bids, or with what is known of the other."""
    work, base = both.work, both.base
    may_link = work.may(Act.EDIT_PLAN, section="bid")
    given: dict[str, Any] = {
        "other": both.other,
        "base": base,
        "rows": both.rows,
        "naming": both.naming,
        "may_link": may_link,
        "join": JoinForm(initial={"version": work.bid.version}) if may_link else None,
        "is_mutual": base is None or is_linked(base.mine.facts, base.theirs.facts),
        "differing": len(differences(base)) if base else 0,
        "mark": MarkForm(mine=base.mine, theirs=base.theirs, versions=both.versions)
        if base and both.versions
        else None,
    }
    return page(request, work, "bids/linked/show.html", status=status, **given | more)


@declare(Act.READ_WORKING_COPY)
@require_safe
def show_linked(request: HttpRequest, reference: str) -> HttpResponse:
    """What two linked bids share, with both totals."""
    return show(request, two_bids(request, get_bid(request, reference, to=Act.READ_WORKING_COPY)))


@declare(Act.EDIT_PLAN)
@require_POST
def join(request: HttpRequest, reference: str) -> HttpResponse:
    """Links two bids, each to the other; this person may edit both."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section="bid")
    form = JoinForm(request.POST)
    other = _bid_to_join(request, form) if form.is_valid() else None
    if other is None:
        return show(request, two_bids(request, bid), status=422, join=form, form=form)
    try:
        linking.link_bids(bid, other, seen=form.cleaned_data["version"], by=person(request))
    except Stale:
        return show(request, two_bids(request, bid), status=409, errors=[{"text": _changed_meanwhile()}])
    except linking.NotLinked as refused:
        form.add_error("reference", wording.say(refused.reason))
        return show(request, two_bids(request, bid), status=422, join=form, form=form)
    messages.success(request, _("%(reference)s is linked to this bid.") % {"reference": other.reference})
    return redirect(bid_url("linked", bid))


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks once, then lets two bids stand for themselves again."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section="bid")
    back = bid_url("linked", bid)
    if not bid.alternative_to:
        return redirect(back)
    errors, status = [], 200
    if request.method == "POST":
        try:
            linking.unlink_bids(bid, _named_back(request, bid), seen=version_of(request), by=person(request))
        except Stale:
            errors, status = [{"text": _changed_meanwhile()}], 409
        else:
            messages.success(request, _("The bids are no longer linked."))
            return redirect(back)
    question = _("Unlink %(reference)s from this bid?") % {"reference": bid.alternative_to}
    kept = _("Lines that are marked as alternatives stay marked: they still can't be funded twice.")
    return page(
        request, money_workspace(request, bid, "budget"), "bids/linked/part.html", status=status, question=question,
        consequences=[kept], cancel_url=back, fields={"version": Bid.objects.get(pk=bid.pk).version}, errors=errors,
    )  # fmt: skip


@declare(Act.EDIT_OWN_BUDGET)
@require_POST
def mark(request: HttpRequest, reference: str) -> HttpResponse:
    """Marks a line as the alternative of one in the linked bid."""
    key, seen = _line_sent(request)
    work, line = line_to_edit(request, reference, key)
    both = TwoBids(money_workspace(request, work.bid, "budget"))
    if both.other is None:
        return redirect(bid_url("linked", work.bid))
    lines = BudgetLine.objects.select_related("bid")
    other = get_object_or_404(lines, bid=both.other.bid, key=_key(request.POST.get("other", "")), removed_at=None)
    try:
        linking.mark_line(line, other, seen=seen, by=person(request))
    except Stale:
        return show(request, two_bids(request, work.bid), status=409, errors=[{"text": _changed_meanwhile()}])
    except linking.NotLinked as refused:
        return show(request, two_bids(request, work.bid), status=422, errors=[{"sentence": refused.reason}])
    words = {"line": line.key, "other": other.key, "reference": other.bid.reference}
    messages.success(request, _("%(line)s is the alternative of %(other)s in %(reference)s.") % words)
    return redirect(bid_url("linked", work.bid))


@declare(Act.EDIT_OWN_BUDGET)
@require_POST
def unmark(request: HttpRequest, reference: str) -> HttpResponse:
    """Lets a line stand for itself again."""
    key, seen = _line_sent(request)
    work, line = line_to_edit(request, reference, key)
    try:
        linking.unmark_line(line, seen=seen, by=person(request))
    except Stale:
        return show(request, two_bids(request, work.bid), status=409, errors=[{"text": _changed_meanwhile()}])
    messages.success(request, _("%(line)s is no alternative any more.") % {"line": line.key})
    return redirect(bid_url("linked", work.bid))


def _side(work: MoneyWorkspace) -> Side:
    return Side(work.facts, work.call, work.assessment)


def _bid_to_join(request: HttpRequest, form: JoinForm) -> Bid | None:
    """The other bid where this person may edit it; what isn't theirs to see is as if it wasn't there."""
    typed = form.cleaned_data["reference"]
    try:
        return access.bid_for(person(request), typed, to=Act.EDIT_PLAN, section="bid")
    except access.NotVisible:
        form.add_error("reference", _("There is no bid %(reference)s that you may edit.") % {"reference": typed})
    except access.Refused as refused:
        form.add_error("reference", wording.say(refused.decision.reason or ""))
    return None


def _named_back(request: HttpRequest, bid: Bid) -> Bid | None:
    """The linked bid where it names this one: then it has to be edited too."""
    named = Bid.objects.kept().filter(reference=bid.alternative_to, alternative_to=bid.reference)
    if not named.exists():
        return None
    try:
        return access.bid_for(person(request), str(bid.alternative_to), to=Act.EDIT_PLAN, section="bid")
    except access.NotVisible:
        raise NotYours(None, bid_url("linked", bid)) from None
    except access.Refused as refused:
        raise NotYours(refused.decision.reason, bid_url("linked", bid)) from None


def _line_sent(request: HttpRequest) -> tuple[str, int]:
    """Key and version of the line a button was pressed for; version 0, which no row has, where it was tampered with."""
    key, _colon, version = request.POST.get("line", "").rpartition(":")
    return _key(key), int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0


def _key(typed: str) -> str:
    """A key that a database can be asked for; empty, which no row has, for anything else."""
    return typed if can_be_stored(typed) else ""


def _changed_meanwhile() -> str:
    return _("Somebody changed this in the meantime. Look at it again, then decide.")
