"""How a value of a bid may be written, said once beside its type.

Forms, the reader of bid files and the JSON Schema all follow these marks, so that what one door
accepts no other door refuses. An empty string stays allowed where it is a field's default.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Places:
    """A decimal with at most so many decimals, not negative unless `signed`, at most `most`."""

    places: int
    signed: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """A whole number, both ends included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Length:
    """A text of at most so many characters."""

    most: int


@dataclass(frozen=True, slots=True)
class Written:
    """A text with a fixed form; the whole of it matches `pattern`."""

    name: str
    pattern: str


@dataclass(frozen=True, slots=True)
class PointsTo:
    """The key of something in that list of the same bid."""

    section: str


# A field that came after the first bids were frozen: files are silent about it where it says nothing, so that the
# digest of an old bid stays what it was.
ADDED_LATER = {"added_later": True}

WHOLE_DIGITS = 15  # of amounts and decimals: up to 999 999 999 999 999 and decimals

Quantity = Annotated[Decimal, Places(4)]
UnitCost = Annotated[Decimal, Places(4)]
Reading = Annotated[Decimal, Places(4, signed=True)]
Factor = Annotated[Decimal, Places(6)]
Share = Annotated[Decimal, Places(6, most=1)]
Latitude = Annotated[Decimal, Places(6, signed=True, most=90)]
Longitude = Annotated[Decimal, Places(6, signed=True, most=180)]

Count = Annotated[int, Between(0, 1_000_000_000)]
Months = Annotated[int, Between(1, 1_200)]
MonthsOrZero = Annotated[int, Between(0, 1_200)]
FIRST_YEAR, LAST_YEAR = 1990, 2100
Year = Annotated[int, Between(FIRST_YEAR, LAST_YEAR)]
Years = Annotated[int, Between(1, 100)]

Line = Annotated[str, Length(500)]
Text = Annotated[str, Length(100_000)]
Html = Annotated[str, Length(2_000_000)]

KEY = r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}"
Key = Annotated[str, Written("key", KEY)]
Name = Annotated[str, Written("name", r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")]
LineReference = Annotated[str, Written("line_reference", rf"{KEY}#{KEY}")]
Country = Annotated[str, Written("country", r"[A-Z]{2}")]
Region = Annotated[str, Written("region", r"[A-Z]{2}-[A-Z0-9]{1,3}")]
Digest = Annotated[str, Written("digest", r"[0-9a-f]{64}")]

PartnerKey = Annotated[str, PointsTo("partners")]
SiteKey = Annotated[str, PointsTo("sites")]
WorkPackageKey = Annotated[str, PointsTo("work_packages")]
DocumentKey = Annotated[str, PointsTo("documents")]
