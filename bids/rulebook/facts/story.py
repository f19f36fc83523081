"""What is written and enclosed: chapters, risks, indicators, documents."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from bids.rulebook.facts.shapes import (
    Count,
    Digest,
    Html,
    Key,
    Line,
    Months,
    Name,
    PartnerKey,
    Reading,
    Text,
    WorkPackageKey,
)
from bids.rulebook.vocabulary import ChapterState, Language, Level


@dataclass(frozen=True, slots=True)
class ChapterFacts:
    """A section of the call's template in one language; key and language are unique together."""

    key: Key
    language: Language = Language.EN
    title: Line = ""
    state: ChapterState = ChapterState.DRAFT
    html: Html = ""
    source_digest: Line | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the text, by which its translations know it."""
        return hashlib.sha256(self.html.encode()).hexdigest()

    def is_older_than(self, source: ChapterFacts) -> bool:
        """A translation of a text that has changed since."""
        return self.source_digest is not None and self.source_digest != source.digest


@dataclass(frozen=True, slots=True)
class RiskFacts:
    key: Key
    description: Text = ""
    likelihood: Level | None = None
    severity: Level | None = None
    mitigation: Text = ""
    work_packages: tuple[WorkPackageKey, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    key: Key
    name: Line = ""
    unit: Line = ""
    baseline: Reading | None = None
    target: Reading | None = None
    month: Months | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """`kind` is a requirement or another document kind of the call data."""

    key: Key
    kind: Name = "other"
    title: Line = ""
    sha256: Digest = ""
    pages: Count | None = None
    partner: PartnerKey | None = None
