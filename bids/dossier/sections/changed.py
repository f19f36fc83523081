"""What changed between two rounds, entry by entry: what is new, what is gone, and each field that was altered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from bids import wording
from bids.dossier.names import Names
from bids.dossier.sections.difference import Moved, before_of
from bids.dossier.source import Source
from bids.models import Bid
from bids.models.columns import TABLES
from bids.prose.difference import compare_words
from bids.rulebook.changes import Altered, Changed, Path, changes
from bids.rulebook.money import Euro
from bids.rulebook.sections import BidSection
from bids.rulebook.text import Sentence, gettext_noop, sentence

IN_TABLES = [
    section for section in BidSection if section not in (BidSection.BUDGET, BidSection.CHAPTERS)
]  # the others have sections of their own
LONG = 60  # characters from which words are marked instead of being set side by side
SHARES = {"economic_use_share", "commercial_access_share", "stated_access_share", "load", "availability",
          "renewable_share", "acquisition", "operation", "share_of_use"}  # fmt: skip
PARTNERS = {"host", "lead", "partner", "affiliated_to", "effort"}
SITES = {"site", "start", "end"}
MODELS: dict[str, type[Model]] = {table.name: table.model for table in TABLES}

PART_OF = gettext_noop("%(list)s %(key)s: %(field)s")
ALL_OF_IT = gettext_noop("%(list)s %(key)s")
EFFORT_OF = gettext_noop("Person-months of %(partner)s")
YES, NO = Sentence(gettext_noop("yes")), Sentence(gettext_noop("no"))


@dataclass(frozen=True, slots=True)
class Field:
    """One field in words. A long text has its words `marked`; anything else stands before and after."""

    label: str
    before: str
    after: str
    marked: SafeString = SafeString()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: new, gone, or with the fields that differ."""

    key: str
    name: str
    is_new: bool
    is_gone: bool
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Group:
    section: BidSection
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line that differs, with what it costs with its indirect costs."""

    entry: Entry
    moved: Moved
    eu: Moved


def fill(source: Source) -> dict[str, Any]:
    """Everything but the lines of the budget and the chapters."""
    told = Teller(source)
    found = changes(before_of(source).facts, source.facts)
    groups = [
        Group(section, tuple(told.entry(each) for each in found if each.section is section)) for section in IN_TABLES
    ]
    return {"groups": [group for group in groups if group.entries]}


def lines(source: Source) -> tuple[Changed, ...]:
    """The lines of the budget that are new, gone or altered."""
    found = changes(before_of(source).facts, source.facts)
    return tuple(each for each in found if each.section is BidSection.BUDGET)


def fill_lines(source: Source, piece: Sequence[Changed], is_last: bool) -> dict[str, Any]:
    told = Teller(source)
    old, new = before_of(source).assessment.lines, source.assessment.lines
    shown = [_line(told.entry(each), old.get(each.key), new.get(each.key)) for each in piece]
    return {"lines": shown, "is_last": is_last}


def _line(entry: Entry, old: Any, new: Any) -> Line:
    nothing = Euro(0)
    total = Moved(entry.key, old.total if old else nothing, new.total if new else nothing)
    return Line(entry, total, Moved(entry.key, old.eu if old else nothing, new.eu if new else nothing))


class Teller:
    """Puts changes into words: labels of the forms, names for keys, values in the reader's language."""

    def __init__(self, source: Source) -> None:
        self.names = Names(source.facts, before_of(source).facts)

    def entry(self, change: Changed) -> Entry:
        name = "" if change.section is BidSection.BID else _name(change.entry)
        shown = tuple(self.field(change.section, each) for each in change.fields)
        return Entry(change.key, name, change.is_new, change.is_gone, shown)

    def field(self, section: BidSection, altered: Altered) -> Field:
        label, owner = self.label(section, altered.path), altered.path[0] if len(altered.path) < 3 else altered.path[-1]
        before, after = (self.value(owner, value) for value in (altered.before, altered.after))
        is_text = isinstance(altered.before, str) and isinstance(altered.after, str)
        if is_text and max(len(before), len(after)) > LONG and altered.before and altered.after:
            marked = mark_safe(compare_words(before, after))  # noqa: S308 (escaped word by word)
            return Field(label, before, after, marked)
        return Field(label, before, after)

    def label(self, section: BidSection, path: Path) -> str:
        """`Power of the IT, kW`; `Machine aif1: accelerators` for a field of a list inside."""
        if path[0] == "effort" and len(path) > 1:
            return wording.say(sentence(EFFORT_OF, partner=self.names.partners.get(path[1])))
        return _label(section, path)

    def value(self, name: str, value: Any) -> str:
        """As the forms show it; a key as the name of what it points at."""
        if value is None or value == "" or value == ():
            return wording.UNKNOWN
        if isinstance(value, bool):
            return wording.say(YES if value else NO)
        if isinstance(value, str) and name in PARTNERS:
            return self.names.partners.get(value)
        if isinstance(value, str) and name in SITES:
            return self.names.sites.get(value)
        if name == "category":
            return self.names.categories.get(value)
        if isinstance(value, Decimal) and name in SHARES:
            return wording.percent(value)
        return _name(value) if hasattr(value, "key") else _shown(value)


def _shown(value: Any) -> str:
    return _parts(value) if is_dataclass(value) and not isinstance(value, Euro) else wording.show(value)


def _parts(value: Any) -> str:
    """A formula of a price, its parts one after the other."""
    parts = (getattr(value, part.name) for part in fields(value))
    return "; ".join(wording.show(part) for part in parts if part is not None)


def _name(entry: Any) -> str:
    """What an entry is called: its name, else what describes it, else its key."""
    told = (getattr(entry, name, "") for name in ("short_name", "name", "title", "payer", "description"))
    return next((words for words in told if words), entry.key)


def _label(section: BidSection, path: Path) -> str:
    if path[0] == "rates":
        return _column(Bid, f"rate_{path[-1]}")
    if len(path) == 1 or path[0] not in LISTS:
        return _column(Bid if section is BidSection.BID else MODELS[section.value], path[0])
    words = Sentence(LISTS[path[0]])
    if len(path) == 2:
        return wording.say(sentence(ALL_OF_IT, list=words, key=path[1]))
    return wording.say(sentence(PART_OF, list=words, key=path[1], field=_column(MODELS[path[0]], path[2])))


def _column(model: type[Model], name: str) -> str:
    """The label of a column; a fact that has none keeps its own name."""
    labels = {column.name: str(column.verbose_name) for column in model._meta.fields}
    return capfirst(labels.get(name, name.replace("_", " ")))


LISTS = {
    "machines": gettext_noop("Machine"),
    "phases": gettext_noop("Phase"),
    "tasks": gettext_noop("Task"),
    "deliverables": gettext_noop("Deliverable"),
    "milestones": gettext_noop("Milestone"),
}


def each_text(source: Source) -> Iterator[Changed]:
    """The chapters that are new, gone or rewritten."""
    found = changes(before_of(source).facts, source.facts)
    return (each for each in found if each.section is BidSection.CHAPTERS)
