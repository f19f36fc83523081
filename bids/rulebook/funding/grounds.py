"""The legal ground of each formula: our key of it, and what pages and PDF print.

The call's data may name a better source for its own numbers; these stand where it is silent.
"To be confirmed" stays until somebody has read the original.
"""

from __future__ import annotations

from typing import NamedTuple

from bids.rulebook.call import CallFacts, CostModel, Source, StreamScheme
from bids.rulebook.text import gettext_noop


class Ground(NamedTuple):
    source: str
    cite: str


_GRANT_AGREEMENT = gettext_noop("Model Grant Agreement, Art. 6.2 (to be confirmed)")
_TOOL = gettext_noop("rule of this tool")
_CALL = gettext_noop("the call (to be confirmed)")

PERSON_DAYS = Ground("F1", _GRANT_AGREEMENT)
DAILY_RATE = Ground("F2", _TOOL)
PERSONNEL = Ground("F3", _GRANT_AGREEMENT)
PERSON_MONTHS = Ground("F4", _GRANT_AGREEMENT)
SME_OWNER = Ground("F5", _GRANT_AGREEMENT)
EQUIPMENT = Ground("F6", _GRANT_AGREEMENT)
INDIRECT_HORIZON = Ground("F7", gettext_noop("Regulation (EU) 2021/695, Art. 35 (to be confirmed)"))
INDIRECT_DIGITAL = Ground("F8", _GRANT_AGREEMENT)
GRANT = Ground("F9", gettext_noop("Regulation (EU) 2021/695, Art. 34 (to be confirmed)"))
NATIONAL = Ground("F10", _TOOL)
MACHINE = Ground("F11", gettext_noop("Regulation (EU) 2021/1173, Art. 12a and 17 (to be confirmed)"))
GIGAFACTORY = Ground("F12", gettext_noop("Regulation (EU) 2021/1173, Art. 12b (to be confirmed)"))
CAP = Ground("F13", _CALL)
SPLIT = Ground("F14", _TOOL)
ENERGY = Ground("F15", _TOOL)
IN_KIND = Ground("IKC", gettext_noop("Regulation (EU) 2021/1173, Art. 2 (to be confirmed)"))
REVENUES = Ground("revenues", gettext_noop("the grant agreement (to be confirmed)"))
CALL = Ground("call", _CALL)
HOUSE = Ground("house", _TOOL)


def of_rate(scheme: StreamScheme) -> Ground:
    """Why a grant stream pays at its rate."""
    return _named(scheme.rate_source, GRANT)


def of_cap(scheme: StreamScheme) -> Ground:
    """Why the Union's part of a stream stops where it does."""
    return _named(scheme.cap_source, CAP)


def of_stream(scheme: StreamScheme, otherwise: Ground) -> Ground:
    """Why the machine or the capital expenditure is paid as it is."""
    return _named(scheme.source, otherwise)


def of_indirect(model: CostModel) -> Ground:
    """Why indirect costs have their flat rate and their base."""
    return _named(model.indirect_source, INDIRECT_DIGITAL if model.id.startswith("DEP") else INDIRECT_HORIZON)


def of_call(call: CallFacts) -> Ground:
    """What the call itself says: its streams, its categories."""
    return _named(call.source, CALL)


def _named(source: Source, otherwise: Ground) -> Ground:
    return Ground(source.key or otherwise.source, source.cite or otherwise.cite)
