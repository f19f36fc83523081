"""Texts as cells can hold them, and made harmless where a spreadsheet might take them for a formula."""

from __future__ import annotations

import re

LONGEST = 32_000  # characters of a cell; Excel keeps 32,767
MORE = " […]"

_DANGER = re.compile(r"'*[=+\-@\t\r\n\0＝＋－＠]")
_UNPRINTABLE = re.compile("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x00[01][0-9A-Fa-f]_")


def cell_text(text: str) -> str:
    """A text as it comes back from a cell: no control signs, one kind of line end, no white space around, not too long.

    `_x000D_` is how a file writes a control sign, `x005F_` how it says that this was no such thing; neither is kept.
    """
    text = _UNPRINTABLE.sub(" ", re.sub("\r\n?|_x000[Dd]_\n?", "\n", text.replace("x005F_", ""))).strip()
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + MORE


def guarded(text: str) -> str:
    """The text as it is written, with an apostrophe where it begins like a formula, or with apostrophes and then so.

    What begins and ends like formatted text would be taken for that; a space behind it tells it apart.
    """
    text = cell_text(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        return f"{text} "
    return f"'{text}" if _DANGER.match(text) else text


def unguarded(text: str) -> str:
    """The text that was written so."""
    text = text.strip()
    return text[1:] if text.startswith("'") and _DANGER.match(text) else text
