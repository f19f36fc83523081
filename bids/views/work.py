"""The work plan: packages over the months, who gives how much, what comes out when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.declare import declare
from bids.actions import work_plan
from bids.forms.inside import entries_kept, forms_of
from bids.forms.work import WorkPackageForm, entries_of
from bids.models import WorkPackage
from bids.rulebook.permits import Act
from bids.views import removal
from bids.views.card import card
from bids.views.gone import gone
from bids.views.schedule import EffortTable, gantt_of
from bids.views.shared import bid_url, get_bid, page, person, workspace


@declare(Act.READ_WORKING_COPY)
@require_safe
def show_work_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Gantt, effort matrix, and every package with what it holds."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "work-plan")
    return page(
        request, work, "bids/work/plan.html", gantt=gantt_of(work.facts), effort=EffortTable(work.facts),
        may_edit=work.may(Act.EDIT_PLAN, section="work_packages"),
    )  # fmt: skip


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def add_package(request: HttpRequest, reference: str) -> HttpResponse:
    """A new work package."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section="work_packages")
    form = WorkPackageForm(request.POST or None, bid=bid, effort={})
    inside = entries_of(None, bid, request.POST or None)

    def save() -> None:
        work_plan.add_package(bid, form.changes, entries_kept(inside), form.effort, by=person(request))

    return card(
        request, workspace(request, bid, "work-plan"), form, save, title=_("Add a work package"),
        back=bid_url("work-plan", bid), lists=inside.values(), template="bids/work/edit.html",
    )  # fmt: skip


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def edit_package(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """One work package."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section=f"work_packages/{key}")
    package = WorkPackage.objects.filter(bid=bid, key=key).first()  # its version first: see `edit_site`
    work = workspace(request, bid, "work-plan")
    facts = work.entry("work_packages", key)
    form = WorkPackageForm(request.POST or None, bid=bid, instance=package, effort=facts.effort if facts else {})
    inside = entries_of(facts, bid, request.POST or None)
    if package is None:
        return gone(request, work, f"work_packages/{key}", forms_of(form, inside), bid_url("work-plan", bid))

    def save() -> None:
        lists = entries_kept(inside)
        work_plan.revise_package(package, form.changes, lists, form.effort, seen=form.seen, by=person(request))

    return card(
        request, work, form, save, title=f"{package.key} {package.title}", back=bid_url("work-plan", bid),
        lists=inside.values(), now=lambda: entries_of(work.anew().entry("work_packages", key), bid).values(),
        template="bids/work/edit.html",
    )  # fmt: skip


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def delete_package(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Asks once, then takes the work package out of the bid."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section=f"work_packages/{key}")
    package = get_object_or_404(WorkPackage, bid=bid, key=key)
    back = bid_url("work-plan", bid)
    return removal.ask_or_remove(request, workspace(request, bid, "work-plan"), package, back=back)
