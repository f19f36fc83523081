"""The numbers of a call, each with its place and source, and the same call with some of them changed.

A change is the number's own table as it stands in a call file, or None where the number is taken
out. What comes out is read like a file: a value that can't be taken is refused with its sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bids.callfile.call import Unreadable, read_closely
from bids.callfile.table import Reading, Slot, Table, read_source
from bids.callfile.values import Refused, day, decimal, euro, moment, positive, share, whole
from bids.rulebook.call import Source
from bids.rulebook.text import Problem, Sentence, gettext_noop, quoted, sentence

Data = dict[str, Any]
Edit = Mapping[str, Any] | None
Edits = Mapping[str, Edit]

WARN_ONLY = "warn_only/"  # before the number of a check: the reason why it only warns


class Kind(StrEnum):
    """What a number is, and so how it is typed and shown."""

    SHARE = "share"
    AMOUNT = "amount"
    DECIMAL = "decimal"
    WHOLE = "whole"
    DAY = "day"
    MOMENT = "moment"


KINDS: dict[Callable[[Any], Any], Kind] = {
    share: Kind.SHARE,
    euro: Kind.AMOUNT,
    decimal: Kind.DECIMAL,
    whole: Kind.WHOLE,
    positive: Kind.WHOLE,
    day: Kind.DAY,
    moment: Kind.MOMENT,
}
READERS = {kind: read for read, kind in KINDS.items() if read is not positive}
# What a call may be silent about, and where silence means that there is no such limit or date.
MAY_BE_MISSING = frozenset({
    "deadline", "duration_months", "eu_cap", "expected_grants", "indicative_budget", "opens", "overall_threshold",
    "page_limit", "page_limit_suggested", "threshold", "valid_from", "valid_to",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a call: its place (`streams/services/eu_cap`), its value (None: not set) and its source."""

    place: str
    kind: Kind
    value: Any
    source: Source

    @property
    def name(self) -> str:
        return self.place.rpartition("/")[2]

    @property
    def may_be_missing(self) -> bool:
        return self.name in MAY_BE_MISSING

    @property
    def may_block(self) -> bool:
        """Whether a finding that rests on this number alone may stop an act."""
        return self.source.is_certain


def numbers(data: Data) -> dict[str, Number]:
    """Every number of a call by its place, in the order in which the call is read; those it may still get too."""
    found = {}
    for place, slot in _slots(data).items():
        kind = KINDS.get(slot.read)
        if kind is None:
            continue
        number = Number(place, kind, *_value_and_source(slot))
        if number.value is not None or number.may_be_missing:
            found[place] = number
    return found


def with_edits(data: Data, edits: Edits) -> Data:
    """The call with these changes; raise `Unreadable` where the outcome is no call that can be taken."""
    changed: Data = json.loads(json.dumps(data))  # no table of it is shared with another
    slots = _slots(changed)
    refused = [Problem(place, reason) for place, edit in edits.items() if (reason := _refusal(slots, place, edit))]
    if refused:
        raise Unreadable(tuple(refused))
    for place, edit in edits.items():
        if place.startswith(WARN_ONLY):
            _switch(changed, place.removeprefix(WARN_ONLY), edit)
        elif edit is None:
            slots[place].holder.pop(slots[place].name, None)
        else:
            slots[place].holder[slots[place].name] = dict(edit)
    reading = read_closely(changed)[1]
    if reading.problems:
        raise Unreadable(tuple(replace(one, path=_place_of(one.path, edits, slots)) for one in reading.problems))
    return changed


def stands(data: Data, places: Iterable[str]) -> dict[str, Edit]:
    """What the call says at these places, as changes to these values would say it; None for what it doesn't say."""
    slots = _slots(data)
    found: dict[str, Edit] = {}
    for place in places:
        if place.startswith(WARN_ONLY):
            reason = data.get("warn_only", {}).get(place.removeprefix(WARN_ONLY))
            found[place] = None if reason is None else {"value": reason}
        else:
            found[place] = _table(slots[place]) if place in slots else None
    return found


def differing(data: Data, edits: Edits) -> dict[str, Edit]:
    """The changes that say something else than the call does; 0.5 and 0.50 are the same share."""
    slots, stood = _slots(data), stands(data, edits)
    return {place: edit for place, edit in edits.items() if not _same(slots.get(place), stood[place], edit)}


def _same(slot: Slot | None, before: Edit, after: Edit) -> bool:
    if slot is None or before is None or after is None:
        return before == after
    if {**before, "value": None} != {**after, "value": None}:
        return False
    try:
        return slot.read(before["value"]) == slot.read(after["value"])
    except Refused:
        return False


def _slots(data: Data) -> dict[str, Slot]:
    return read_closely(data)[1].slots


def _table(slot: Slot) -> Edit:
    """The number as a table, under the source it shares where it has none of its own; None where it is not set."""
    raw = slot.holder.get(slot.name) if isinstance(slot.holder, Mapping) else slot.holder[slot.name]
    return raw if raw is None or isinstance(raw, Mapping) else {"value": raw, **(slot.shared or {})}


def _value_and_source(slot: Slot) -> tuple[Any, Source]:
    own = _table(slot)
    if own is None:
        return None, Source()
    return slot.read(own["value"]), read_source(Table(own, "$", "", Reading()))


def _refusal(slots: Mapping[str, Slot], place: str, edit: Edit) -> Sentence | None:
    """Why nothing can be changed at this place, or not to this."""
    if place.startswith(WARN_ONLY):
        return None
    if place not in slots or slots[place].read not in KINDS:
        return sentence(gettext_noop("This call has no number %(place)s."), place=quoted(place))
    if edit is None and slots[place].name not in MAY_BE_MISSING:
        return sentence(gettext_noop("This number can't be left out: the call needs it."))
    return None


def _switch(data: Data, check: str, edit: Edit) -> None:
    """A house rule that only warns from now on, for this reason; or that blocks again."""
    softened = {name: reason for name, reason in data.pop("warn_only", {}).items() if name != check}
    if edit is not None:
        softened[check] = edit["value"]
    if softened:
        data["warn_only"] = softened


def _place_of(path: str, edits: Edits, slots: Mapping[str, Slot]) -> str:
    """The place of the number that a problem is about, where it is one of those that change."""
    for place in edits:
        start = f"$.{place.replace('/', '.')}" if place.startswith(WARN_ONLY) else slots[place].path
        if path == start or path.startswith(f"{start}."):
            return place
    return path
