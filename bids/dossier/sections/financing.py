"""Who pays what the Union doesn't, and how firmly that is promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bids import wording
from bids.dossier.sections.figures import of_payers
from bids.dossier.sections.payers import payers
from bids.dossier.source import Source
from bids.rulebook.facts import CommitmentFacts, DocumentFacts, PartnerFacts
from bids.rulebook.funding import PartnerShare
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import CommitmentStatus


@dataclass(frozen=True, slots=True)
class Promise:
    commitment: CommitmentFacts
    letter: DocumentFacts | None

    @property
    def years(self) -> str:
        """`2026–2029` where no year is left out, else each of them."""
        years = sorted(self.commitment.years)
        if len(years) > 1 and years[-1] - years[0] == len(years) - 1:
            return f"{years[0]}–{years[-1]}"
        return ", ".join(map(str, years)) or wording.UNKNOWN


@dataclass(frozen=True, slots=True)
class Beside:
    """A partner that says who else pays its costs, or what it expects to earn."""

    partner: PartnerFacts
    share: PartnerShare


def fill(source: Source) -> dict[str, Any]:
    letters = {document.key: document for document in source.facts.documents}
    commitments = source.facts.commitments
    return {
        "promises": [Promise(each, letters.get(each.document or "")) for each in commitments],
        "by_status": [(status, _sum(commitments, status)) for status in reversed(CommitmentStatus)],
        "payers": payers(source),
        "plots": of_payers(source),
        "in_kind": [each for each in _beside(source) if each.share.in_kind is not None],
        "earning": [each for each in _beside(source) if each.share.surplus is not None],
        "promised": Euro.total(each.amount for each in commitments),
    }


def _beside(source: Source) -> list[Beside]:
    return [Beside(partner, source.assessment.partners[partner.key]) for partner in source.facts.partners]


def _sum(commitments: tuple[CommitmentFacts, ...], status: CommitmentStatus) -> Euro:
    return Euro.total(each.amount for each in commitments if each.status is status)
