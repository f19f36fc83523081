"""Who pays what the Union doesn't, and how firmly that is promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bids.dossier.sections.figures import national_cover, who_pays
from bids.dossier.sections.payers import payers
from bids.dossier.source import Source
from bids.rulebook.facts import CommitmentFacts, DocumentFacts
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import CommitmentStatus


@dataclass(frozen=True, slots=True)
class Promise:
    commitment: CommitmentFacts
    letter: DocumentFacts | None


def fill(source: Source) -> dict[str, Any]:
    letters = {document.key: document for document in source.facts.documents}
    commitments = source.facts.commitments
    return {
        "promises": [Promise(each, letters.get(each.document or "")) for each in commitments],
        "by_status": [(status, _sum(commitments, status)) for status in reversed(CommitmentStatus)],
        "payers": payers(source),
        "plots": [who_pays(source)] + [national_cover(source)] * bool(source.assessment.national),
        "promised": Euro.total(each.amount for each in commitments),
    }


def _sum(commitments: tuple[CommitmentFacts, ...], status: CommitmentStatus) -> Euro:
    return Euro.total(each.amount for each in commitments if each.status is status)
