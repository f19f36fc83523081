"""Two windows saved the same thing: what was typed beside what stands now, for `components/conflict.html`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm, BoundField, Textarea
from django.http import HttpRequest


def sides_of(
    request: HttpRequest, mine: BaseForm, fresh: BaseForm, labels: Mapping[str, str], *, cancel: str, who: str
) -> dict[str, Any]:
    """Every box of the form as it was sent and as it would be shown now."""
    rows = [_pair(box, fresh[box.name], labels.get(box.html_name, str(box.label))) for box in mine.visible_fields()]
    shown = {row["name"] for row in rows} | {"version", "csrfmiddlewaretoken"}
    return {
        "who": who,
        "when": None,
        "fields": rows,
        "carried": [(name, value) for name, values in request.POST.lists() if name not in shown for value in values],
        "version": fresh["version"].value(),
        "url": request.path,
        "cancel_url": cancel,
    }


def _pair(mine: BoundField, fresh: BoundField, label: str) -> dict[str, Any]:
    typed, stands = _as_sent(mine), _as_sent(fresh)
    options = [(str(value), str(words)) for value, words in getattr(mine.field, "choices", None) or ()]
    return {
        "name": mine.html_name,
        "label": label,
        "mine": typed,
        "theirs": stands,
        "theirs_words": dict(options).get(stands, ""),
        "options": options,
        "long": isinstance(mine.field.widget, Textarea),
        "same": typed == stands,
    }


def _as_sent(box: BoundField) -> str:
    value = box.value()
    return "" if value is None else str(value)
