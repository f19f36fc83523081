"""Capital expenditure of a gigafactory: the Union's most, the States' least, the rest (F12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from bids.rulebook.call import StreamScheme
from bids.rulebook.funding import grounds
from bids.rulebook.funding.allocation import spread_eu
from bids.rulebook.funding.assessment import CapexShare
from bids.rulebook.funding.ledger import Entry
from bids.rulebook.funding.trace import Step, step
from bids.rulebook.money import Euro, Rounding
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import Stream

_SHARE = {
    Rounding.HALF_UP: gettext_noop(
        "The Union pays at most %(rate)s of the capital expenditure of %(total)s, rounded half up to the cent: %(eu)s."
    ),
    Rounding.DOWN: gettext_noop(
        "The Union pays at most %(rate)s of the capital expenditure of %(total)s, rounded down to the cent: %(eu)s."
    ),
}
_STATES = gettext_noop("The States pay at least %(match)s of what the Union pays: %(states)s.")


def capex_share(scheme: StreamScheme, entries: Sequence[Entry]) -> CapexShare:
    """F12; the Union's part is written into the lines, by amount."""
    total = Euro(sum(entry.amount for entry in entries))
    eu = total.times(scheme.rate_max or Fraction(0), scheme.rounding)
    spread_eu(entries, eu.cents)
    states = _at_least(eu, scheme.state_match_min_of_eu or Fraction(0))
    return CapexShare(total, eu, states, max(total - eu - states, Euro()))


def _at_least(amount: Euro, rate: Fraction) -> Euro:
    """The smallest whole number of cents that is not below the rate."""
    return -(-amount).times(rate, Rounding.DOWN)


def capex_steps(share: CapexShare, scheme: StreamScheme) -> Iterator[Step]:
    """Why the Union pays what it pays, and what the States owe for it."""
    ground = grounds.of_stream(scheme, grounds.GIGAFACTORY)
    words = sentence(_SHARE[scheme.rounding], rate=scheme.rate_max or Fraction(0), total=share.total, eu=share.eu)
    yield step("capex", Stream.CAPEX, words, share.total, share.eu, ground)
    if scheme.state_match_min_of_eu is not None:
        words = sentence(_STATES, match=scheme.state_match_min_of_eu, states=share.states_min)
        yield step("states", Stream.CAPEX, words, share.eu, share.states_min, ground)
