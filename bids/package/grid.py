"""A table of a chapter as a grid: where each cell stands, and how wide each column should be."""

from __future__ import annotations

from dataclasses import dataclass

from docx.shared import Pt

from bids.prose.tree import SPACES, Node

SIGN = Pt(6.4)  # a wide sign of the text, so that no word has to be broken
PADDING = Pt(14)
LONGEST_WORD = 30  # in signs; what is longer, an address say, is broken instead of pressing its neighbours
LONGEST_LINE = 60  # in signs; from here on a text takes more lines instead of more room


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell stands in the grid, and how much of it it takes."""

    node: Node
    row: int
    column: int
    height: int
    width: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table; `heads` are the rows that stand again at the top of each page."""

    spots: tuple[Spot, ...]
    heads: tuple[int, ...]

    @property
    def height(self) -> int:
        return max(spot.row + spot.height for spot in self.spots)

    @property
    def width(self) -> int:
        return max(spot.column + spot.width for spot in self.spots)

    def widths(self, room: int) -> tuple[int, ...]:
        """A width for each column, `room` together (EMU): no word is broken if that can be, long texts get the rest."""
        least, wished = [SIGN + PADDING] * self.width, [SIGN + PADDING] * self.width
        for spot in self.spots:
            if spot.width == 1:
                words = SPACES.split(_said(spot.node))
                longest, together = max(map(len, words)), len(" ".join(words))
                least[spot.column] = max(least[spot.column], SIGN * min(longest, LONGEST_WORD) + PADDING)
                wished[spot.column] = max(wished[spot.column], SIGN * min(together, LONGEST_LINE) + PADDING)
        return _shared(room, least, wished)


def grid_of(table: Node) -> Grid:
    """The rows of a table, whichever parts they stand in."""
    rows = [(row, part.tag) for part in table.nodes for row in (part.nodes if part.tag != "tr" else [part])]
    rows = [(row, part) for row, part in rows if row.tag == "tr"]
    heads = tuple(number for number, (_, part) in enumerate(rows) if part == "thead")
    return Grid(tuple(_spots([row for row, _ in rows])), heads)


def _spots(rows: list[Node]) -> list[Spot]:
    """Cells in the order they are written take the first free place, as on a page."""
    taken: set[tuple[int, int]] = set()
    found = []
    for number, row in enumerate(rows):
        column = 0
        for cell in (cell for cell in row.nodes if cell.tag in ("td", "th")):
            while (number, column) in taken:
                column += 1
            told = dict(cell.attributes)
            width, height = _span(told.get("colspan")), min(_span(told.get("rowspan")), len(rows) - number)
            while any((number, column + more) in taken for more in range(width)):
                width -= 1
            taken |= {(number + down, column + right) for down in range(height) for right in range(width)}
            found.append(Spot(cell, number, column, height, width))
            column += width
    return found


def _span(told: str | None) -> int:
    return max(int(told), 1) if told and told.isdecimal() else 1


def _said(cell: Node) -> str:
    """Its words; those of two blocks don't touch."""
    return " ".join(_said(part) if isinstance(part, Node) else part for part in cell.parts)


def _shared(room: int, least: list[int], wished: list[int]) -> tuple[int, ...]:
    """What is left when every column has its least goes where it is wished; what is missing, all go without."""
    left = room - sum(least)
    if left < 0:
        shares = [room * own // sum(least) for own in least]
    else:
        more = [1 + wish - own for wish, own in zip(wished, least, strict=True)]
        shares = [own + left * extra // sum(more) for own, extra in zip(least, more, strict=True)]
    shares[-1] += room - sum(shares)
    return tuple(shares)
