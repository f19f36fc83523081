"""What a dossier is made of, and what comes out: frozen pictures, nothing read from clock or tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bids.dossier.proceedings import Proceedings
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding.assessment import Assessment
from bids.rulebook.readiness.finding import Finding
from bids.rulebook.text import Sentence
from bids.rulebook.vocabulary import DossierKind, Language


@dataclass(frozen=True, slots=True)
class Letter:
    """A document of the bid whose file is kept here: `path` holds, or should hold, the bytes with this digest.

    `pages` is None where nobody counted them: the file is listed, but can't be shown.
    """

    key: str
    title: str
    sha256: str
    path: Path
    size: int
    pages: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """Everything a dossier says. Two equal sources give the same bytes.

    `digest` is that of the round's snapshot, or of the picture a draft was taken from; `made_at` is
    when that was taken and dates the file. `proceedings` is what the ministry said.
    `receipt` is the number the round was received under. `check_url` leads to the public check page.
    `text` is the canonical text of the facts, whose digest `digest` is, and `revision` that of the bid when it was
    taken. `letters` are shown as annexes; `most_bytes` is how large the file should be at most.
    `before` is the round that a difference is told from.
    """

    facts: BidFacts
    call: CallFacts
    assessment: Assessment
    findings: tuple[Finding, ...]
    kind: DossierKind
    language: Language
    digest: str
    made_at: datetime
    round: int | None = None
    received_at: datetime | None = None
    proceedings: Proceedings | None = None
    is_demo: bool = False
    receipt: str = ""
    submitted_by: str = ""
    check_url: str = ""
    is_test_seal: bool = False
    engine: str = ""
    text: str = ""
    revision: int = 0
    letters: tuple[Letter, ...] = ()
    most_bytes: int = 10_000_000
    before: Source | None = None

    @property
    def is_draft(self) -> bool:
        """Made from the working copy, not from a round."""
        return self.round is None


@dataclass(frozen=True, slots=True)
class Built:
    """A finished dossier. `warnings` tells what could not be shown as it was written.

    `written_pages` counts the pages of the chapters, whose digest is `written_digest`; where it holds none, neither.
    """

    pdf: bytes
    pages: int
    sha256: str
    warnings: tuple[Sentence, ...]
    network: str
    written_pages: int | None = None
    written_digest: str = ""


class CannotBuild(Exception):
    """No dossier was made; the sentence says which section stopped it, and what to do.

    `is_final` tells that the same source would fail again; else the machine was to blame.
    """

    def __init__(self, sentence: Sentence, *, is_final: bool = True) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.is_final = is_final
