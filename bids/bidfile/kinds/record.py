"""Objects with named fields: one dataclass of the facts each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bids.bidfile.kinds.collection import refuse_repeated
from bids.bidfile.kinds.kind import Definitions, Json, Kind, Pointer
from bids.bidfile.problems import Problems, inside
from bids.rulebook.text import gettext_noop

_NOT_AN_OBJECT = gettext_noop("Write an object here, in curly brackets.")


@dataclass(frozen=True, slots=True)
class Member:
    """A field: its name in the file, its attribute in the facts, its kind, and whether it may be absent.

    One that was added later is not written where it says nothing: old bids keep their text and their digest.
    """

    name: str
    attribute: str
    kind: Kind
    is_required: bool
    is_constant: bool
    default: Any
    is_added_later: bool = False


class Record(Kind):
    """One dataclass of the facts, field by field."""

    def __init__(self, facts: type, members: tuple[Member, ...]) -> None:
        self.facts, self.members = facts, members
        self.names = {member.name: member for member in members}
        self.added_later = tuple(member for member in members if member.is_added_later)
        self.definition = facts.__name__.removesuffix("Facts").removesuffix("Fact")
        self.pointing = tuple(member for member in members if member.kind.points)
        self.points = bool(self.pointing)

    @property
    def blank(self) -> Any:
        values = {member.attribute: member.kind.blank for member in self.members if member.is_required}
        return self.facts(**values)

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if not isinstance(value, dict):
            problems.add(path, _NOT_AN_OBJECT)
            return self.blank
        self._refuse_unknown(value, path, problems)
        found: dict[str, Any] = {}
        for member in self.members:
            fact = self._member(member, value, path, problems)
            if not member.is_constant and (member.name in value or member.is_required):
                found[member.attribute] = fact
        return self.facts(**found)

    def _member(self, member: Member, value: dict[str, Any], path: str, problems: Problems) -> Any:
        if member.name in value:
            return member.kind.read(value[member.name], f"{path}.{member.name}", problems)
        if member.is_required or member.is_constant:
            problems.add(f"{path}.{member.name}", gettext_noop("%(name)s is missing."), name=member.name)
        return member.kind.blank

    def _refuse_unknown(self, value: dict[str, Any], path: str, problems: Problems) -> None:
        refuse_repeated(value, path, problems)
        if value.keys() <= self.names.keys():
            return
        for name in value:
            if name not in self.names:
                template = gettext_noop("%(value)s is not a field here.")
                problems.unknown(inside(path, str(name)), template, str(name), self.names)

    def write(self, fact: Any) -> Json:
        written = {member.name: member.kind.write(getattr(fact, member.attribute)) for member in self.members}
        for member in self.added_later:
            if getattr(fact, member.attribute) == member.default:
                del written[member.name]
        return written

    def describe(self, definitions: Definitions) -> Json:
        described: dict[str, Json] = {"type": "object"}
        if promise := self._promise():
            described["description"] = promise
        described["properties"] = {member.name: self._property(member, definitions) for member in self.members}
        described["required"] = [member.name for member in self.members if member.is_required or member.is_constant]
        described["additionalProperties"] = False
        return described

    def _property(self, member: Member, definitions: Definitions) -> Json:
        described = member.kind.refer(definitions)
        if member.is_required or member.is_constant:
            return described
        return {**described, "default": member.kind.write(member.default)}

    def _promise(self) -> str:
        """The docstring of the facts, unless it is only the signature that dataclasses write."""
        words = " ".join((self.facts.__doc__ or "").split())
        return "" if words.startswith(f"{self.facts.__name__}(") else words

    def pointers(self, fact: Any, path: str) -> Iterator[Pointer]:
        for member in self.pointing:
            yield from member.kind.pointers(getattr(fact, member.attribute), f"{path}.{member.name}")


class OneOf(Kind):
    """One of several records, told apart by a constant field."""

    def __init__(self, records: tuple[Record, ...], by: str) -> None:
        self.by = by
        self.records = {self._name(record): record for record in records}
        self.points = any(record.points for record in records)

    def _name(self, record: Record) -> str:
        return next(str(member.default) for member in record.members if member.name == self.by)

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if not isinstance(value, dict):
            problems.add(path, _NOT_AN_OBJECT)
            return None
        name = value.get(self.by)
        if isinstance(name, str) and name in self.records:
            return self.records[name].read(value, path, problems)
        template = gettext_noop("%(value)s is not a %(name)s known here.")
        if self.by not in value:
            template = gettext_noop("%(name)s is missing.")
        problems.unknown(f"{path}.{self.by}", template, str(name), self.records, name=self.by)
        return None

    def write(self, fact: Any) -> Json:
        return self.records[getattr(fact, self.by)].write(fact)

    def describe(self, definitions: Definitions) -> Json:
        return {"oneOf": [record.refer(definitions) for record in self.records.values()]}

    def pointers(self, fact: Any, path: str) -> Iterator[Pointer]:
        return self.records[getattr(fact, self.by)].pointers(fact, path)
