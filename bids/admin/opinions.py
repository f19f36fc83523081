"""Opinions on a bid: given, recorded, answered, and lapsed where what they read has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.declare import declare
from bids import snapshot, wording
from bids.actions import opinions as acts
from bids.actions.at_the_desk import NotNow
from bids.actions.ministry_side import scope_digest
from bids.admin.bid_file import BidFile, open_judgement, open_newest, page
from bids.forms.opinion import AnswerForm, OpinionForm, OutsideOpinionForm
from bids.models import DeskDocument, Opinion, StoredFile
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import DocumentKind, OpinionKind, OpinionVerdict


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of opinion: the one that holds, if there is one, and whether it has lapsed."""

    kind: OpinionKind
    required: bool
    opinion: Opinion | None
    has_lapsed: bool
    may_give: bool

    @property
    def is_open(self) -> bool:
        """Reserved or unfavourable, and not answered by a decision."""
        held = self.opinion
        return held is not None and held.verdict.needs_decision and not hasattr(held, "decision")


@declare(Act.READ_REVIEWS)
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Every opinion that is required or given, the newest of each kind first."""
    file = open_judgement(request, reference, "opinions")
    rows = list(Opinion.objects.filter(bid=file.bid).select_related("by", "document", "decision__by", "snapshot"))
    former = [row for row in rows if row.replaced_at is not None]
    return page(
        request, file, "admin/bid/opinions.html",
        held=_held(file, rows), former=former, may_record=file.may(Act.RECORD_OUTSIDE_OPINION),
    )  # fmt: skip


@declare(Act.WRITE_OPINION)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """The legal or the financial opinion, by its own giver."""
    wanted = next((one for one in acts.GIVEN_HERE if one == kind), None)
    if wanted is None:
        raise Http404
    file = open_newest(request, reference, "opinions", to=Act.WRITE_OPINION, opinion=wanted.value)
    held = Opinion.objects.filter(bid=file.bid, kind=wanted, replaced_at=None).first()
    before = {"verdict": held.verdict.value, "text": held.text} if held else {}
    form = OpinionForm(request.POST or None, initial=before | {"digest": file.frozen.sha256})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        verdict = OpinionVerdict(given["verdict"])
        try:
            acts.give_opinion(file.bid, wanted, verdict, given["text"], digest_seen=given["digest"], by=file.user)
        except NotNow as refused:
            return _form(request, file, form, wording.word(wanted), refused)
        messages.success(request, _("Your opinion is recorded."))
        return redirect(file.url("bid-opinions"))
    return _form(request, file, form, wording.word(wanted))


@declare(Act.RECORD_OUTSIDE_OPINION)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """An opinion that came on paper."""
    file = open_newest(request, reference, "opinions", to=Act.RECORD_OUTSIDE_OPINION)
    form = OutsideOpinionForm(request.POST or None, request.FILES or None, initial={"digest": file.frozen.sha256})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kind = OpinionKind(given["kind"])
        noon = datetime.combine(given["given_on"], time(12), tzinfo=wording.BRUSSELS)
        try:
            acts.record_outside_opinion(
                file.bid, kind, OpinionVerdict(given["verdict"]), given["text"],
                paper_of(file, wording.word(kind), given["file"]),
                given_at=noon, digest_seen=given["digest"], by=file.user,
            )  # fmt: skip
        except NotNow as refused:
            return _form(request, file, form, _("Record an opinion"), refused)
        messages.success(request, _("The opinion is recorded."))
        return redirect(file.url("bid-opinions"))
    return _form(request, file, form, _("Record an opinion"))


@declare(Act.RECORD_OUTSIDE_OPINION)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The decision by which the file goes on despite a reserved or unfavourable opinion."""
    file = open_newest(request, reference, "opinions", to=Act.RECORD_OUTSIDE_OPINION)
    opinion = get_object_or_404(Opinion, pk=number, bid=file.bid)
    form = AnswerForm(request.POST or None, request.FILES or None)
    title = _("Decision on an opinion: %(opinion)s") % {"opinion": wording.word(opinion.kind)}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            acts.answer_opinion(opinion, given["text"], paper_of(file, title, given["file"]), by=file.user)
        except NotNow as refused:
            return _form(request, file, form, title, refused, opinion)
        messages.success(request, _("The decision is recorded."))
        return redirect(file.url("bid-opinions"))
    return _form(request, file, form, title, opinion=opinion)


def paper_of(file: BidFile, title: str, stored: StoredFile, kind: DocumentKind = DocumentKind.OPINION) -> DeskDocument:
    """A paper that is kept together with the act it belongs to."""
    return DeskDocument(bid=file.bid, kind=kind.value, title=title, file=stored, uploaded_by=file.user)


def _form(
    request: HttpRequest,
    file: BidFile,
    form: OpinionForm | AnswerForm,
    title: str,
    refused: NotNow | None = None,
    opinion: Opinion | None = None,
) -> HttpResponse:
    more: dict[str, Any] = {"form": form, "form_title": title, "opinion": opinion}
    if refused is None:
        return page(request, file, "admin/bid/opinion.html", **more)
    fresh, errors = file.again(), [{"sentence": refused.reason}]
    if isinstance(form, OpinionForm):
        more["form"] = form.on(fresh.digest)
    return page(request, fresh, "admin/bid/opinion.html", status=409, errors=errors, **more)


def _held(file: BidFile, rows: Iterable[Opinion]) -> list[Held]:
    standing = {row.kind: row for row in rows if row.replaced_at is None}
    submitted = snapshot.read(file.frozen.text)
    shown = [kind for kind in OpinionKind if kind in file.call.required_opinions or kind in standing]
    return [
        Held(
            kind=kind,
            required=kind in file.call.required_opinions,
            opinion=(held := standing.get(kind)),
            has_lapsed=held is not None and held.scope_digest != scope_digest(submitted, kind),
            may_give=kind in acts.GIVEN_HERE and bool(file.may(Act.WRITE_OPINION, opinion=kind.value)),
        )
        for kind in shown
    ]
