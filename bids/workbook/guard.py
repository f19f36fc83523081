"""Texts that a spreadsheet might take for a formula, made harmless by an apostrophe, and back again."""

from __future__ import annotations

import re

LONGEST = 32_000  # characters of a cell; Excel keeps 32,767
MORE = " […]"

_DANGER = re.compile(r"'*[=+\-@\t\r\n\0＝＋－＠]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where it begins like a formula, or with apostrophes and then like one."""
    return f"'{text}" if _DANGER.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and _DANGER.match(text) else text


def cell_text(text: str) -> str:
    """A text as a cell can hold it: one kind of line end, no white space around it, not too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text if len(text) <= LONGEST else text[:LONGEST] + MORE


def unescaped(text: str) -> str:
    """What a file writes as `_x000D_` is one character."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
