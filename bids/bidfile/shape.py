"""Which field of a bid is of which kind: read off the types of the facts."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from bids.bidfile.kinds.collection import ByKey, Many, Maybe
from bids.bidfile.kinds.kind import Kind
from bids.bidfile.kinds.number import Amount, Day, Flag, Numeral, Whole
from bids.bidfile.kinds.record import Member, OneOf, Record
from bids.bidfile.kinds.text import Choice, Constant, Country, Form, PointerTo, Prose, Region
from bids.rulebook.facts import BidFacts
from bids.rulebook.facts.shapes import KEY, Between, Length, Places, PointsTo, Written
from bids.rulebook.money import Euro


@cache
def bid() -> Record:
    """The shape of a whole bid file."""
    return record(BidFacts)


@cache
def record(facts: type) -> Record:
    """The shape of one dataclass of the facts."""
    hints = get_type_hints(facts, include_extras=True)
    return Record(facts, tuple(_member(field, hints[field.name]) for field in fields(facts)))


def _member(field: Field[Any], hint: Any) -> Member:
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    is_required = default is MISSING
    return Member(
        name=field.metadata.get("name", field.name),
        attribute=field.name,
        kind=kind_of(hint, default) if field.init else Constant(str(default)),
        is_required=is_required,
        is_constant=not field.init,
        default=None if is_required else default,
        is_added_later=field.metadata.get("added_later", False),
    )


def kind_of(hint: Any, default: Any = None) -> Kind:
    """The kind of a type; a text field that is empty by default may be empty in a file too."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return Maybe(_alternatives([part for part in get_args(hint) if part is not NoneType]))
    if origin is Annotated:
        return _marked(get_args(hint)[1], default)
    if origin is tuple:
        return Many(kind_of(get_args(hint)[0]))
    if origin is dict:
        key, item = get_args(hint)
        return ByKey(kind_of(key), kind_of(item))
    if is_dataclass(hint) and hint is not Euro:
        return record(hint)  # type: ignore[arg-type]
    return _plain(hint)


def _alternatives(parts: list[Any]) -> Kind:
    if len(parts) == 1:
        return kind_of(parts[0])
    return OneOf(tuple(record(part) for part in parts), by="kind")


def _plain(hint: Any) -> Kind:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Choice(hint)
    return {Euro: Amount, bool: Flag, date: Day}[hint]()


def _marked(mark: object, default: Any) -> Kind:
    """The kind that a mark beside a type asks for."""
    may_be_empty = default == ""
    match mark:
        case Places(places, signed, most):
            return Numeral(places, signed, most)
        case Between(least, most):
            return Whole(least, most)
        case Length(most):
            return Prose(most, least=1 if default is MISSING else 0)
        case PointsTo(section):
            return PointerTo(section, KEY, may_be_empty)
        case Written("country", _):
            return Country(may_be_empty)
        case Written("region", _):
            return Region(may_be_empty)
        case Written(name, pattern):
            return Form(name, pattern, may_be_empty)
    raise TypeError(f"no kind of value for {mark!r}")
