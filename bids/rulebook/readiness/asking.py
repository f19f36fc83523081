"""How a readiness question is asked, and how it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bids.rulebook.call import CallFacts, Source
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Assessment
from bids.rulebook.readiness.situation import Situation
from bids.rulebook.text import Sentence, gettext_noop, sentence


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a question may look at: the bid, its call, its money and its surroundings."""

    facts: BidFacts
    call: CallFacts
    assessment: Assessment
    situation: Situation


@dataclass(frozen=True, slots=True)
class Remark:
    """What is not as it should be, and where to mend it.

    `severity` and `gate` are the check's own unless given; with the `source` of the number behind
    it, a remark that is not certain enough warns instead of blocking.
    """

    sentence: Sentence
    where: str
    severity: str | None = None
    gate: str | None = None
    source: Source | None = None


Question = Callable[[Case], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Check:
    """A question with its number, its weight, the act it stops, what it asks for, and on what basis."""

    id: str
    severity: str  # block | warn | info
    gate: str | None
    asks: str
    basis: str
    question: Question

    @property
    def is_house_rule(self) -> bool:
        """A design of this tool: it may block, and the ministry may switch it to warn."""
        return self.basis == "HOUSE"


def not_known(what: str, where: str = "bid") -> Remark:
    """The answer where the situation does not tell."""
    words = sentence(gettext_noop("%(what)s: not known from a file."), what=Sentence(what))
    return Remark(words, where, severity="info")
