"""Questions about dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bids.rulebook.calendar import cutoff_of
from bids.rulebook.call import CallFacts, Source
from bids.rulebook.readiness.asking import Case, Remark, not_known
from bids.rulebook.text import gettext_noop, sentence

_CLOCK = gettext_noop("The time")


def filed_before_the_cutoff(case: Case) -> Iterator[Remark]:
    """C13: the Union's receipt lies before its cut-off; before there is one, the clock does."""
    situation = case.situation
    moment = situation.received_receipt_at or situation.now
    if moment is None:
        if situation.cutoff or case.call.deadline or case.call.cutoffs:
            yield not_known(_CLOCK)
        return
    cutoff = situation.cutoff or cutoff_of(case.call, moment)
    if cutoff is None or moment < cutoff:
        return
    if situation.received_receipt_at is not None:
        yield Remark(sentence(_RECEIPT_LATE, received=moment, cutoff=cutoff), "bid", source=_source(case.call, cutoff))
    else:
        yield Remark(sentence(_CUTOFF_PASSED, cutoff=cutoff), "bid", source=_source(case.call, cutoff))


def _source(call: CallFacts, cutoff: datetime) -> Source | None:
    """Where the date comes from, if it is the call's; what people moved is certain."""
    dates = [("deadline", call.deadline), *((f"cutoffs/{i}", one) for i, one in enumerate(call.cutoffs))]
    return next((call.marks.get(place) for place, one in dates if one == cutoff), None)


_RECEIPT_LATE = gettext_noop("The Union received the bid on %(received)s, after its cut-off of %(cutoff)s.")
_CUTOFF_PASSED = gettext_noop("The cut-off of the Union has passed: it was %(cutoff)s.")
