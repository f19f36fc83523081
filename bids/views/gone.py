"""Somebody removed what another person was writing: 409, with everything that was typed and a way to add it anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms import BaseForm, BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from bids.models import BidEvent
from bids.views.shared import Workspace, bid_url, page

# Where a new row of each list is written.
ADDED_AT = {
    "partners": "partner-add",
    "sites": "site-add",
    "links": "link-add",
    "work_packages": "work-package-add",
    "budget": "line-add",
    "commitments": "commitment-add",
    "risks": "risk-add",
    "indicators": "indicator-add",
    "documents": "document-upload",
    "scenarios": "scenario-add",
}
OF_THE_ROW = {"version", "csrfmiddlewaretoken"}  # not of what was typed into it


def gone(request: HttpRequest, work: Workspace, about: str, forms: Iterable[BaseForm], back: str) -> HttpResponse:
    """What was typed about a row that isn't there any more; 404 where there never was such a row.

    `about` is its place, such as `sites/zellik`; `forms` read what was sent.
    """
    removals = BidEvent.objects.filter(bid=work.bid, about=about, name__endswith="_removed")
    event = removals.select_related("actor").last()
    if request.method != "POST" or event is None:
        raise Http404
    section = about.partition("/")[0]
    return page(
        request, work, "bids/gone.html", status=409, when=event.at, cancel_url=back,
        who=event.actor.get_full_name() if event.actor else _("Somebody else"),
        typed=[row for form in forms for row in _typed(form)], carried=list(_carried(request.POST)),
        post_url=bid_url(ADDED_AT[section], work.bid),
    )  # fmt: skip


def _typed(form: BaseForm) -> Iterator[tuple[Any, str]]:
    """Label and words of every box that isn't empty."""
    for box in form.visible_fields():
        if words := _words(box):
            yield box.label, words


def _words(box: BoundField) -> str:
    """What was typed; of a choice, what people read there."""
    value = box.value()
    values = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)] if value else []
    known = {str(key): str(name) for key, name in getattr(box.field, "choices", ()) if not isinstance(name, list)}
    return ", ".join(known.get(one, one) for one in values)


def _carried(sent: MultiValueDict[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, values in sent.lists() if name not in OF_THE_ROW for value in values)
