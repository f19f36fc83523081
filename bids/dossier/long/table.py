"""What a long table is: columns of fixed widths, rows of short texts, one sum; told as JSON to the press."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

# A text, or a text with a remark after it.
Cell = str | tuple[str, str]

# Letters that stand one after the other as they are, and that all our faces have. Whatever else a text holds (writing
# from right to left, marks above letters, signs of other fonts) needs the typesetter.
PLAIN = re.compile(
    r"[\t\n\r -~\u00a0-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u0482\u1e00-\u1eff\u2010-\u2027\u2030-\u205e"
    r"\u2074-\u208e\u20a0-\u20be\u2190-\u2195\u2211\u2212\u2248\u2260\u2264\u2265]*"
)


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in points; columns without one share what is left. `is_head` names the row."""

    title: str
    width: float | None = None
    is_number: bool = False
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """The last row: what it is called across the first columns, and the sums in the others."""

    label: str
    across: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LongTable:
    """A whole section: its part and title, a sentence before the table, caption, columns, rows, sum."""

    title: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sum: Sum | None = None
    lead: str = ""
    part: str = ""
    number: str = ""

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> LongTable:
        told = json.loads(text)
        told["columns"] = tuple(Column(**column) for column in told["columns"])
        told["rows"] = tuple(
            tuple(cell if isinstance(cell, str) else tuple(cell) for cell in row) for row in told["rows"]
        )
        told["sum"] = Sum(**told["sum"] | {"cells": tuple(told["sum"]["cells"])}) if told["sum"] else None
        return cls(**told)

    @property
    def is_plain(self) -> bool:
        """Whether it can be set without a typesetter."""
        columns = [column.title for column in self.columns]
        return all(PLAIN.fullmatch(text) for text in (self.title, self.caption, self.lead, *columns, *self.texts()))

    def texts(self) -> Iterable[str]:
        """The texts of rows and sum, many of them many times."""
        for row in self.rows:
            for cell in row:
                if isinstance(cell, str):
                    yield cell
                else:
                    yield from cell
        if self.sum:
            yield self.sum.label
            yield from self.sum.cells
