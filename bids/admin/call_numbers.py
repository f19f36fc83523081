"""The numbers of a call at the desk: read by all, proposed by a case manager, confirmed by an approver."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.declare import SIGNED_IN, declare
from bids import access, callfile, snapshot
from bids.actions import call_numbers as acts
from bids.actions.at_the_desk import NotNow
from bids.admin.call_draft import Draft
from bids.admin.call_outlook import consequences
from bids.admin.call_words import grouped
from bids.admin.door import NotYours, person
from bids.forms.call_numbers import AnswerForm
from bids.models import Call, CallVersion, NumbersChange
from bids.rulebook.permits import Act, Decision, Manner
from bids.rulebook.readiness import house_rules
from bids.rulebook.vocabulary import ProposalState


@declare(SIGNED_IN)
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Every number in force, with mark and source; what waits to be confirmed, and what became of the others."""
    call, version = _in_force(reference)
    facts = snapshot.facts_of(version)
    changes = NumbersChange.objects.filter(call=call).select_related("proposed_by", "closed_by", "version", "base")
    return render(request, "admin/bids/call/numbers.html", {
        "title": _("Numbers of the call"), "call": call, "version": version, "groups": grouped(version.data, facts),
        "rules": house_rules(facts), "changes": list(changes), "may_propose": _may(request, call, Manner.PROPOSE),
    })  # fmt: skip


@declare(Act.EDIT_CALL)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """The chosen numbers in boxes; what they would change; then the proposal."""
    call, version = _in_force(reference)
    _allow(request, call, Manner.PROPOSE)
    draft = Draft.of(request, version)
    if not draft.forms:
        messages.info(request, _("Choose the numbers that should change."))
        return redirect("desk:call-numbers", reference)
    if request.method == "GET" or not draft.is_valid():
        return _form(request, draft)
    try:
        if "send" not in request.POST:
            edits = acts.real_changes(version, draft.edits)
            after = acts.outcome_of(version, edits)
            return _form(request, draft, **consequences(version, edits, after, reader=person(request)))
        made = acts.propose(call, draft.edits, seen=draft.seen, reason=draft.reason, by=person(request))
    except callfile.Unreadable as unreadable:
        draft.refuse(unreadable.problems)
        return _form(request, draft)
    except NotNow as refused:
        draft.on(_in_force(reference)[1])
        return _form(request, draft, status=409, errors=[{"sentence": refused.reason}])
    messages.success(request, _("Your change is proposed. An approver has to confirm it."))
    return redirect("desk:call-change", reference, made.pk)


@declare(SIGNED_IN)
@require_safe
def show_proposal(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """What was proposed, what it would change, and what became of it."""
    return _proposal(request, _change(reference, number))


@declare(Act.EDIT_CALL)
@require_POST
def confirm(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A second person agrees: the numbers are in force for bids that start or move from now on."""
    found = _to_close(request, reference, number, Manner.CONFIRM)
    try:
        version = acts.confirm(found, digest=request.POST.get("digest", ""), by=person(request))
    except NotNow as refused:
        return _proposal(request, found, status=409, errors=[{"sentence": refused.reason}])
    messages.success(request, _("%(version)s is in force. Bids keep their version until somebody moves them.") % {
        "version": version
    })  # fmt: skip
    return redirect("desk:call-numbers", reference)


@declare(Act.EDIT_CALL)
@require_POST
def refuse(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A second person says why not."""
    found = _to_close(request, reference, number, Manner.CONFIRM)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _proposal(request, found, answer=form)
    try:
        acts.refuse(found, answer=form.cleaned_data["answer"], by=person(request))
    except NotNow as refused:
        return _proposal(request, found, status=409, answer=form, errors=[{"sentence": refused.reason}])
    messages.success(request, _("The proposal is refused. The numbers stay as they are."))
    return redirect("desk:call-change", reference, number)


@declare(Act.EDIT_CALL)
@require_POST
def take_back(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Whoever proposed it thinks better of it."""
    found = _to_close(request, reference, number, Manner.PROPOSE)
    try:
        acts.take_back(found, by=person(request))
    except NotNow as refused:
        return _proposal(request, found, status=409, errors=[{"sentence": refused.reason}])
    messages.success(request, _("Your proposal is taken back."))
    return redirect("desk:call-change", reference, number)


CLOSINGS = {"confirm": confirm, "refuse": refuse, "take-back": take_back}


def _in_force(reference: str) -> tuple[Call, CallVersion]:
    call = get_object_or_404(Call, reference=reference)
    return call, call.versions.select_related("call").latest("number")


def _change(reference: str, number: int) -> NumbersChange:
    rows = NumbersChange.objects.select_related("call", "base__call", "version", "proposed_by", "closed_by")
    return get_object_or_404(rows, pk=number, call__reference=reference)


def _to_close(request: HttpRequest, reference: str, number: int, manner: Manner) -> NumbersChange:
    """The proposal, for somebody who may do this to it; who may do nothing to any never learns of it here."""
    call = get_object_or_404(Call, reference=reference)
    _allow(request, call, Manner.DO, somewhere=True)
    found = _change(reference, number)
    _allow(request, call, manner, proposed_by=found.proposed_by_id)
    return found


def _may(request: HttpRequest, call: Call, manner: Manner, **about: Any) -> Decision:
    user = person(request)
    return access.can(user, Act.EDIT_CALL, None, who=access.standing_in(user, call), manner=manner, **about)


def _allow(request: HttpRequest, call: Call, manner: Manner, **about: Any) -> None:
    decision = _may(request, call, manner, **about)
    if not decision:
        raise NotYours(decision.reason)


def _form(request: HttpRequest, draft: Draft, *, status: int = 200, **more: Any) -> HttpResponse:
    shown = {
        "title": _("Propose other numbers"), "call": draft.version.call, "version": draft.version, "draft": draft,
        "form": draft.proposal, "formset": draft.forms, "errors": draft.errors,
    }  # fmt: skip
    return render(request, "admin/bids/call/change.html", shown | more, status=status)


def _proposal(
    request: HttpRequest, found: NumbersChange, *, status: int = 200, answer: AnswerForm | None = None, **more: Any
) -> HttpResponse:
    """The page of one proposal: with its effect on bids while it is open."""
    found.refresh_from_db(fields=["outcome", "closed_by", "closed_at", "answer", "version"])
    is_open = found.outcome is ProposalState.OPEN
    in_force = found.call.versions.latest("number")
    shown: dict[str, Any] = {
        "title": _("Proposed numbers"), "call": found.call, "change": found, "is_open": is_open,
        "is_overtaken": is_open and in_force.pk != found.base_id, "in_force": in_force,
        "may_confirm": _may(request, found.call, Manner.CONFIRM, proposed_by=found.proposed_by_id),
        "may_propose": _may(request, found.call, Manner.PROPOSE), "is_own": found.proposed_by_id == request.user.pk,
        "answer": answer or AnswerForm(), "form": answer,
    }  # fmt: skip
    try:
        after = found.version.data if found.version else acts.outcome_of(found.base, found.edits)
        shown |= consequences(found.base, found.edits, after, reader=person(request) if is_open else None)
    except callfile.Unreadable as unreadable:  # proposed under older rules of this tool
        shown["errors"] = [{"sentence": problem.sentence} for problem in unreadable.problems]
    return render(request, "admin/bids/call/proposal.html", shown | more, status=status)
