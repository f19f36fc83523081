"""Who works on the bid, for which partner, and who writes which chapter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.declare import declare
from bids import wording
from bids.actions import people
from bids.forms.people import ChaptersForm, PersonForm
from bids.models import BidRole
from bids.rulebook.call import Section
from bids.rulebook.permits import Act
from bids.views.shared import Workspace, bid_url, get_bid, page, person, workspace


@declare(Act.READ_WORKING_COPY)
@require_safe
def list_people(request: HttpRequest, reference: str) -> HttpResponse:
    """Everybody with a role, and for the coordinator who writes what."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "people")
    return _list(request, work, None)


@declare(Act.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest, reference: str) -> HttpResponse:
    """Invite somebody by e-mail and give the role at once."""
    bid = get_bid(request, reference, to=Act.MANAGE_PEOPLE)
    form = PersonForm(request.POST or None, bid=bid)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            people.add_person(bid, given["email"], given["role"], given["partner"], by=person(request))
        except people.NotGiven as refused:
            form.add_error("email", wording.say(refused.reason))
        else:
            messages.success(request, _("%(email)s was invited.") % {"email": given["email"]})
            return redirect(bid_url("people", bid))
    return page(request, workspace(request, bid, "people"), "bids/people/add.html", form=form)


@declare(Act.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def remove_person(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Asks once, then takes a role away; what the person wrote stays."""
    bid = get_bid(request, reference, to=Act.MANAGE_PEOPLE)
    given = get_object_or_404(BidRole.objects.select_related("user", "partner", "bid"), bid=bid, pk=pk)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            people.remove_person(given, by=person(request))
        except people.NotGiven as refused:
            errors = [{"text": wording.say(refused.reason)}]
        else:
            messages.success(request, _("%(name)s no longer has this role.") % {"name": given.user.get_full_name()})
            return redirect(bid_url("people", bid))
    words = {"name": given.user.get_full_name(), "role": wording.word(given.role)}
    question = _("Take the role “%(role)s” from %(name)s?") % words
    return page(
        request, workspace(request, bid, "people"), "bids/remove.html", errors=errors, question=question,
        consequences=[_("What this person wrote stays in the bid.")], cancel_url=bid_url("people", bid),
    )  # fmt: skip


@declare(Act.MANAGE_PEOPLE)
@require_POST
def assign_chapters(request: HttpRequest, reference: str) -> HttpResponse:
    """Say which partner writes which section."""
    bid = get_bid(request, reference, to=Act.MANAGE_PEOPLE)
    work = workspace(request, bid, "people")
    form = _chapters(work, request.POST)
    if not form.is_valid():
        return _list(request, work, form)
    titles = {section.number: wording.titled(section) for section in form.sections}
    people.assign_chapters(bid, form.wanted, titles, by=person(request))
    messages.success(request, _("The chapters are assigned."))
    return redirect(bid_url("people", bid))


def _list(request: HttpRequest, work: Workspace, form: ChaptersForm | None) -> HttpResponse:
    may_manage = work.may(Act.MANAGE_PEOPLE)
    if may_manage and form is None:
        form = _chapters(work)
    roles = BidRole.objects.filter(bid=work.bid).select_related("user", "partner")
    return page(
        request, work, "bids/people/list.html", roles=roles, may_manage=may_manage, chapters=form,
        formset=[form] if form and form.is_bound else None,
    )  # fmt: skip


def _chapters(work: Workspace, data: Any = None) -> ChaptersForm:
    names = {partner.key: work.names[partner.key] for partner in work.facts.partners}
    return ChaptersForm(data, bid=work.bid, sections=_sections(work), partners=names)


def _sections(work: Workspace) -> list[Section]:
    """The sections that can be assigned: all that are written; once submitted before, only those in the bid."""
    sections = [section for section in work.call.template.sections if not section.heading_only]
    if work.bid.round == 0:
        return sections
    standing = {chapter.key for chapter in work.facts.chapters}
    return [section for section in sections if section.number in standing]
