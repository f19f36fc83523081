"""Risks and indicators: one page for both lists, one card for each entry."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.declare import declare
from bids.actions import rows
from bids.forms.risk import IndicatorForm, RiskForm
from bids.forms.row import RowForm
from bids.models import Indicator, Risk
from bids.rulebook.permits import Act
from bids.views import removal
from bids.views.card import card
from bids.views.gone import gone
from bids.views.shared import bid_url, get_bid, page, person, workspace

KINDS: dict[str, tuple[type[models.Model], type[RowForm], str, object]] = {
    "risks": (Risk, RiskForm, "R", gettext_lazy("Add a risk")),
    "indicators": (Indicator, IndicatorForm, "K", gettext_lazy("Add an indicator")),
}


@declare(Act.READ_WORKING_COPY)
@require_safe
def list_risks(request: HttpRequest, reference: str) -> HttpResponse:
    """What may go wrong, and how success will be seen."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "risks")
    may_edit = {kind: work.may(Act.EDIT_PLAN, section=kind) for kind in KINDS}
    return page(request, work, "bids/risk/list.html", may_edit=may_edit)


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def add_entry(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """A new risk or indicator."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section=kind)
    model, form_class, prefix, title = KINDS[kind]
    form = form_class(request.POST or None, bid=bid)

    def save() -> None:
        rows.add(bid, model, prefix, form.changes, by=person(request))

    return card(request, workspace(request, bid, "risks"), form, save, title=str(title), back=bid_url("risks", bid))


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def edit_entry(request: HttpRequest, reference: str, kind: str, key: str) -> HttpResponse:
    """One risk or indicator."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section=f"{kind}/{key}")
    model, form_class, _prefix, _title = KINDS[kind]
    row = model._default_manager.filter(bid=bid, key=key).first()
    work = workspace(request, bid, "risks")
    form = form_class(request.POST or None, bid=bid, instance=row)
    if row is None:
        return gone(request, work, f"{kind}/{key}", [form], bid_url("risks", bid))

    def save() -> None:
        rows.revise(row, form.changes, seen=form.seen, by=person(request))

    title = _("Risk %(key)s") if kind == "risks" else _("Indicator %(key)s")
    return card(request, work, form, save, title=title % {"key": key}, back=bid_url("risks", bid))


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def delete_entry(request: HttpRequest, reference: str, kind: str, key: str) -> HttpResponse:
    """Asks once, then takes it out of the bid."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section=f"{kind}/{key}")
    row = get_object_or_404(KINDS[kind][0], bid=bid, key=key)
    return removal.ask_or_remove(request, workspace(request, bid, "risks"), row, back=bid_url("risks", bid))
