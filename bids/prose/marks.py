"""From marks to HTML: what people type in a text box becomes the text that is kept.

The marks are those of CommonMark with its tables and ~~struck~~ words. HTML may stand between them. Left out
is what would surprise: an indented line is no program code, a line of dashes makes no heading of the line above.
"""

from __future__ import annotations

from markdown_it import MarkdownIt

from bids.prose.allowed import MOST_CHARACTERS, clean, refused, too_much
from bids.rulebook.text import Sentence, gettext_noop, sentence

MOST_BRACKETS = 2_000  # the reader's time grows with the square of them

_reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_reader.disable(["code", "lheading", "reference"])


class Refused(Exception):
    """The text can't be kept as it was typed; `reasons` say why and what to do."""

    def __init__(self, reasons: list[Sentence]) -> None:
        super().__init__("; ".join(map(str, reasons)))
        self.reasons = reasons


def read_marks(text: str) -> str:
    """The HTML of a text with marks; raises `Refused` where anything of it would be lost or could not be printed."""
    text = text.replace("\r\n", "\n")
    reasons = [reason for reason in (_too_long(text), _too_bracketed(text)) if reason]
    if reasons:
        raise Refused(reasons)
    html = rendered(text)
    reasons = refused(html)
    if not reasons:
        html = clean(html)
        reason = too_much(html, sentence(_THIS_CHAPTER))
        reasons = [reason] if reason else []
    if reasons:
        raise Refused(reasons)
    return html.strip()


def rendered(text: str) -> str:
    """The HTML of the marks, not yet cleaned."""
    html: str = _reader.render(text)
    return html


def _too_long(text: str) -> Sentence | None:
    if len(text) <= MOST_CHARACTERS:
        return None
    return too_much(text, sentence(_THIS_CHAPTER))


def _too_bracketed(text: str) -> Sentence | None:
    count = text.count("[")
    return sentence(_BRACKETS, count=count, most=MOST_BRACKETS) if count > MOST_BRACKETS else None


_THIS_CHAPTER = gettext_noop("This chapter")
_BRACKETS = gettext_noop(
    "The text has %(count)s square brackets; at most %(most)s can be read. Use round ones instead."
)
