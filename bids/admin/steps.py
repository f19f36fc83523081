"""The steps by which the ministry moves a bid: a page for each, and one door behind all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import stepup
from accounts.declare import declare
from accounts.forms import StepUpForm
from bids.actions import transition
from bids.admin.bid_file import BidFile, open_newest, page
from bids.admin.step_words import CONSEQUENCES, done
from bids.forms.desk_step import FORMS, About, StepForm, form_of
from bids.models import DateChange, Filing, Proposal
from bids.rulebook.permits import Act
from bids.rulebook.text import Sentence
from bids.rulebook.workflow import MOVES, Offer, refusals

DANGEROUS = {"reject", "withdraw", "declare_inadmissible"}


def steps() -> Iterator[tuple[str, Callable[..., HttpResponse]]]:
    """Each step of the ministry with its page."""
    for name in FORMS:
        yield name, _page_of(name)


def _page_of(name: str) -> Callable[..., HttpResponse]:
    """The page of one step; it declares the act that the step is."""
    act = MOVES[name].act or Act.SEE_BID

    def step(request: HttpRequest, reference: str) -> HttpResponse:
        file = open_newest(request, reference, "overview", to=act, somewhere=True)
        about = _about(file, name)
        form = form_of(name, about)(request.POST or None, request.FILES or None, about=about)
        proof = _proof(request, name)
        if request.method == "POST" and all([form.is_valid(), proof is None or proof.is_valid()]):
            return _take(request, file, name, form, proof)
        return _show(request, file, name, form, proof)

    step.__name__ = step.__qualname__ = name
    step.__doc__ = f"What it means to {name.replace('_', ' ')}; then the step itself."
    return declare(act)(sensitive_post_parameters("password")(require_http_methods(["GET", "POST"])(step)))


def _take(request: HttpRequest, file: BidFile, name: str, form: StepForm, proof: StepUpForm | None) -> HttpResponse:
    """Through the door; or back with every reason why not, and everything that was typed."""
    if proof is not None:
        stepup.mark(request)
    try:
        event = transition.perform(
            file.bid, name, by=file.user, said=form.said(), papers=form.papers(),
            stepped_up=stepup.is_fresh(request), received_at=getattr(request, "received_at", None),
        )  # fmt: skip
    except transition.Closed as closed:
        return _refused(request, file, name, form, closed.reasons)
    messages.success(request, done(event.name))
    return redirect("desk:bid", reference=file.bid.reference)


def _refused(
    request: HttpRequest, file: BidFile, name: str, form: StepForm, reasons: tuple[Sentence, ...]
) -> HttpResponse:
    """What was typed is wrong (200), the bid moved on meanwhile (409), or the step is not open (403)."""
    fresh = file.again()
    is_open = _offer(fresh, name).open
    moved_on = form.cleaned_data["digest"] != fresh.digest
    status = 409 if moved_on else 200 if is_open else 403
    errors = [{"sentence": reason} for reason in reasons]
    proof = _proof(request, name, fresh=True)
    typed = form.cleaned_data.get("note", "")
    return _show(request, fresh, name, form.on(fresh.digest), proof, status=status, errors=errors, typed=typed)


def _show(
    request: HttpRequest, file: BidFile, name: str, form: StepForm, proof: StepUpForm | None, **more: Any
) -> HttpResponse:
    status = more.pop("status", 200)
    return page(
        request, file, "admin/bid/step.html", status=status,
        form=form, formset=[proof] if proof else [], proof=proof, offer=_offer(file, name), label=_(MOVES[name].label),
        consequences=CONSEQUENCES[name](), danger=name in DANGEROUS, **more,
    )  # fmt: skip


def _offer(file: BidFile, name: str) -> Offer:
    """The step as it is offered; one that does not start here is closed and says why."""
    found = next((offer for offer in file.offers if offer.move.name == name), None)
    return found or Offer(MOVES[name], False, refusals(name, file.bid.state, file.situation))


def _about(file: BidFile, name: str) -> About:
    """What the form has to know; of what others proposed only that which concerns this step."""
    bid = file.bid
    proposals = Proposal.objects.filter(bid=bid, move="declare_inadmissible", closed_at=None)
    moves = DateChange.objects.filter(bid=bid, confirmed_at=None).exclude(proposed_by=None)
    about = About(bid=bid, user=file.user, moved=moves.first() if name == "move_deadline" else None)
    if not file.has_round:
        return about
    return replace(
        about,
        digest=file.digest,
        commitments=file.facts.commitments,
        criteria=file.call.criteria_for(file.facts.track).criteria,
        sealed=tuple(sorted(file.situation.sealed_digests)),
        proposal=proposals.first() if name == "declare_inadmissible" else None,
        filing=Filing.objects.filter(snapshot=file.frozen).first() if name == "file" else None,
    )


def _proof(request: HttpRequest, name: str, *, fresh: bool = False) -> StepUpForm | None:
    """The password once more, where the step asks for it and it was not typed within the last minutes."""
    if not MOVES[name].step_up or stepup.is_fresh(request):
        return None
    typed = request.POST if request.method == "POST" and not fresh else None
    return StepUpForm(request, typed)
