"""Two people changed the same thing: 409, with what each of them wrote, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.forms import BaseForm, BoundField, CheckboxInput, Select, Textarea
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bids.actions.changing import Stale, place
from bids.forms.row import RowForm
from bids.models import BidEvent
from bids.views.gone import gone
from bids.views.shared import Workspace, page

Pair = tuple[BoundField, BoundField | None]


def conflict(
    request: HttpRequest,
    work: Workspace,
    form: RowForm,
    stale: Stale,
    cancel: str,
    inside: Iterable[tuple[Any, Any]] = (),
) -> HttpResponse:
    """What this person typed beside what somebody else saved meanwhile, or alone where it was removed.

    `inside` pairs each list of the card as it was sent with the same list as it stands now.
    """
    lists = list(inside)
    if stale.theirs is None:
        forms = [form, *(row for mine, _theirs in lists for row in mine.forms)]
        return gone(request, work, place(form.instance), forms, cancel)
    if request.FILES:
        messages.warning(request, _("Browsers don't keep a chosen file. Choose it again once you have saved the rest."))
    sides = sides_of(request, work, form, stale, cancel, lists)
    return page(request, work, "bids/conflict.html", status=409, conflict=sides)


def sides_of(
    request: HttpRequest,
    work: Workspace,
    form: RowForm,
    stale: Stale,
    cancel: str,
    inside: Iterable[tuple[Any, Any]] = (),
) -> dict[str, Any]:
    """What components/conflict.html shows."""
    fresh = form.theirs(stale.theirs) if stale.theirs is not None else None
    pairs = [*_pairs(form, fresh), *(pair for mine, theirs in inside for pair in _pairs_inside(mine, theirs))]
    rows = [_side_by_side(mine, theirs) for mine, theirs in pairs]
    row = stale.theirs or form.instance
    about = place(row) if row.pk else ""
    event = BidEvent.objects.filter(bid=work.bid, about=about).select_related("actor").last()
    shown = {row["name"] for row in rows} | {"version", "csrfmiddlewaretoken"}
    return {
        "who": event.actor.get_full_name() if event and event.actor else _("Somebody else"),
        "when": event.at if event else None,
        "fields": rows,
        "carried": [(name, value) for name, values in request.POST.lists() if name not in shown for value in values],
        "version": getattr(stale.theirs, "version", ""),
        "url": request.get_full_path(),
        "cancel_url": cancel,
    }


def _pairs(form: BaseForm, fresh: BaseForm | None) -> Iterator[Pair]:
    """Box by box; a choice of several goes along as it was sent, a file can't go along at all."""
    for box in form.visible_fields():
        widget = box.field.widget
        if not (getattr(widget, "allow_multiple_selected", False) or widget.needs_multipart_form):
            yield box, fresh[box.name] if fresh and box.name in fresh.fields else None


def _pairs_inside(mine: Any, theirs: Any) -> Iterator[Pair]:
    """Entries of a list, matched by key; only those that either side filled."""
    standing: Mapping[str, BaseForm] = {form.named: form for form in theirs.forms if form.named}
    for form in mine.forms:
        fresh = standing.get(form.data.get(form.add_prefix("key"), ""))
        if fresh is not None or form.has_changed():
            yield from _pairs(form, fresh)


def _side_by_side(mine: BoundField, theirs: BoundField | None) -> dict[str, Any]:
    typed, fresh = _as_posted(mine), _as_posted(theirs) if theirs else ""
    options = _options(mine)
    return {
        "name": mine.html_name,
        "label": mine.label,
        "mine": typed,
        "theirs": fresh,
        "theirs_words": dict(options).get(fresh, ""),
        "options": options,
        "long": isinstance(mine.field.widget, Textarea),
        "same": typed == fresh,
    }


def _as_posted(box: BoundField) -> str:
    """The value as a browser would send it."""
    value = box.value()
    if isinstance(box.field.widget, CheckboxInput):
        return "on" if value else ""
    return "" if value is None else str(value)


def _options(box: BoundField) -> list[tuple[str, str]]:
    """The choices of a field as value and words, those in groups too."""
    if isinstance(box.field.widget, CheckboxInput):
        return [("", _("No")), ("on", _("Yes"))]
    if not isinstance(box.field.widget, Select):
        return []
    told: list[tuple[str, str]] = []
    for value, words in box.field.widget.choices:
        pairs = words if isinstance(words, list | tuple) else [(value, words)]
        told += [(str(one), str(name)) for one, name in pairs]
    return told
