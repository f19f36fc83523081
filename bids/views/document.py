"""Letters and annexes: what the call asks for, what is there, and the ways in and out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.declare import declare
from bids.actions import documents
from bids.actions.changing import Stale
from bids.attachment import attachment
from bids.forms.document import DocumentForm, label_of
from bids.models import Bid, Document
from bids.rulebook.call import Requirement
from bids.rulebook.permits import Act, Decision
from bids.rulebook.vocabulary import Role
from bids.views.card import card
from bids.views.gone import gone
from bids.views.removal import version_of
from bids.views.shared import NotYours, Workspace, bid_url, get_bid, page, person, workspace

WIDE_ROLES = frozenset({Role.COORDINATOR, Role.FINANCE_OFFICER})  # upload for any partner, or for none


@dataclass(frozen=True)
class Asked:
    """A document the call asks for, and what stands there for it."""

    requirement: Requirement
    label: str
    found: tuple[Document, ...]


@dataclass(frozen=True)
class Line:
    """A document with what this person may do to it."""

    document: Document
    label: str
    may_edit: Decision
    may_remove: Decision


@declare(Act.READ_WORKING_COPY)
@require_safe
def list_documents(request: HttpRequest, reference: str) -> HttpResponse:
    """What the call asks for, and every document of the bid."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "documents")
    rows = list(Document.objects.filter(bid=bid).select_related("partner", "uploaded_by", "removed_by"))
    lines = [_line(work, document) for document in rows if document.removed_at is None]
    removed = [_line(work, document) for document in rows if document.removed_at is not None]
    return page(
        request, work, "bids/document/list.html", asked=_asked(work, [line.document for line in lines]), lines=lines,
        removed=removed, undo=_undo(work, removed, request.GET.get("removed", "")),
        may_upload=_may_upload(work),
    )  # fmt: skip


@declare(Act.UPLOAD_DOCUMENT)
@require_http_methods(["GET", "POST"])
def upload_document(request: HttpRequest, reference: str) -> HttpResponse:
    """A new document; `?kind=` chooses what it is."""
    bid = get_bid(request, reference, to=Act.UPLOAD_DOCUMENT, somewhere=True)
    work = workspace(request, bid, "documents")
    if not (decision := _may_upload(work)):
        raise NotYours(decision.reason)
    form = _form(request, work)

    def save() -> None:
        _ask_again(request, bid, form)
        documents.bring_document(bid, form.changes, form.file, by=person(request))  # type: ignore[arg-type]

    return _card(request, work, form, save, _("Upload a document"))


