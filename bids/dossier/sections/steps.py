"""From every line to the Union's share: each step with its rule, its sentence and its legal ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bids import wording
from bids.dossier.source import Source
from bids.rulebook.funding.trace import Step
from bids.rulebook.text import Sentence


@dataclass(frozen=True, slots=True)
class Numbered:
    number: int
    step: Step

    @property
    def ground(self) -> str:
        """The legal act, else our own key of the source."""
        return wording.say(Sentence(self.step.cite)) if self.step.cite else self.step.source


def groups(source: Source) -> tuple[Numbered, ...]:
    """The steps in the order in which they were taken."""
    return tuple(Numbered(number, step) for number, step in enumerate(source.assessment.trace, start=1))


def fill(source: Source, piece: Sequence[Numbered], is_last: bool) -> dict[str, Any]:
    return {"steps": piece, "is_last": is_last}
