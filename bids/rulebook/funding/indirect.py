"""Indirect costs at a flat rate: what they are computed on, and how much they are (F7, F8)."""

from __future__ import annotations

from collections.abc import Sequence

from bids.rulebook.call import CostModel
from bids.rulebook.funding import grounds
from bids.rulebook.funding.assessment import EntityShare
from bids.rulebook.funding.ledger import Entry
from bids.rulebook.funding.trace import Step, step
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence, gettext_noop, sentence

_INDIRECT = gettext_noop(
    "Indirect costs of %(partner)s in %(stream)s: %(rate)s of %(base)s make %(indirect)s. "
    "Outside the base: %(excluded)s."
)
_ON_EVERYTHING = gettext_noop("Indirect costs of %(partner)s in %(stream)s: %(rate)s of %(base)s make %(indirect)s.")


def in_base(entries: Sequence[Entry], model: CostModel) -> list[Entry]:
    """The lines that indirect costs are computed on."""
    return [entry for entry in entries if entry.line.category not in model.indirect_excluded]


def indirect_costs(base: Euro, model: CostModel) -> Euro:
    """The flat rate of the model, half up to the cent."""
    return base.times(model.indirect_rate)


def indirect_step(entity: EntityShare, name: str | Sentence, model: CostModel) -> Step:
    """Why a partner's indirect costs are what they are."""
    words = sentence(
        _INDIRECT if model.indirect_excluded else _ON_EVERYTHING,
        partner=name,
        stream=Sentence(entity.stream.label),
        rate=model.indirect_rate,
        base=entity.indirect_base,
        indirect=entity.indirect,
        excluded=", ".join(model.indirect_excluded),
    )
    return step("indirect", entity.partner, words, entity.indirect_base, entity.indirect, grounds.of_indirect(model))
