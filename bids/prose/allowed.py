"""Which formatting is kept, how much of it, and what to say about the rest: nothing disappears in silence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import nh3

from bids.rulebook.text import Sentence, gettext_noop, sentence

TAGS = {
    "p", "br", "strong", "b", "em", "i", "u", "s", "sub", "sup", "code", "pre", "blockquote", "hr", "ul", "ol", "li",
    "h1", "h2", "h3", "h4", "h5", "h6", "a", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}, "ol": {"start"}}
SCHEMES = {"https", "mailto"}
EMPTY = {"br", "hr"}
NEVER_CLOSED = EMPTY | {
    "area", "base", "col", "embed", "img", "input", "link", "meta", "param", "source", "track", "wbr",
}  # fmt: skip
MOST_CHARACTERS = 200_000
MOST_TAGS = 5_000
DEEPEST = 20
DEEPEST_TYPED = 1_000  # before tags that nobody closed are closed: the cleaner's time grows with the square of it
WIDEST = 12
MOST_ROWS = 500
MOST_DIGITS = 9
MOST_NAMED = 8  # pieces of refused formatting named in one sentence

_NUMBER = re.compile(r"\s*[+-]?([0-9]+)")
_HEADING = re.compile(r"<(/?)h([1-6])>")


def clean(html: str) -> str:
    """Only the tags and attributes of the list; links to https and mail alone.

    A text nested deeper than anybody writes loses all its formatting instead of holding up its reader.
    """
    if _measured(html).deepest > DEEPEST_TYPED:
        html = nh3.clean_text(words_only(html))
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_kept, url_schemes=SCHEMES, link_rel=None,
        strip_comments=True,
    )  # fmt: skip


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """A link within this site would lead nowhere on paper."""
    return None if attribute == "href" and _scheme(value) not in SCHEMES else value


def lower_headings(html: str, below: int) -> str:
    """Headings of a text, put below the heading it stands under, with no level left out."""
    levels = sorted({match[2] for match in _HEADING.finditer(html)})
    new = {level: min(below + 1 + place, 6) for place, level in enumerate(levels)}
    return _HEADING.sub(lambda match: f"<{match[1]}h{new[match[2]]}>", html)


def too_much(html: str, name: Sentence | str) -> Sentence | None:
    """Why a text can't be set in pages, or nothing; `name` says which text it is."""
    if len(html) > MOST_CHARACTERS:
        return sentence(_CHARACTERS, name=name, count=len(html), most=MOST_CHARACTERS)
    measured = _measured(html)
    for number, most, template in (
        (measured.deepest, DEEPEST, _DEEP),
        (measured.tags.total(), MOST_TAGS, _MANY),
        (measured.widest, WIDEST, _WIDE),
        (measured.tags["tr"], MOST_ROWS, _LONG),
    ):
        if number > most:
            return sentence(template, name=name, count=number, most=most)
    return None


def refused(html: str) -> list[Sentence]:
    """What `clean` would take away from this text, in words; empty where it takes nothing."""
    found = _measured(html)
    if found.deepest > DEEPEST_TYPED:
        return [sentence(_DEEP, name=Sentence(_THE_TEXT), count=found.deepest, most=DEEPEST)]
    told = [*_unknown(found)]
    if not told:
        kept = _measured(clean(html))
        told += _misplaced(found, kept)
    return told


def _unknown(found: _Measure) -> Iterator[Sentence]:
    """Formatting that isn't on the list."""
    if "img" in found.tags:
        yield sentence(_PICTURE)
    tags = [f"<{tag}>" for tag in found.tags if tag not in TAGS | {"img"}]
    if tags:
        yield sentence(_TAGS, tags=" ".join(tags[:MOST_NAMED]))
    if found.attributes:
        yield sentence(_ATTRIBUTES, attributes=", ".join(list(found.attributes)[:MOST_NAMED]))
    if found.links:
        yield sentence(_LINKS, links=" ".join(list(found.links)[:MOST_NAMED]))
    if found.asides:
        yield sentence(_ASIDES)


def _misplaced(found: _Measure, kept: _Measure) -> Iterator[Sentence]:
    """Allowed formatting that stands where it means nothing, such as a table cell outside a table."""
    lost = found.tags - kept.tags
    if lost:
        yield sentence(_MISPLACED, tags=" ".join(f"<{tag}>" for tag in list(lost)[:MOST_NAMED]))
    elif _letters(found.words) != _letters(kept.words):
        yield sentence(_TANGLED)


def _letters(words: list[str]) -> str:
    return "".join("".join(words).split())


def words_only(html: str) -> str:
    """The text without its formatting, however deep that is."""
    return " ".join(_measured(html).words)


def _measured(html: str) -> _Measure:
    measured = _Measure()
    measured.feed(html)
    measured.close()
    return measured


class _Measure(HTMLParser):
    """Counts what makes a text hard to set, and notes what isn't on the list."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.deepest = self.widest = 0
        self.tags: Counter[str] = Counter()
        self.words: list[str] = []
        self.attributes: dict[str, None] = {}
        self.links: dict[str, None] = {}
        self.asides = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag not in NEVER_CLOSED:
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)
        for name, value in attrs:
            self._note(tag, name, value or "")

    def _note(self, tag: str, name: str, value: str) -> None:
        if name not in ATTRIBUTES.get(tag, ()):
            if tag in TAGS:
                self.attributes.setdefault(f"{name} (<{tag}>)")
        elif name == "href" and _scheme(value) not in SCHEMES:
            self.links.setdefault(value[:100])
        elif name in ("colspan", "rowspan"):
            self.widest = max(self.widest, _span(value))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in NEVER_CLOSED

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.asides += 1

    def handle_decl(self, decl: str) -> None:
        self.asides += 1

    def handle_pi(self, data: str) -> None:
        self.asides += 1

    def unknown_decl(self, data: str) -> None:
        self.asides += 1


def _span(value: str) -> int:
    """As the printer reads it, who finds the number behind spaces, a sign and zeros, and before other letters."""
    found = _NUMBER.match(value)
    if found is None:
        return 0
    return int(found[1]) if len(found[1]) <= MOST_DIGITS else 10**MOST_DIGITS


def _scheme(address: str) -> str:
    try:
        return urlsplit(address.strip()).scheme.lower()
    except ValueError:  # half an IPv6 address
        return ""


_THE_TEXT = gettext_noop("The text")
_CHARACTERS = gettext_noop("%(name)s has %(count)s characters; a chapter may have %(most)s. Shorten it.")
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
_PICTURE = gettext_noop("A chapter holds no pictures. Take the picture out, and upload it as a document if it matters.")
_TAGS = gettext_noop("This formatting can't be kept: %(tags)s. Take it out; to show the sign < itself, write \\<.")
_ATTRIBUTES = gettext_noop("These details of the formatting can't be kept: %(attributes)s. Take them out.")
_LINKS = gettext_noop("Links lead to full addresses that begin with https:// or mailto: only. Change these: %(links)s")
_ASIDES = gettext_noop("Remarks such as <!-- … --> can't be kept. Take them out.")
_MISPLACED = gettext_noop(
    "This formatting stands where it can't be kept, or is not closed: %(tags)s. Look at it in the preview and mend it."
)
_TANGLED = gettext_noop(
    "The formatting is tangled, so that a part of the text would be lost. Close each piece you open."
)