@declare(Act.UPLOAD_DOCUMENT)
@require_http_methods(["GET", "POST"])
def edit_document(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Describe a document anew, or replace its file."""
    document = _newest(reference, key)
    bid = get_bid(request, reference, to=Act.UPLOAD_DOCUMENT, **_about(document))
    form = _form(request, work := workspace(request, bid, "documents"), document)
    if document.removed_at:
        return gone(request, work, f"documents/{key}", [form], bid_url("documents", bid))

    def save() -> None:
        _ask_again(request, bid, form, key)
        documents.revise_document(document, form.changes, form.file, seen=form.seen, by=person(request))

    return _card(request, work, form, save, document.title or key, document=document)


@declare(Act.REMOVE_DOCUMENT)
@require_POST
def remove_document(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Take a document out; the next page offers to put it back."""
    document = _document(reference, key)
    bid = get_bid(request, reference, to=Act.REMOVE_DOCUMENT, **_about(document), author_id=document.uploaded_by_id)
    back = bid_url("documents", bid)
    try:
        documents.remove_document(document, seen=version_of(request), by=person(request))
    except Stale:
        messages.error(request, _("Somebody changed this document in the meantime. Look at it again, then decide."))
        return redirect(back)
    return redirect(f"{back}?removed={document.pk}")


@declare(Act.REMOVE_DOCUMENT)
@require_POST
def restore_document(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Put a removed document back."""
    document = get_object_or_404(_of_the_bid(reference).exclude(removed_at=None), pk=number)
    bid = get_bid(request, reference, to=Act.REMOVE_DOCUMENT, **_about(document), author_id=document.uploaded_by_id)
    try:
        documents.restore_document(document, by=person(request))
    except documents.PlaceTaken:
        messages.error(request, _("Another document has taken its place. Upload this one again if you need it."))
    else:
        messages.success(request, _("“%(name)s” is back.") % {"name": document.title or document.key})
    return redirect(bid_url("documents", bid))


@declare(Act.READ_WORKING_COPY)
@require_safe
def download_document(request: HttpRequest, reference: str, key: str) -> FileResponse:
    """The file of a document, to keep."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    document = _document(reference, key)
    if document.file is None:
        raise Http404
    return attachment(document.file.path, f"{bid.reference}-{document.key}")


def _card(
    request: HttpRequest, work: Workspace, form: DocumentForm, save: Any, title: str, **more: Any
) -> HttpResponse:
    back = bid_url("documents", work.bid)
    return card(request, work, form, save, title=title, back=back, template="bids/document/edit.html", **more)


def _form(request: HttpRequest, work: Workspace, document: Document | None = None) -> DocumentForm:
    narrow = None if work.who.roles & WIDE_ROLES else work.who.own_partner_keys
    chosen: dict[str, Any] = {"kind": request.GET["kind"]} if "kind" in request.GET else {}
    if narrow and len(narrow) == 1 and document is None:
        chosen["partner"] = next(iter(narrow))
    return DocumentForm(
        request.POST or None, request.FILES or None, bid=work.bid, instance=document, call=work.call,
        own_partners=narrow, initial=chosen,
    )  # fmt: skip


def _may_upload(work: Workspace) -> Decision:
    """Whether a new document may come in: for any partner, or for the person's own."""
    partners = [None, *sorted(work.who.own_partner_keys)]
    answers = [work.may(Act.UPLOAD_DOCUMENT, section="documents", partner=partner) for partner in partners]
    return next((answer for answer in answers if answer), answers[-1])


def _ask_again(request: HttpRequest, bid: Bid, form: DocumentForm, key: str = "") -> None:
    """Now that the partner is known: whether this person may bring a document for it."""
    partner = form.cleaned_data["partner"]
    section = f"documents/{key}" if key else "documents"
    get_bid(request, bid.reference, to=Act.UPLOAD_DOCUMENT, section=section, partner=partner.key if partner else None)


def _of_the_bid(reference: str) -> Any:
    return Document.objects.filter(bid__reference=reference).select_related("bid", "partner", "file")


def _document(reference: str, key: str) -> Document:
    document: Document = get_object_or_404(_of_the_bid(reference).filter(removed_at=None), key=key)
    return document


def _newest(reference: str, key: str) -> Document:
    """The document of this key: the one that is there, else the one removed last."""
    found: Document | None = (
        _of_the_bid(reference).filter(key=key).order_by(F("removed_at").desc(nulls_first=True)).first()
    )
    if found is None:
        raise Http404
    return found


def _about(document: Document) -> dict[str, Any]:
    """The particulars of a document for its permit."""
    return {"section": f"documents/{document.key}", "partner": document.partner.key if document.partner else None}


def _line(work: Workspace, document: Document) -> Line:
    about = _about(document)
    return Line(
        document,
        label_of(document.kind),
        work.may(Act.UPLOAD_DOCUMENT, **about),
        work.may(Act.REMOVE_DOCUMENT, **about, author_id=document.uploaded_by_id),
    )


def _asked(work: Workspace, rows: Iterable[Document]) -> list[Asked]:
    present = [document for document in rows if document.file_id]
    return [
        Asked(requirement, label_of(requirement.kind), tuple(row for row in present if row.kind == requirement.kind))
        for requirement in work.call.requirements
        if not requirement.field
    ]


def _undo(work: Workspace, removed: list[Line], number: str) -> dict[str, Any] | None:
    """The way back for what was just removed."""
    for line in removed:
        if str(line.document.pk) == number and line.may_remove:
            name = line.document.title or line.document.key
            url = bid_url("document-restore", work.bid, number=line.document.pk)
            return {"sentence": _("“%(name)s” was removed.") % {"name": name}, "url": url, "fields": {}}
    return None
