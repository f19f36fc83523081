"""Letters to annex: written by hand, scanned, damaged."""

from __future__ import annotations

import dataclasses
import hashlib
from io import BytesIO
from pathlib import Path

from PIL import Image

from bids.actions.plain_pdf import letter as plain_letter
from bids.actions.specimens import specimen
from bids.dossier.source import Letter, Source
from bids.rulebook.facts import BidFacts, DocumentFacts
from tests.dossier import sample


def written(title: str = "Letter of the State", pages: int = 2) -> bytes:
    """Plain text, one paragraph on each page."""
    return plain_letter(title, [f"We support page {number}. " * 100 for number in range(1, pages + 1)], "A note.", "")


def scanned(pages: int = 1) -> bytes:
    """Soft noise in colour, as a scanner makes it."""
    noise = ([Image.effect_noise((310, 438), 60) for _ in range(3)] for _ in range(pages))
    sheets = [Image.merge("RGB", bands).resize((620, 877)) for bands in noise]
    target = BytesIO()
    sheets[0].save(target, "PDF", resolution=75, save_all=True, append_images=sheets[1:])
    return target.getvalue()


def with_letters(folder: Path, *contents: bytes, pages: int | None = 2, source: Source | None = None) -> Source:
    """The small bid with these letters, kept in a folder."""
    kept = [_kept(folder, number, content, pages) for number, content in enumerate(contents, start=1)]
    documents = tuple(
        DocumentFacts(each.key, "support_letter", each.title, each.sha256, each.pages, "south") for each in kept
    )
    source = source or sample.small(sample.small_bid(documents=documents))
    return dataclasses.replace(source, letters=tuple(kept))


def specimens(source: Source, folder: Path) -> Source:
    """A bid of the demonstration with the letters that belong to it."""
    kept = [_specimen(source.facts, document, folder) for document in source.facts.documents]
    return dataclasses.replace(source, letters=tuple(kept))


def _specimen(facts: BidFacts, document: DocumentFacts, folder: Path) -> Letter:
    content, path = specimen(facts, document), folder / document.sha256
    path.write_bytes(content)
    return Letter(document.key, document.title, document.sha256, path, len(content), document.pages)


def _kept(folder: Path, number: int, content: bytes, pages: int | None) -> Letter:
    sha256 = hashlib.sha256(content).hexdigest()
    path = folder / sha256
    path.write_bytes(content)
    return Letter(f"letter{number}", f"Letter {number} of X", sha256, path, len(content), pages)
