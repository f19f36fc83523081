"""The only file that knows WeasyPrint: one section's HTML becomes one tagged, position-free PDF.

Runs in the press, never in a web process. Nothing is fetched: fonts and the print style come from
a fixed dictionary, every other address is refused and told.
"""

from __future__ import annotations

import ctypes
import hashlib
import logging
import zlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from accounts.faults import fault
from bids.dossier import addresses
from bids.dossier.raster import NotShown, picture
from bids.dossier.typeset_tags import mend, tag_languages
from bids.rulebook.vocabulary import Typeface

ROOT = Path(__file__).resolve().parents[2]
VENDORED = ROOT / "static" / "vendor"
FONTS = VENDORED / "arimo"  # of everything but chapters
STYLES = ROOT / "templates" / "dossier"
FACES = [path for face in Typeface for path in sorted((VENDORED / face.lower()).glob("*.ttf"))]
SCHEME = "dossier:"
POINTS_PER_PIXEL = 0.75
WARM_UP = """<html lang="{language}"><title>-</title><h1>Aa 1</h1><h2>Aa 1</h2><ul><li id="x">Ff</li></ul>
    <p class="chapter" style="width: 1em">Warming <b>Bb</b> <i>Cc</i> <b><i>Dd</i></b> <a href="#x">Ee</a></p>
    <table><caption>Gg</caption><thead><tr><th>Hh</th></tr></thead><tr><td>1.00</td></tr></table>
    <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>Ii</title><path d="M0 0L9 9"/></svg>"""
GAIN = 0.08  # of a page, what each page gives at most when all of it is set closer
MOST_SPILLED = 0.3  # more on a last page is no remnant
OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/a-3a"}  # PDF/UA-1 as well: typeset_tags.py claims it and sees to it


class LetterNotShown(FatalURLFetchingError):
    """A page of a letter can't be shown; a dossier never leaves one out."""


class ClosedFetcher(URLFetcher):
    """Hands out what it was given by name and refuses everything else, whatever the protocol."""

    def __init__(self, shelf: dict[str, tuple[str, bytes]], home: Path) -> None:
        super().__init__(allowed_protocols=set(), allow_redirects=False)
        self.shelf = shelf
        self.home = home
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Never calls the parent's fetch: that one would open files and connections."""
        found = self._find(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if found is None:
            self.refused.append(url[:200])
            raise ValueError("a dossier fetches nothing")
        kind, content = found
        return URLFetcherResponse(url, content, {"Content-Type": kind})

    def _find(self, name: str) -> tuple[str, bytes] | None:
        """From the shelf, or a page of one of the letters that were laid ready for this dossier."""
        asked = addresses.read(name)
        if asked is None or not (letter := self.home / addresses.place_of(asked.sha256)).exists():
            return self.shelf.get(name)
        try:
            return picture(asked, letter)
        except NotShown as problem:
            raise LetterNotShown(str(problem)) from problem


class Complaints(logging.Handler):
    """Collects what the typesetter complains about, so that nothing is left out in silence."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage()[:300])


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a section: where it stands, in points from the lower left of its page."""

    level: int
    label: str
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Typeset:
    """What became of one section."""

    pages: int
    headings: list[Heading] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    filled: float = 1.0  # how much of the last page is used, from 0 to 1

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Typesetter:
    """WeasyPrint made ready once: fonts loaded, print style read; then any number of sections."""

    def __init__(self, language: str, home: Path) -> None:
        shelf = {path.name: ("font/ttf", path.read_bytes()) for path in FACES}
        self.fetcher = ClosedFetcher(shelf, home)
        self.fonts = FontConfiguration()
        tag_languages()
        self.style, self.closer = self._style("print.css"), self._style("closer.css")
        self.languages: set[str] = set()
        self.learn(language)
        self.complaints = Complaints()
        logging.getLogger("weasyprint").addHandler(self.complaints)

    def learn(self, language: str) -> bool:
        """Set one page of every kind of thing in a language that is new here, so that no fork pays for its hyphens."""
        if language in self.languages:
            return False
        self.languages.add(language)
        self._set(self._page(WARM_UP.format(language=language))).write_pdf(finisher=mend("-"), **OPTIONS)
        return True

    def typeset(self, html: str, target: Path) -> Typeset:
        """Set one section in pages and write it to `target`; the same HTML gives the same bytes."""
        try:
            document = self._laid_out(html)
        except LetterNotShown as problem:  # no ordinary exception, so that the typesetter doesn't go on without it
            raise NotShown(str(problem)) from problem
        fault("section.before_write")
        document.write_pdf(target, finisher=mend(_prefix(html)), **OPTIONS)
        refused, complaints = sorted(set(self.fetcher.refused)), list(dict.fromkeys(self.complaints.lines))
        return Typeset(len(document.pages), _headings(document), complaints, refused, _filled(document.pages[-1]))

    def _laid_out(self, html: str) -> Any:
        """In pages; the few lines that spill onto a last page are taken in by setting all of it a little closer."""
        page = self._page(html)
        document = self._set(page)
        before = len(document.pages) - 1
        if not before or _filled(document.pages[-1]) > min(GAIN * before, MOST_SPILLED):
            return document
        closer = self._set(page, self.closer)
        return closer if len(closer.pages) <= before else document

    def _page(self, html: str) -> HTML:
        return HTML(string=html, base_url=SCHEME, url_fetcher=self.fetcher)

    def _set(self, page: HTML, *more: CSS) -> Any:
        return page.render(font_config=self.fonts, stylesheets=[self.style, *more], **OPTIONS)

    def _style(self, name: str) -> CSS:
        text = (STYLES / name).read_text()
        return CSS(string=text, base_url=SCHEME, font_config=self.fonts, url_fetcher=self.fetcher)


def libraries() -> list[str]:
    """The versions of what is not Python and still has a say in the bytes."""
    shaper = ctypes.CDLL("libharfbuzz.so.0")
    shaper.hb_version_string.restype = ctypes.c_char_p
    shaped_by = shaper.hb_version_string().decode()
    return [f"pango {pango.pango_version()}", f"harfbuzz {shaped_by}", f"zlib {zlib.ZLIB_RUNTIME_VERSION}"]


def _prefix(html: str) -> str:
    """Tells the numbers of one section from another's, wherever it is bound."""
    return hashlib.sha256(html.encode()).hexdigest()[:8] + "."


def _filled(page: Any) -> float:
    """From the top of the page's text to where the last of it ends."""
    box = page._page_box
    text = box.children[0]  # the others are the margins
    return round(min(max((text.position_y + text.margin_height() - box.content_box_y()) / box.height, 0.0), 1.0), 3)


def _headings(document: Any) -> list[Heading]:
    return [
        Heading(level, label, number, round(x * POINTS_PER_PIXEL, 2), round((page.height - y) * POINTS_PER_PIXEL, 2))
        for number, page in enumerate(document.pages)
        for level, label, (x, y), _ in page.bookmarks
    ]
