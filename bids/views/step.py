"""The steps by which the consortium moves its bid, each with a page of its own; and the receipts they leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import stepup
from accounts.declare import declare
from bids import wording
from bids.actions import transition
from bids.forms.step import StepForm
from bids.models import Bid, Dossier
from bids.rulebook.permits import Act
from bids.rulebook.text import Sentence
from bids.rulebook.vocabulary import DossierKind
from bids.rulebook.workflow import MOVES, Offer, Said, refusals
from bids.views.shared import Workspace, bid_url, get_bid, is_of_the_consortium, page, person, to_the_desk, workspace
from bids.views.step_words import CONSEQUENCES, DONE

LEAVES_A_RECEIPT = ("submit", "resubmit")
NOTES = "notes_of_steps"  # in the session: words typed before the password was asked for again


def page_of_step(name: str) -> Callable[..., HttpResponse]:
    """The page of one step; each declares the act it needs."""
    act = MOVES[name].act or Act.READ_WORKING_COPY

    def step(request: HttpRequest, reference: str, **_name: str) -> HttpResponse:
        bid = get_bid(request, reference, to=act, somewhere=True)
        if not is_of_the_consortium(bid):
            return to_the_desk(bid)
        work = workspace(request, bid, "overview")
        form = StepForm(request.POST or None, move=name, revision=bid.revision, note=_kept_note(request, bid, name))
        if request.method == "POST" and form.is_valid():
            return _take(request, work, name, form)
        return _page(request, work, name, form)

    step.__name__ = step.__qualname__ = name
    step.__doc__ = f"What it means to {name.replace('_', ' ')}; then the step itself."
    return declare(act)(require_http_methods(["GET", "POST"])(step))


def _take(request: HttpRequest, work: Workspace, name: str, form: StepForm) -> HttpResponse:
    """Through the door; or back with every reason why not, and the words that were typed."""
    said = Said(note=form.cleaned_data["note"], revision_seen=form.cleaned_data["revision"])
    received_at = getattr(request, "received_at", None)
    is_sure = stepup.is_fresh(request)
    bid = work.bid
    try:
        transition.perform(bid, name, by=person(request), said=said, stepped_up=is_sure, received_at=received_at)
    except transition.Closed as closed:
        if closed.needs_step_up:
            request.session[NOTES] = {f"{bid.pk}/{name}": said.note}
            return stepup.ask(request, back_to=request.path)
        bid.refresh_from_db()
        moved_on = said.revision_seen != bid.revision
        return _page(
            request, workspace(request, bid, "overview"), name, form.on(bid.revision), status=409 if moved_on else 403,
            refused=closed.reasons, late_receipt=closed.receipt, received_at=received_at,
        )  # fmt: skip
    request.session.pop(NOTES, None)
    messages.success(request, DONE[name]())
    return redirect(bid_url("receipt" if name in LEAVES_A_RECEIPT else "overview", bid))


def _page(request: HttpRequest, work: Workspace, name: str, form: StepForm, **more: Any) -> HttpResponse:
    offer = _offer(work, name)
    status = more.pop("status", 200)
    return page(
        request, work, "bids/step/step.html", status=status, form=form, offer=offer,
        label=wording.say(Sentence(offer.move.label)), consequences=CONSEQUENCES[name](),
        asks_who=offer.open and offer.move.step_up and not stepup.is_fresh(request), **more,
    )  # fmt: skip


def _offer(work: Workspace, name: str) -> Offer:
    """The step as it is offered; one that does not start here is closed and says why."""
    found = next((offer for offer in work.offers if offer.move.name == name), None)
    return found or Offer(MOVES[name], False, refusals(name, work.bid.state, work.situation))


def _kept_note(request: HttpRequest, bid: Bid, name: str) -> str:
    return str(request.session.get(NOTES, {}).get(f"{bid.pk}/{name}", ""))


@declare(Act.READ_WORKING_COPY)
@require_safe
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """What was received when, under which number: every round, and what came too late."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    papers = Dossier.objects.filter(snapshot=OuterRef("pk"), kind=DossierKind.RECEIPT).to_fetch().order_by("-pk")
    rounds = list(bid.snapshots.defer("text").select_related("by").annotate(paper=Subquery(papers.values("pk")[:1])))
    late = list(bid.late_attempts.select_related("by"))
    work = workspace(request, bid, "overview")
    return page(
        request, work, "bids/step/receipt.html", rounds=rounds, late=late, title=_("Receipts"),
        may_download=work.may(Act.DOWNLOAD_DOSSIER),
    )  # fmt: skip
