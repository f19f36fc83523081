"""Bid files for tests: a small good one, and strategies that generate any bid the schema allows."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from bids.bidfile import shape
from bids.bidfile.kinds.collection import ByKey, Many, Maybe
from bids.bidfile.kinds.kind import Kind
from bids.bidfile.kinds.number import Amount, Day, Flag, Numeral, Whole
from bids.bidfile.kinds.record import OneOf, Record
from bids.bidfile.kinds.text import Choice, Constant, Country, Form, PointerTo, Prose, Region
from bids.rulebook.facts import BidFacts
from bids.rulebook.money import Euro

SMALL: dict[str, Any] = {
    "format": "tandem-bid/1",
    "call": "EUROHPC-2024-CEI-AI-02",
    "track": "new_machine",
    "title": "Two sites, one machine room",
    "partners": [
        {"key": "imec", "name": "imec vzw", "country": "BE", "kind": "non_profit", "role": "coordinator"},
        {"key": "cenaero", "name": "Cenaero asbl", "country": "BE", "region": "BE-WAL", "kind": "non_profit"},
    ],
    "sites": [{"key": "zellik", "host": "imec"}, {"key": "charleroi", "host": "cenaero"}],
    "links": [{"key": "tandem", "from": "zellik", "to": "charleroi", "gbps": "400"}],
    "work_packages": [{"key": "wp1", "lead": "cenaero", "effort": {"cenaero": "54", "imec": "12.5"}}],
    "budget": [
        {
            "key": "L001",
            "stream": "services",
            "partner": "cenaero",
            "site": "charleroi",
            "work_package": "wp1",
            "category": "A1",
            "year": 2026,
            "amount": "445500.00",
            "quantity": "54",
            "unit": "person-month",
            "unit_cost": "8250.00",
        },
        {
            "key": "L002",
            "stream": "services",
            "partner": "imec",
            "category": "C2",
            "amount": "566666.67",
            "pricing": {
                "kind": "depreciation",
                "price": "1250000.00",
                "life_months": 60,
                "months_in_action": 34,
                "share_of_use": "0.80",
            },
        },
    ],
    "commitments": [{"key": "c1", "payer": "Federal State", "amount": "8000000.00", "document": "letter"}],
    "chapters": [{"key": "1", "language": "en", "html": "<p>Two sites.</p>"}],
    "risks": [{"key": "r1", "work_packages": ["wp1"]}],
    "documents": [{"key": "letter", "kind": "member_state_commitment", "partner": None}],
}


def small(**changes: Any) -> dict[str, Any]:
    """A fresh copy of the small bid with some sections replaced."""
    return {**copy.deepcopy(SMALL), **changes}


def changed(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """A fresh copy of the small bid with one value replaced."""
    document = small()
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


KEYS = [f"{letter}{number}" for letter in "abc" for number in "12"]
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=8)


def facts() -> st.SearchStrategy[BidFacts]:
    """Any bid whose keys are unique and whose pointers point to something."""
    return of(shape.bid()).map(_without_loose_ends)


def of(kind: Kind) -> st.SearchStrategy[Any]:
    """Any fact of a kind."""
    match kind:
        case Record():
            return _record(kind)
        case OneOf():
            return st.one_of([of(record) for record in kind.records.values()])
        case Maybe():
            return st.none() | of(kind.inner)
        case Many():
            return _list(kind)
        case ByKey():
            return st.dictionaries(of(kind.key), of(kind.item), max_size=3)
        case Amount() | Numeral() | Whole() | Day() | Flag():
            return _number(kind)
    return _text(kind)


def _text(kind: Kind) -> st.SearchStrategy[Any]:
    match kind:
        case Choice():
            return st.sampled_from(list(kind.words.values()))
        case Country():
            return st.sampled_from([code for code in kind.codes if code in ("", "BE", "GR", "GB", "FR")])
        case Region():
            return st.sampled_from(["BE-WAL", "BE-VLG", "FR-59"])
        case Form(name="key"):
            return st.sampled_from(KEYS)
        case Form():
            return st.from_regex(kind._form, fullmatch=True)
        case Prose():
            return TEXTS.map(lambda text: text or "x" * kind.least)
    raise AssertionError(kind)


def _number(kind: Kind) -> st.SearchStrategy[Any]:
    match kind:
        case Amount():
            return st.integers(0, 10**17 - 1).map(Euro)
        case Numeral():
            most = kind.most or 10**15 - 1
            units = st.integers(-most if kind.signed else 0, most)
            return st.builds(_decimal, units, st.integers(0, kind.places))
        case Whole():
            return st.integers(kind.least, kind.most)
        case Day():
            return st.dates(date(1900, 1, 1), date(2999, 12, 31))
        case Flag():
            return st.booleans()
    raise AssertionError(kind)


def _decimal(units: int, places: int) -> Decimal:
    return Decimal(units).scaleb(-places)


def _list(kind: Many) -> st.SearchStrategy[tuple[Any, ...]]:
    unique = None
    if isinstance(kind.item, Record) and "key" in kind.item.names:
        unique = _identity
    return st.lists(of(kind.item), max_size=3, unique_by=unique).map(tuple)


def _identity(fact: Any) -> tuple[str, str]:
    return fact.key, str(getattr(fact, "language", ""))


def _record(kind: Record) -> st.SearchStrategy[Any]:
    members = [member for member in kind.members if not isinstance(member.kind, Constant)]
    return st.builds(kind.facts, **{member.attribute: of(member.kind) for member in members})


def _without_loose_ends(bid: BidFacts) -> BidFacts:
    """The same bid with every pointer to nothing, and every affiliation, taken out."""
    known = {section: {entry.key for entry in getattr(bid, section)} for section in SECTIONS}
    mended = _mended(bid, shape.bid(), known)
    assert isinstance(mended, BidFacts)
    return mended


SECTIONS = ("partners", "sites", "work_packages", "documents")


def _mended(fact: Any, kind: Kind, known: dict[str, set[str]]) -> Any:
    if fact is None:
        return None
    if isinstance(kind, Record):
        members = [member for member in kind.members if not member.is_constant]
        values = {m.attribute: _mended(getattr(fact, m.attribute), m.kind, known) for m in members}
        return kind.facts(**{name: None if name == "affiliated_to" else value for name, value in values.items()})
    if isinstance(kind, Maybe):
        return _mended(fact, kind.inner, known)
    if isinstance(kind, Many):
        return tuple(entry for entry in (_mended(entry, kind.item, known) for entry in fact) if entry is not None)
    if isinstance(kind, ByKey):
        return {key: value for key, value in fact.items() if key in known[kind.key.section]}
    if isinstance(kind, PointerTo):
        return fact if fact in known[kind.section] else ("" if kind.may_be_empty else None)
    return fact
