"""What the contents pages list: the parts with their headings, the tables, the figures, each with its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bids.dossier.build import Sheets

DEEPEST = 2  # headings below are bookmarks only
TABLE, FIGURE = 7, 8  # levels that `print.css` gives to captions: no heading is as deep


def lists(body: Sequence[Sheets], before: int) -> dict[str, Any]:
    """Everything that is listed, where `before` pages come before the body."""
    entries = list(_entries(body, before))
    parts: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        if entry["level"] <= DEEPEST:
            parts.setdefault(entry["part"], []).append(entry)
    return {
        "parts": [{"name": name, "entries": headings} for name, headings in parts.items()],
        "tables": [entry for entry in entries if entry["level"] == TABLE],
        "figures": [entry for entry in entries if entry["level"] == FIGURE],
    }


def count(body: Sequence[Sheets]) -> int:
    """About how many lines the lists take."""
    return sum(1 for entry in _entries(body, 0) if entry["level"] <= DEEPEST or not is_heading(entry["level"]))


def is_heading(level: int) -> bool:
    """A heading, and so a bookmark; captions are only listed."""
    return level < TABLE


def _entries(body: Sequence[Sheets], before: int) -> Iterator[dict[str, Any]]:
    for sheets in body:
        for number, heading in enumerate(sheets.headings):
            yield {
                "title": " ".join(heading["label"].split()), "level": heading["level"], "part": sheets.part,
                "page": before + heading["page"] + 1, "place": f"{sheets.name}.{number}",
            }  # fmt: skip
        before += sheets.pages
