"""From every line to the Union's share: each step with its rule, its sentence and its legal ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bids import wording
from bids.dossier.long.table import Column, LongTable
from bids.dossier.names import Names
from bids.dossier.source import Source
from bids.rulebook.funding.trace import Step
from bids.rulebook.text import Sentence, gettext_noop

LEAD = Sentence(
    gettext_noop(
        "Every step from the lines of the budget to the Union’s share, with its legal ground, in the order in which it "
        "is taken."
    )
)
CAPTION = Sentence(gettext_noop("The steps of the computation"))
# Widths in points; the sentence takes what is left.
NUMBER = (Sentence(gettext_noop("No.")), 25.5)
OF = (Sentence(gettext_noop("Of")), 84.0)
STEP = (Sentence(gettext_noop("Step")), None)
AMOUNTS = ((Sentence(gettext_noop("Before, €")), 66.0), (Sentence(gettext_noop("After, €")), 66.0))
GROUND = (Sentence(gettext_noop("Ground")), 216.0)


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


def table(source: Source) -> LongTable:
    """All steps as one long table, in the active language."""
    names = Names(source.facts)
    return LongTable(
        title="",
        lead=wording.say(LEAD),
        caption=wording.say(CAPTION),
        columns=(
            Column(wording.say(NUMBER[0]), NUMBER[1]),
            Column(wording.say(OF[0]), OF[1], is_head=True),
            Column(wording.say(STEP[0]), STEP[1]),
            *(Column(wording.say(title), width, is_number=True) for title, width in AMOUNTS),
            Column(wording.say(GROUND[0]), GROUND[1]),
        ),
        rows=tuple(_row(each, names) for each in groups(source)),
    )


def _row(each: Numbered, names: Names) -> tuple[str, ...]:
    step = each.step
    return (
        str(each.number),
        names.bearers.get(step.of),
        wording.say(step.sentence),
        wording.amount(step.before),
        wording.amount(step.after),
        each.ground,
    )
