"""Where bids come from and how they are thrown away: started, copied, imported, exported, discarded."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.declare import declare
from bids import access, bidfile, snapshot, wording
from bids.actions import bids
from bids.actions.bidfiles import part_of
from bids.actions.ministry_side import newest_round
from bids.bidfile import Problem
from bids.forms.start import CopyForm, ImportForm, StartForm
from bids.models import Bid
from bids.rulebook.facts import BidFacts
from bids.rulebook.permits import Act
from bids.views.shared import (
    NotYours,
    bid_url,
    get_bid,
    is_of_the_consortium,
    page,
    person,
    to_the_desk,
    workspace,
)


@declare(Act.START_BID)
@require_http_methods(["GET", "POST"])
def start_bid(request: HttpRequest) -> HttpResponse:
    """A new draft from a call that is open."""
    _ask_to_start(request)
    calls = bids.open_calls()
    form = StartForm(request.POST or None, calls=calls, user=person(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            bid = bids.start_bid(
                given["call"], given["organisation"], title=given["title"], reference=given["reference"],
                language=given["language"], by=person(request),
            )  # fmt: skip
        except bidfile.Unreadable as refused:
            _say(form, refused.problems)
        else:
            messages.success(request, _("The bid %(reference)s is started.") % {"reference": bid.reference})
            return redirect(bid_url("overview", bid))
    return render(request, "bids/start/start.html", {"form": form, "calls": calls})


@declare(Act.START_BID)
@require_http_methods(["GET", "POST"])
def import_bid(request: HttpRequest) -> HttpResponse:
    """A new draft from a bid file; what is wrong in it is told place by place, and nothing is half-saved."""
    _ask_to_start(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            bid = bids.bring_in(form.content, reference=form.cleaned_data["reference"], by=person(request))
        except bidfile.Unreadable as unreadable:
            problems = unreadable.problems
        else:
            messages.success(request, _("The bid %(reference)s is imported.") % {"reference": bid.reference})
            return redirect(bid_url("overview", bid))
    errors = [{"text": f"{each.path}: {wording.say(each.sentence)}", "href": "#id_file"} for each in problems]
    return render(request, "bids/start/import.html", {"form": form, "errors": errors})


@declare(Act.EXPORT_BID)
@require_http_methods(["GET", "POST"])
def copy_bid(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything in this bid as a new draft of the same call."""
    bid = get_bid(request, reference, to=Act.EXPORT_BID)
    if not is_of_the_consortium(bid):
        return to_the_desk(bid)
    _ask_to_start(request)
    form = CopyForm(request.POST or None, initial={"title": _("Copy of %(title)s") % {"title": bid.title}})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            copy = bids.copy_bid(bid, title=given["title"], reference=given["reference"], by=person(request))
        except bidfile.Unreadable as refused:
            _say(form, refused.problems)
        else:
            messages.success(request, _("The copy %(reference)s is made.") % {"reference": copy.reference})
            return redirect(bid_url("overview", copy))
    return page(request, workspace(request, bid, "overview"), "bids/start/copy.html", form=form)


@declare(Act.EXPORT_BID)
@require_safe
def export_bid(request: HttpRequest, reference: str) -> HttpResponse:
    """The bid file: for its consortium of the working copy, for the ministry of the newest round.

    A finance officer gets the card and lines of the own organisation.
    """
    bid = get_bid(request, reference, to=Act.EXPORT_BID, somewhere=True)
    who = bid.obtained_by or access.standing(person(request), bid)
    permit = access.can(person(request), Act.EXPORT_BID, bid, who=who, somewhere=True)
    facts = part_of(bid, who.own_partner_keys) if permit.scope else _whole(bid)
    text = json.dumps(bidfile.as_dict(facts), indent=2, ensure_ascii=False) + "\n"
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{bid.reference}.json"'
    return answer


def _whole(bid: Bid) -> BidFacts:
    return snapshot.take(bid) if is_of_the_consortium(bid) else newest_round(bid)


@declare(Act.DISCARD_BID)
@require_http_methods(["GET", "POST"])
def discard_bid(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks once, then throws a draft away that was never submitted."""
    bid = get_bid(request, reference, to=Act.DISCARD_BID)
    errors = []
    if request.method == "POST":
        try:
            bids.discard_bid(bid, by=person(request))
        except bids.NotDiscarded as refused:
            errors = [{"sentence": refused.reason}]
        else:
            messages.success(request, _("The draft %(reference)s is discarded.") % {"reference": bid.reference})
            return redirect("bids:home")
    return page(
        request, workspace(request, bid, "overview"), "bids/start/discard.html", errors=errors,
        question=_("Discard the draft %(reference)s?") % {"reference": bid.reference}, consequences=_lost(bid),
    )  # fmt: skip


def _lost(bid: Bid) -> list[str]:
    return [
        _("“%(title)s” disappears for everybody in the consortium.") % {"title": bid.title},
        _("Its reference can't be used again."),
    ]


def _ask_to_start(request: HttpRequest) -> None:
    """Anybody who belongs to an organisation may; others are told why not."""
    decision = access.can(person(request), Act.START_BID, None)
    if not decision:
        raise NotYours(decision.reason)


def _say(form: StartForm | CopyForm, problems: Iterable[Problem]) -> None:
    """What the store refused, at the field it is about."""
    for problem in problems:
        name = problem.path.removeprefix("$.")
        form.add_error(name if name in form.fields else None, wording.say(problem.sentence))
