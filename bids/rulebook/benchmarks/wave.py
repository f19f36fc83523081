"""With which published bids a bid is compared: those decided together, first after its cut-off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bids.rulebook.benchmarks.published import PublishedBid
from bids.rulebook.calendar import BRUSSELS
from bids.rulebook.call import CallFacts
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import Instrument


@dataclass(frozen=True, slots=True)
class Wave:
    """One decision of the Union on an instrument; `decided` is None where none was published since the cut-off."""

    instrument: Instrument
    cutoff: date | None = None
    decided: date | None = None
    number: int | None = None

    def holds(self, bid: PublishedBid) -> bool:
        """Whether a published bid was decided with this wave."""
        return self.decided is not None and (bid.instrument, bid.decided) == (self.instrument, self.decided)

    @property
    def words(self) -> Sentence:
        """What the bid is compared with, and why with that."""
        label = Sentence(self.instrument.label)
        if self.cutoff is None:
            return sentence(_NO_CUTOFF)
        if self.decided is None:
            return sentence(_NO_DECISION, instrument=label, cutoff=self.cutoff)
        given = {"instrument": label, "decided": self.decided, "cutoff": self.cutoff}
        return sentence(_DECIDED, **given) if self.number is None else sentence(_WAVE, number=self.number, **given)


def wave_of(call: CallFacts, published: Iterable[PublishedBid], cutoff: datetime | None = None) -> Wave:
    """The decision a bid belongs to; `cutoff` is the date stored on it, which counts where it is one of the call's.

    A rehearsal has dates of its own: it is compared by the last real date of its call.
    """
    closed = real_cutoff(call, cutoff)
    if closed is None:
        return Wave(call.instrument)
    day = closed.astimezone(BRUSSELS).date()
    decided = [bid for bid in published if bid.instrument is call.instrument and bid.decided and bid.decided > day]
    first = min((bid.decided for bid in decided if bid.decided), default=None)
    number = next((bid.wave for bid in decided if bid.decided == first and bid.wave), None)
    return Wave(call.instrument, day, first, number)


def real_cutoff(call: CallFacts, stored: datetime | None) -> datetime | None:
    """The stored cut-off where the call itself has it, else the last date of the call."""
    dates = (call.deadline,) if call.deadline is not None else call.cutoffs
    return stored if stored in dates else max(dates, default=None)


_WAVE = gettext_noop(
    "Compared with the bids of the kind “%(instrument)s” decided on %(decided)s (wave %(number)s): "
    "the first decision published after the cut-off of %(cutoff)s."
)
_DECIDED = gettext_noop(
    "Compared with the bids of the kind “%(instrument)s” decided on %(decided)s: "
    "the first decision published after the cut-off of %(cutoff)s."
)
_NO_DECISION = gettext_noop(
    "No decision on bids of the kind “%(instrument)s” was published after the cut-off of %(cutoff)s: "
    "figures of earlier waves are shown, without rank and median."
)
_NO_CUTOFF = gettext_noop("The call has no cut-off, so that no published bids are comparable with this one.")
