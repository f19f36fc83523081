"""Small PDFs to seal, and something that seals at once where only the job around it matters."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pikepdf

from bids.dossier.seal.terms import Sealed
from bids.dossier.source import Built

SEAL = b" and sealed"


def a_pdf(words: str) -> bytes:
    """One empty page that says these words of itself; the same words, the same bytes."""
    book = pikepdf.new()
    book.add_blank_page()
    book.docinfo["/Title"] = words
    file = io.BytesIO()
    book.save(file, deterministic_id=True)
    return file.getvalue()


def printed(pdf: bytes, pages: int = 1) -> Built:
    return Built(pdf, pages, hashlib.sha256(pdf).hexdigest(), (), "none")


class AtOnce:
    """Stands in for `sealing.Sealer`: no process, no key."""

    more = b""

    def __init__(self, *terms: Any) -> None:
        self.process_id = 0

    def __enter__(self) -> AtOnce:
        return self

    def __exit__(self, *problem: Any) -> None:
        pass

    def seal(self, pdf: bytes, sha256: str, meanwhile: Callable[[], None] = lambda: None) -> Sealed:
        return Sealed(pdf + SEAL + self.more, sha256, "Nobody", "0" * 64, True, datetime.now(UTC), False)
