"""Where machines stand, and the lines between the places."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.declare import declare
from bids.actions import rows, sites
from bids.forms.inside import entries_kept, forms_of
from bids.forms.site import LinkForm, SiteForm, entries_of
from bids.models import Link, Site
from bids.rulebook.permits import Act
from bids.views import removal
from bids.views.card import card
from bids.views.gone import gone
from bids.views.places import SiteCard, map_of
from bids.views.shared import bid_url, get_bid, page, person, workspace


@declare(Act.READ_WORKING_COPY)
@require_safe
def list_sites(request: HttpRequest, reference: str) -> HttpResponse:
    """Every site with its power and machines, and how they are linked."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "sites")
    cards = [SiteCard.of(site, work.facts) for site in work.facts.sites]
    return page(
        request, work, "bids/site/list.html", cards=cards, map=map_of(work.facts),
        may_edit=work.may(Act.EDIT_PLAN, section="sites"),
    )  # fmt: skip


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def add_site(request: HttpRequest, reference: str) -> HttpResponse:
    """A new site."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section="sites")
    form, inside = SiteForm(request.POST or None, bid=bid), entries_of(None, bid, request.POST or None)

    def save() -> None:
        sites.add_site(bid, form.changes, entries_kept(inside), by=person(request))

    work = workspace(request, bid, "sites")
    return card(request, work, form, save, title=_("Add a site"), back=bid_url("sites", bid), lists=inside.values())


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def edit_site(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Where a site stands and what it can carry."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section=f"sites/{key}")
    site = Site.objects.filter(bid=bid, key=key).first()  # its version first: whoever saves from here on is found out
    work = workspace(request, bid, "sites")
    form = SiteForm(request.POST or None, bid=bid, instance=site)
    inside = entries_of(work.entry("sites", key), bid, request.POST or None)
    if site is None:
        return gone(request, work, f"sites/{key}", forms_of(form, inside), bid_url("sites", bid))

    def save() -> None:
        sites.revise_site(site, form.changes, entries_kept(inside), seen=form.seen, by=person(request))

    return card(
        request, work, form, save, title=site.name or site.key, back=bid_url("sites", bid), lists=inside.values(),
        now=lambda: entries_of(work.anew().entry("sites", key), bid).values(),
    )  # fmt: skip


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def delete_site(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Asks once, then takes the site out of the bid."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section=f"sites/{key}")
    site = get_object_or_404(Site, bid=bid, key=key)
    return removal.ask_or_remove(request, workspace(request, bid, "sites"), site, back=bid_url("sites", bid))


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def add_link(request: HttpRequest, reference: str) -> HttpResponse:
    """A new line between two sites."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section="links")
    form = LinkForm(request.POST or None, bid=bid)

    def save() -> None:
        rows.add(bid, Link, "X", form.changes, by=person(request))

    work = workspace(request, bid, "sites")
    return card(request, work, form, save, title=_("Add a link"), back=bid_url("sites", bid))


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def edit_link(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """How two sites are joined."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section=f"links/{key}")
    link = Link.objects.filter(bid=bid, key=key).first()
    work = workspace(request, bid, "sites")
    form = LinkForm(request.POST or None, bid=bid, instance=link)
    if link is None:
        return gone(request, work, f"links/{key}", [form], bid_url("sites", bid))

    def save() -> None:
        rows.revise(link, form.changes, seen=form.seen, by=person(request))

    return card(request, work, form, save, title=_("Link between sites"), back=bid_url("sites", bid))


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def delete_link(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Asks once, then takes the link out of the bid."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section=f"links/{key}")
    link = get_object_or_404(Link, bid=bid, key=key)
    return removal.ask_or_remove(request, workspace(request, bid, "sites"), link, back=bid_url("sites", bid))
