"""Who pays the total of a bid."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bids import wording
from bids.dossier.source import Source
from bids.rulebook.money import Euro, ratio
from bids.rulebook.text import Sentence, gettext_noop

UNION = Sentence(gettext_noop("European Union"))
NATIONAL = Sentence(gettext_noop("National share"))
OTHER = Sentence(gettext_noop("Own means, equity and loans"))
ELSEWHERE = Sentence(gettext_noop("Paid elsewhere"))


@dataclass(frozen=True, slots=True)
class Payer:
    name: str
    amount: Euro
    share: Decimal | None


def payers(source: Source) -> list[Payer]:
    """The Union and the States always; others only where they pay something."""
    found = source.assessment
    known = [(UNION, found.eu), (NATIONAL, found.national)]
    more = [(OTHER, found.other), (ELSEWHERE, found.elsewhere)]
    shown = known + [(name, amount) for name, amount in more if amount]
    return [Payer(wording.say(name), amount, ratio(amount, found.total)) for name, amount in shown]
