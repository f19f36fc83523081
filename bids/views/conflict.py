"""Two people changed the same thing: 409, with what each of them wrote, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.forms import BaseForm, BoundField, Textarea
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bids.actions.changing import Stale
from bids.forms.row import RowForm
from bids.models import BidEvent
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
    """What this person typed beside what somebody else saved meanwhile.

    `inside` pairs each list of the card as it was sent with the same list as it stands now.
    """
    fresh = form.theirs(stale.theirs) if stale.theirs is not None else None
    pairs = [*_pairs(form, fresh), *(pair for mine, theirs in inside for pair in _pairs_inside(mine, theirs))]
    rows = [_side_by_side(mine, theirs) for mine, theirs in pairs]
    event = BidEvent.objects.filter(bid=work.bid).select_related("actor").last()
    shown = {row["name"] for row in rows} | {"version", "csrfmiddlewaretoken"}
    sides = {
        "who": event.actor.get_full_name() if event and event.actor else _("Somebody else"),
        "when": event.at if event else None,
        "fields": rows,
        "carried": [(name, value) for name, values in request.POST.lists() if name not in shown for value in values],
        "version": getattr(stale.theirs, "version", ""),
        "url": request.path,
        "cancel_url": cancel,
    }
    return page(request, work, "bids/conflict.html", status=409, conflict=sides)


def _pairs(form: BaseForm, fresh: BaseForm | None) -> Iterator[Pair]:
    """Box by box; a choice of several goes along as it was sent."""
    for box in form.visible_fields():
        if not getattr(box.field.widget, "allow_multiple_selected", False):
            yield box, fresh[box.name] if fresh and box.name in fresh.fields else None


def _pairs_inside(mine: Any, theirs: Any) -> Iterator[Pair]:
    """Entries of a list, matched by key; only those that either side filled."""
    standing: Mapping[str, BaseForm] = {form.instance.key: form for form in theirs.forms if form.instance.pk}
    for form in mine.forms:
        fresh = standing.get(form.instance.key)
        if fresh is not None or form.has_changed():
            yield from _pairs(form, fresh)


def _side_by_side(mine: BoundField, theirs: BoundField | None) -> dict[str, Any]:
    typed, fresh = _as_posted(mine), _as_posted(theirs) if theirs else ""
    options = [(str(value), str(words)) for value, words in getattr(mine.field, "choices", None) or ()]
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
    return "" if value is None or value is False else str(value)
