"""Where machines stand, and the lines between the places."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.declare import declare
from bids.actions import sites
from bids.actions.changing import Stale
from bids.forms.inside import kept
from bids.forms.site import SiteForm, entries_of
from bids.models import Bid, Site
from bids.rulebook.permits import Act
from bids.views import removal
from bids.views.conflict import conflict
from bids.views.shared import bid_url, get_bid, page, person, workspace


@declare(Act.READ_WORKING_COPY)
@require_safe
def list_sites(request: HttpRequest, reference: str) -> HttpResponse:
    """Every site with its power and machines, and how they are linked."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "sites")
    return page(request, work, "bids/site/list.html", may_edit=work.may(Act.EDIT_PLAN, section="sites"))


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def add_site(request: HttpRequest, reference: str) -> HttpResponse:
    """A new site."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section="sites")
    form, inside = SiteForm(request.POST or None, bid=bid), entries_of(None, bid, request.POST or None)
    if request.method == "POST" and _all_valid(form, inside):
        sites.add_site(bid, form.changes, _entries(inside), by=person(request))
        return redirect(bid_url("sites", bid))
    return _card(request, bid, form, inside, _("Add a site"))


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def edit_site(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Where a site stands and what it can carry."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section=f"sites/{key}")
    site = get_object_or_404(Site, bid=bid, key=key)
    form = SiteForm(request.POST or None, bid=bid, instance=site)
    inside = entries_of(site, bid, request.POST or None)
    if request.method == "POST" and _all_valid(form, inside):
        try:
            sites.revise_site(site, form.changes, _entries(inside), seen=form.seen, by=person(request))
        except Stale as stale:
            both = zip(inside.values(), entries_of(site, bid).values(), strict=True)
            return conflict(request, workspace(request, bid, "sites"), form, stale, bid_url("sites", bid), both)
        return redirect(bid_url("sites", bid))
    return _card(request, bid, form, inside, site.name or site.key)


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def delete_site(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Asks once, then takes the site out of the bid."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section=f"sites/{key}")
    site = get_object_or_404(Site, bid=bid, key=key)
    work = workspace(request, bid, "sites")
    return removal.ask_or_remove(request, work, site, sites.drop_site, back=bid_url("sites", bid))


def _card(request: HttpRequest, bid: Bid, form: SiteForm, inside: dict[Any, Any], title: str) -> HttpResponse:
    phases, machines = inside.values()
    work = workspace(request, bid, "sites")
    return page(
        request, work, "bids/site/edit.html", form=form, title=title, phases=phases, machines=machines,
        formset=[*phases.forms, *machines.forms],
    )  # fmt: skip


def _all_valid(form: SiteForm, inside: dict[Any, Any]) -> bool:
    return all([form.is_valid(), *(formset.is_valid() for formset in inside.values())])


def _entries(inside: dict[Any, Any]) -> dict[Any, list[dict[str, Any]]]:
    return {model: kept(formset) for model, formset in inside.items()}
