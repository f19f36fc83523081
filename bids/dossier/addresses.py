"""How a page of an annexed letter is called between those who write a section and the press that sets it.

The name holds everything that has a say in the picture, so that a section that was set before is
known by its text alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

LETTERS = "letters"  # the folder, in the press's own, where they lie by their digest
_WRITTEN = re.compile(r"letter/([0-9a-f]{64})/([1-9]\d{0,3})-([1-9]\d{0,3})/(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Address:
    """A page (from 1) of so many, whose picture may have so many kilobytes."""

    sha256: str
    page: int
    pages: int
    kilobytes: int

    def __str__(self) -> str:
        return f"letter/{self.sha256}/{self.page}-{self.pages}/{self.kilobytes}"


def read(name: str) -> Address | None:
    """What a name in a section asks for; nothing where it isn't one of these."""
    found = _WRITTEN.fullmatch(name)
    return Address(found[1], *(int(number) for number in found.groups()[1:])) if found else None


def place_of(sha256: str) -> str:
    """Where the press finds a letter in its folder."""
    return str(Path(LETTERS) / f"{sha256}.pdf")
