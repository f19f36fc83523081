"""What the budget becomes when some of the differences are taken, and which of them can't be as they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import Any

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts, CostFact
from bids.rulebook.funding import price
from bids.rulebook.funding.eligibility import INDIRECT
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.workbook.choices import category_label, known_categories
from bids.workbook.difference import LineChange, What

May = Callable[[str | None, str], Sentence | None]  # why a line of this partner can't be changed; "" for a new line

_FOREIGN_CATEGORY = gettext_noop(
    "%(line)s: “%(category)s” is not a category of the stream “%(stream)s”. Choose one of its own."
)
_NO_STREAM = gettext_noop("%(line)s: this call has no stream “%(stream)s”. Choose another.")
_OWN_LINE = gettext_noop("%(line)s: an alternative stands in another bid than this one. Write its reference.")
_PREFIX = "L"
STANDS = (What.CHANGED, What.REMOVED)  # changes of a line that is there


@dataclass(frozen=True, slots=True)
class Edit:
    """One line as it shall be: `line` None where it goes, `changes` the columns that are written."""

    change: LineChange
    line: CostFact | None
    changes: Mapping[str, Any]


@dataclass(frozen=True)
class Proposal:
    """The differences of a workbook with what somebody chose of them.

    `taken_keys` are those of every line the bid ever had, so that a new line gets one of its own.
    """

    facts: BidFacts
    call: CallFacts
    changes: Sequence[LineChange]
    chosen: Mapping[str, bool]
    taken_keys: Collection[str]
    may: May

    @property
    def seal(self) -> str:
        """One word for everything that differs: another one says that what was looked at has moved."""
        told = [
            [each.id, each.what.value, str(each.values), [[cell.id, cell.now, cell.mine.plain] for cell in each.cells]]
            for each in self.changes
        ]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]

    @cached_property
    def taken(self) -> frozenset[str]:
        """The ids of what is taken: what was proposed, unless somebody chose otherwise."""
        proposed = (pair for change in self.changes for pair in change.choices)
        return frozenset(id_ for id_, is_taken in proposed if self.chosen.get(id_, is_taken))

    @cached_property
    def lines(self) -> dict[str, CostFact]:
        return {line.key: line for line in self.facts.budget}

    @cached_property
    def edits(self) -> list[Edit]:
        """Every line that changes by what is taken."""
        keys = _FreeKeys({*self.taken_keys, *self.lines})
        return [edit for change in self.changes if (edit := self._edit(change, keys)) is not None]

    def _edit(self, change: LineChange, keys: _FreeKeys) -> Edit | None:
        if change.what is What.CHANGED:
            changes = {cell.name: cell.mine.value for cell in change.cells if cell.id in self.taken}
            return Edit(change, replace(self.lines[change.key], **changes), changes) if changes else None
        if change.id not in self.taken:
            return None
        if change.what is What.REMOVED:
            return Edit(change, None, {})
        values = change.values or {}
        key = change.key if change.what is What.PUT_BACK else keys.one(change.key)
        return Edit(change, CostFact(key, **values), values)

    @cached_property
    def refusals(self) -> dict[str, Sentence]:
        """Why lines can't be taken as they are chosen, by id of the change."""
        found = {edit.change.id: self._refusal(edit) for edit in self.edits}
        return {id_: reason for id_, reason in found.items() if reason is not None}

    def _refusal(self, edit: Edit) -> Sentence | None:
        standing = self.lines[edit.change.key] if edit.change.what in STANDS else None
        partners = [line.partner for line in (standing, edit.line) if line is not None]
        key = "" if edit.change.what is What.ADDED else edit.change.key
        reasons = (self.may(partner, key) for partner in dict.fromkeys(partners))
        refused = next((reason for reason in reasons if reason is not None), None)
        if refused is not None or edit.line is None:
            return refused
        return edit.change.problem or self._wrong(edit.line, edit.changes, is_new=standing is None)

    def _wrong(self, line: CostFact, changed: Collection[str], *, is_new: bool) -> Sentence | None:
        """What the form of a line refuses too: an own line as alternative, a foreign category, prices that disagree."""
        if line.alternative_of and line.alternative_of.partition("#")[0] == self.facts.reference:
            return sentence(_OWN_LINE, line=line.key)
        if is_new or {"category", "stream"} & set(changed):
            wrong = _wrong_category(line, self.call)
            if wrong is not None:
                return wrong
        by_quantity = line.quantity is not None and line.unit_cost is not None
        is_unpriced = line.amount is None and line.pricing is None and not by_quantity
        return None if is_unpriced else price(line, self.facts, self.call).problem

    @cached_property
    def accepted(self) -> list[Edit]:
        return [edit for edit in self.edits if edit.change.id not in self.refusals]

    @cached_property
    def outcome(self) -> BidFacts:
        """The bid with everything that is taken and can be."""
        lines: dict[str, CostFact | None] = {**self.lines}
        lines |= {edit.change.key: edit.line for edit in self.accepted if edit.change.what in STANDS}
        fresh = [edit.line for edit in self.accepted if edit.change.what not in STANDS]
        return replace(self.facts, budget=tuple(line for line in (*lines.values(), *fresh) if line is not None))


class _FreeKeys:
    """Keys nobody had: L001, L002…, or the one that is wanted."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.numbers = (f"{_PREFIX}{number:03d}" for number in count(len(taken) + 1))

    def one(self, wanted: str) -> str:
        key = (
            wanted
            if wanted and wanted not in self.taken
            else next(key for key in self.numbers if key not in self.taken)
        )
        self.taken.add(key)
        return key


def _wrong_category(line: CostFact, call: CallFacts) -> Sentence | None:
    if line.stream is None or not line.category:
        return None
    scheme, stream = call.scheme(line.stream), Sentence(line.stream.label)
    if scheme is None:
        return sentence(_NO_STREAM, line=line.key, stream=stream)
    known = (*known_categories(scheme), *([INDIRECT] if line.stream.is_grant else []))
    if line.category in known:
        return None
    return sentence(_FOREIGN_CATEGORY, line=line.key, category=category_label(line.category), stream=stream)
