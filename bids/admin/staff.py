"""Who works on a bid for the ministry: assign, end, and see what each has declared."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.declare import declare
from bids.actions import desk
from bids.actions.at_the_desk import NotNow
from bids.actions.ministry_side import people_of_the_partners
from bids.admin.bid_file import BidFile, open_file, open_newest, page
from bids.admin.door import NotYours
from bids.forms.desk import AssignForm, ReasonForm
from bids.models import Assignment, InterestDeclaration
from bids.models.bid import ASSIGNED_ROLES
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import Interest, Role


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assignment with what the person has declared; `computed` overrules the declaration."""

    row: Assignment
    interest: Interest | None
    computed: bool

    @property
    def is_clear(self) -> bool:
        return not self.computed and self.interest is Interest.NONE


@declare(Act.READ_AUDIT)
@require_safe
def show_people(request: HttpRequest, reference: str) -> HttpResponse:
    """Everybody who works or worked on the bid; for the case manager with the forms to change that."""
    return _people(request, open_file(request, reference, "people", to=Act.READ_AUDIT))


@declare(Act.TAKE_IN_BID)
@require_POST
def assign(request: HttpRequest, reference: str, role: str) -> HttpResponse:
    """Give somebody one of the three kinds of work."""
    file = open_newest(request, reference, "people", to=Act.TAKE_IN_BID)
    wanted = get_role(role)
    form = AssignForm(request.POST, candidates=desk.candidates(file.bid, wanted), role=wanted)
    if not form.is_valid():
        return _people(request, file, form)
    try:
        desk.assign(file.bid, form.cleaned_data["person"], wanted, by=file.user)
    except NotNow as refused:
        form.refuse("person", refused.reason)
        return _people(request, file, form)
    messages.success(request, _("%(name)s was assigned and asked to declare any conflict of interest.") % {
        "name": form.cleaned_data["person"].get_full_name()
    })  # fmt: skip
    return redirect(file.url("bid-people"))


@declare(Act.TAKE_IN_BID)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Asks for the reason, then ends an assignment."""
    file = open_newest(request, reference, "people", to=Act.TAKE_IN_BID)
    found = get_object_or_404(Assignment.objects.select_related("user"), pk=number, bid=file.bid)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            desk.end_assignment(found, reason=form.cleaned_data["reason"], by=file.user)
        except NotNow as refused:
            raise NotYours(refused.reason, file.url("bid-people")) from None
        messages.success(request, _("The assignment of %(name)s has ended.") % {"name": found.user.get_full_name()})
        return redirect(file.url("bid-people"))
    return page(request, file, "admin/bid/end_assignment.html", form=form, assignment=found)


def get_role(name: str) -> Role:
    """The kind of work an address names."""
    found = next((role for role in ASSIGNED_ROLES if role == name), None)
    if found is None:
        raise Http404
    return found


def _people(request: HttpRequest, file: BidFile, sent: AssignForm | None = None) -> HttpResponse:
    may_assign = file.may(Act.TAKE_IN_BID)
    forms = []
    for role in ASSIGNED_ROLES if may_assign else ():
        is_sent = sent is not None and sent.role is role
        forms.append(sent if is_sent else AssignForm(candidates=desk.candidates(file.bid, role), role=role))
    assigned, ended = _assigned(file)
    return page(
        request, file, "admin/bid/people.html",
        assigned=assigned, ended=ended, forms=forms, may_assign=may_assign, form=sent,
    )  # fmt: skip


def _assigned(file: BidFile) -> tuple[list[Assigned], list[Assignment]]:
    held = InterestDeclaration.objects.filter(bid=file.bid, replaced_at=None)
    declared = dict(held.values_list("user_id", "interest"))
    conflicted = people_of_the_partners(file.bid)
    rows = list(Assignment.objects.filter(bid=file.bid).select_related("user", "by"))
    running = [Assigned(row, declared.get(row.user_id), row.user_id in conflicted) for row in rows if not row.ended_at]
    return running, [row for row in rows if row.ended_at]
