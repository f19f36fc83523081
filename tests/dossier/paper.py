"""Reading a dossier back: its text page by page, its contents, its bookmarks, its fonts."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pypdf import PdfReader


@dataclass(frozen=True)
class Paper:
    """A PDF as a reader sees it. Pages count from 1."""

    pdf: bytes

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.pdf))

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, spaces and line ends made one space."""
        told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=self.pdf, capture_output=True, check=True)
        return [tidy(page) for page in told.stdout.decode().split("\f")[:-1]]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    def fonts(self, folder: Path) -> set[str]:
        """The families that are used, without the prefix of their subset."""
        path = folder / "paper.pdf"
        path.write_bytes(self.pdf)
        told = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
        return {re.sub(r"^[A-Z]{6}\+", "", line.split()[0]) for line in told.splitlines()[2:]}

    def page_of(self, name: str) -> int:
        """The page a named place lies on."""
        place = self.reader.named_destinations[name]
        return self.reader.get_destination_page_number(place) + 1

    def links(self, page: int) -> list[tuple[str, str]]:
        """What each inner link of a page says, and the place it leads to."""
        found = [entry.get_object() for entry in self.reader.pages[page - 1].get("/Annots", [])]
        return [(tidy(str(link["/Contents"])), str(link["/Dest"])) for link in found if "/Dest" in link]

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


def tidy(text: str) -> str:
    return " ".join(text.split())
