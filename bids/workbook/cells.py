"""A fact of a line as a cell: the one text by which two of them are compared."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bids.rulebook.facts import CostFact
from bids.workbook.columns import COLUMNS, Column, Kind
from bids.workbook.guard import cell_text

FLAGGED = "yes"


def plain(column: Column, fact: Any) -> str:
    """The fact as whoever wrote it would: keys, digits without idle zeros, text as a cell holds it."""
    if fact is None or fact is False:
        return ""
    if column.kind is Kind.TEXT:
        return cell_text(fact)
    if column.kind is Kind.FLAG:
        return FLAGGED
    if isinstance(fact, Decimal):
        return plain_number(fact)
    return str(fact)


def plain_number(number: Decimal) -> str:
    """`54` for `54.00`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_line(line: CostFact) -> dict[str, str]:
    """Every cell of a line, by name of its column."""
    return {column.name: plain(column, getattr(line, column.name)) for column in COLUMNS}
