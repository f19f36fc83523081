"""Text that people wrote, made safe for paper: a short list of tags, and bounds on how much of them.

Text is cleaned when it is saved; it is cleaned again here, because a dossier may be made of a file
that never passed a form. What is too deep, too long or too wide is refused with a sentence.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

from bids.rulebook.text import Sentence, gettext_noop, sentence

TAGS = {
    "p", "br", "strong", "b", "em", "i", "u", "s", "sub", "sup", "code", "pre", "blockquote", "hr", "ul", "ol", "li",
    "h1", "h2", "h3", "h4", "h5", "h6", "a", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}, "ol": {"start"}}
EMPTY = {"br", "hr"}
MOST_CHARACTERS = 200_000
MOST_TAGS = 5_000
DEEPEST = 20
WIDEST = 12
MOST_ROWS = 500

_HEADING = re.compile(r"<(/?)h([1-6])>")


def clean(html: str) -> str:
    """Only the tags and attributes of the list; links to https and mail alone."""
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https", "mailto"}, link_rel=None, strip_comments=True
    )


def lower_headings(html: str, below: int) -> str:
    """Headings of a text, put below the heading it stands under, with no level left out."""
    levels = sorted({match[2] for match in _HEADING.finditer(html)})
    new = {level: min(below + 1 + place, 6) for place, level in enumerate(levels)}
    return _HEADING.sub(lambda match: f"<{match[1]}h{new[match[2]]}>", html)


def too_much(html: str, name: str) -> Sentence | None:
    """Why a cleaned text can't be set in pages, or nothing."""
    if len(html) > MOST_CHARACTERS:
        return sentence(
            gettext_noop("%(name)s has %(count)s characters; a chapter may have %(most)s. Shorten it."),
            name=name, count=len(html), most=MOST_CHARACTERS,
        )  # fmt: skip
    measured = _Measure()
    measured.feed(html)
    for number, most, template in (
        (measured.deepest, DEEPEST, _DEEP),
        (measured.tags, MOST_TAGS, _MANY),
        (measured.widest, WIDEST, _WIDE),
        (measured.rows, MOST_ROWS, _LONG),
    ):
        if number > most:
            return sentence(template, name=name, count=number, most=most)
    return None


_DEEP = gettext_noop(
    "%(name)s is nested %(count)s levels deep; at most %(most)s can be printed. Take lists out of lists."
)
_MANY = gettext_noop(
    "%(name)s has %(count)s pieces of formatting; at most %(most)s can be printed. Remove some, or split the text."
)
_WIDE = gettext_noop("%(name)s has a table cell across %(count)s columns or rows; at most %(most)s can be printed.")
_LONG = gettext_noop(
    "%(name)s has %(count)s table rows; at most %(most)s can be printed. Attach the table as a document."
)


class _Measure(HTMLParser):
    """Counts what makes a text hard to set."""

    def __init__(self) -> None:
        super().__init__()
        self.tags = self.depth = self.deepest = self.widest = self.rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        self.rows += tag == "tr"
        if tag not in EMPTY:
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)
        for name, number in attrs:
            if name in ("colspan", "rowspan"):
                self.widest = max(self.widest, int(number) if number and number.isdecimal() else 0)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in EMPTY
