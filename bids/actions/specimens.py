"""The specimen letters of the demonstration: what each page says, filled from the bid it belongs to."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bids.actions.plain_pdf import letter
from bids.rulebook.facts import BidFacts, CommitmentFacts, DocumentFacts
from bids.rulebook.money import Euro

TEXTS = Path(__file__).resolve().parent.parent / "demo" / "specimens.toml"
STAMP = "SPECIMEN"


def specimen(facts: BidFacts, document: DocumentFacts) -> bytes:
    """The PDF of one document of a demonstration bid; the same facts always give the same bytes."""
    words = _words(facts, document)
    paragraphs = [paragraph.format_map(words) for paragraph in _texts_for(document)]
    return letter(document.title, paragraphs, texts()["note"], STAMP)


@cache
def texts() -> dict[str, Any]:
    """The paragraphs as written, read once."""
    with TEXTS.open("rb") as file:
        return tomllib.load(file)


def _texts_for(document: DocumentFacts) -> list[str]:
    by_name: dict[str, list[str]] = texts()["texts"]
    return by_name.get(document.key) or by_name[document.kind]


def _words(facts: BidFacts, document: DocumentFacts) -> dict[str, str]:
    names = {partner.key: partner.name for partner in facts.partners}
    coordinator = next((partner.name for partner in facts.partners if partner.role == "coordinator"), "")
    commitment = next((c for c in facts.commitments if c.document == document.key), CommitmentFacts(key="-"))
    return {
        "title": facts.title,
        "reference": facts.reference,
        "call": facts.call,
        "coordinator": coordinator,
        "partner": names.get(document.partner or "", ""),
        "amount": _spaced(commitment.amount),
        "years": ", ".join(str(year) for year in commitment.years),
    }


def _spaced(amount: Euro) -> str:
    """EUR 8 000 000.00, with no-break spaces."""
    whole, _, cents = str(amount).partition(".")
    return f"EUR {int(whole):,}.{cents}".replace(",", "\u00a0")
