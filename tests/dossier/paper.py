"""Reading a dossier back: its text page by page, its contents, its bookmarks, its fonts."""

from __future__ import annotations

import ctypes
import io
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")


class Said(NamedTuple):
    """Words, the page they stand on, and how high: in points from below."""

    words: str
    page: int
    top: float


@dataclass(frozen=True)
class Paper:
    """A PDF as a reader sees it. Pages count from 1."""

    pdf: bytes

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.pdf))

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page as it lies there, line by line; spaces and line ends made one space."""
        return self._read("-layout")

    @cached_property
    def drawn(self) -> list[str]:
        """The same in the order in which it was drawn: what stands side by side is not mixed."""
        return self._read("-raw")

    def _read(self, order: str) -> list[str]:
        told = subprocess.run(["pdftotext", order, "-", "-"], input=self.pdf, capture_output=True, check=True)
        return [tidy(page) for page in told.stdout.decode().split("\f")[:-1]]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    def fonts(self, folder: Path) -> set[str]:
        """The families that are used, without the prefix of their subset."""
        path = folder / "paper.pdf"
        path.write_bytes(self.pdf)
        told = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
        return {named(line) for line in told.splitlines()[2:]}

    @cached_property
    def places(self) -> dict[str, int]:
        """The page each named place lies on."""
        named = self.reader.named_destinations
        return {name: self.reader.get_destination_page_number(place) + 1 for name, place in named.items()}

    def page_of(self, name: str) -> int:
        """The page a named place lies on."""
        return self.places[name]

    def links(self, page: int) -> list[tuple[str, str]]:
        """What each inner link of a page says, and the place it leads to."""
        found = [entry.get_object() for entry in self.reader.pages[page - 1].get("/Annots", [])]
        return [(tidy(str(link["/Contents"])), str(link["/Dest"])) for link in found if "/Dest" in link]

    def outer_links(self) -> set[str]:
        """The addresses that links lead to outside this file."""
        found = [entry.get_object() for page in self.reader.pages for entry in page.get("/Annots", [])]
        return {str(link["/A"]["/URI"]) for link in found if "/URI" in link.get("/A", {})}

    def headings(self) -> list[Said]:
        """The headings as a screen reader tells them: in the order of the tags, with the words that are tagged."""
        return [self._said(list(self._pieces(tag, 0))) for tag in self.elements(*HEADINGS)]

    def _said(self, pieces: list[tuple[int, int]]) -> Said:
        words = tidy(" ".join(self._marked[piece][0] for piece in pieces))
        return Said(words, pieces[0][0], max(self._marked[piece][1] for piece in pieces))

    def _pieces(self, tag: Any, page: int) -> Iterator[tuple[int, int]]:
        """Page and number of the marked pieces of content below a tag."""
        page = self._numbers[tag.raw_get("/Pg").idnum] if "/Pg" in tag else page
        kids = tag.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            below = kid.get_object()
            if isinstance(below, int):
                yield page, int(below)
            elif "/MCID" in below:
                own = self._numbers[below.raw_get("/Pg").idnum] if "/Pg" in below else page
                yield own, int(below["/MCID"])
            elif "/S" in below:
                yield from self._pieces(below, page)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """The number of a page by that of its object."""
        return {page.indirect_reference.idnum: number for number, page in enumerate(self.reader.pages, start=1)}

    @cached_property
    def _marked(self) -> dict[tuple[int, int], tuple[str, float]]:
        """The words of each marked piece of content and how high they stand, by page and its number there."""
        found: defaultdict[tuple[int, int], tuple[str, float]] = defaultdict(lambda: ("", 0.0))
        with pypdfium2.PdfDocument(self.pdf) as opened:
            for number, page in enumerate(opened, start=1):
                text = page.get_textpage()
                for thing in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,)):
                    piece = number, pdfium.FPDFPageObj_GetMarkedContentID(thing.raw)
                    words, top = found[piece]
                    found[piece] = words + written(thing.raw, text.raw), max(top, thing.get_bounds()[3])
        return found

    def elements(self, *kinds: str) -> list[Any]:
        """The tags of these kinds, in the order in which they are read."""
        return [tag for tag in self._tags(self.reader.trailer["/Root"]["/StructTreeRoot"]) if tag.get("/S") in kinds]

    def _tags(self, tag: Any) -> Iterator[Any]:
        kids = tag.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            below = kid.get_object()
            if isinstance(below, dict) and "/S" in below:
                yield below
                yield from self._tags(below)

    def enclosed(self) -> dict[str, Any]:
        """The files inside, each with how it is told of."""
        names = self.reader.trailer["/Root"]["/Names"]["/EmbeddedFiles"]["/Names"]
        return {str(name): spec.get_object() for name, spec in zip(names[::2], names[1::2], strict=True)}

    def bookmarks(self) -> list[tuple[int, str, int]]:
        """Depth, title and page of every bookmark, as they stand."""
        return list(self._walk(self.reader.outline, 0))

    def _walk(self, entries: list[Any], depth: int) -> Any:
        for entry in entries:
            if isinstance(entry, list):
                yield from self._walk(entry, depth + 1)
            else:
                yield depth, str(entry.title), self.reader.get_destination_page_number(entry) + 1


def named(line: str) -> str:
    """A font as `pdffonts` lists it, without the prefix of its subset; what is not embedded says so."""
    *_, embedded, _subset, _unicode, _object, _generation = line.split()
    name = re.sub(r"^[A-Z]{6}\+", "", line.split()[0])
    return name if embedded == "yes" else f"{name}, not embedded"


def written(thing: Any, page: Any) -> str:
    """The letters of a piece of text on a page."""
    size = pdfium.FPDFTextObj_GetText(thing, page, None, 0)
    letters = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFTextObj_GetText(thing, page, letters, size)
    return bytes(letters).decode("utf-16-le").rstrip("\0")


def tidy(text: str) -> str:
    return " ".join(text.split())
