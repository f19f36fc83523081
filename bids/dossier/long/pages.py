"""Where everything of a long table stands: pages of rows, measured in points as `templates/dossier/print.css` measures.

Heights count downward from the top of a page, as one writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bids.dossier.long.face import Face
from bids.dossier.long.table import Cell, LongTable

MM = 72 / 25.4
WIDTH, HEIGHT = 297 * MM, 210 * MM
TOP, SIDE, BOTTOM = 22 * MM, 18 * MM, 25 * MM
ROOM = WIDTH - 2 * SIDE
SIZE, LINE = 8.5, 10.4
BESIDE, ABOVE = 1.2 * MM, 0.75 * MM  # between a cell's text and its edges
CLOSER = 0.5 * MM  # above a text where rows are set closer, so that a few of them need no page of their own
COMPANY = 4  # rows that a last page has at least, the sum among them


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is written; `face` names one of the faces of `Faces`."""

    face: str
    size: float
    line: float
    colour: str
    spacing: float = 0.0

    @property
    def baseline(self) -> float:
        """From the top of a line to the feet of its letters: Arimo's ascent and descent, centred in the line."""
        return (self.line + (1854 - 434) / 2048 * self.size) / 2


INK, WHITE, NAVY, BLUE = "0.106 0.141 0.188", "1 1 1", "0.039 0.165 0.302", "0.043 0.31 0.541"
PART = Style("Regular", 8.5, 11.9, "0.294 0.396 0.502", spacing=0.51)
TITLE = Style("Bold", 20, 24, NAVY)
LEAD = Style("Regular", 11, 15.4, "0.2 0.278 0.361")
NUMBER = Style("Bold", 9, 11.25, BLUE)
CAPTION = Style("Bold", 9, 11.25, NAVY)
HEAD = Style("Bold", SIZE, LINE, WHITE)
TEXT = Style("Regular", SIZE, LINE, INK)
STRONG = Style("Bold", SIZE, LINE, INK)
REMARK = Style("Italic", SIZE, LINE, INK)


class Faces:
    """The three faces a long table is set in, and what was measured before: most texts come many times."""

    def __init__(self, language: str) -> None:
        self.of = {name: Face(name, language) for name in ("Regular", "Bold", "Italic")}
        self._lines: dict[tuple[str, str, float, float], list[Line]] = {}

    def lines(self, text: str, room: float, style: Style) -> list[Line]:
        key = (text, style.face, style.size, room)
        found = self._lines.get(key)
        if found is None:
            face = self.of[style.face]
            texts = face.lines(text, room, style.size)
            found = [Line(face.code(line), face.width(line.rstrip(), style.size), style) for line in texts]
            self._lines[key] = found
        return found


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text as glyphs, and how wide it is without the space at its end."""

    code: str
    width: float
    style: Style


@dataclass(frozen=True, slots=True)
class Box:
    """A cell's lines and where they begin; `number` counts the cells of its row."""

    number: int
    x: float
    room: float
    lines: list[Line]
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row, or what of it fits on a page. `index` counts the rows; the sum has the last one."""

    index: int
    y: float
    height: float
    boxes: list[Box]
    is_sum: bool = False


@dataclass(slots=True)
class Sheet:
    """One page: what stands before the table, where its head stands, and its rows."""

    head_y: float
    rows: list[Row] = field(default_factory=list)


class Grid:
    """The columns of a table in their places."""

    def __init__(self, table: LongTable) -> None:
        fixed = sum(column.width or 0 for column in table.columns)
        shares = sum(1 for column in table.columns if column.width is None)
        widths = [(ROOM - fixed) / shares if column.width is None else column.width for column in table.columns]
        scale = ROOM / sum(widths)
        self.widths = [width * scale for width in widths]
        self.edges = [SIDE + sum(self.widths[:number]) for number in range(len(widths) + 1)]

    def box(self, number: int, first: int, last: int, lines: list[Line], is_number: bool) -> Box:
        """A cell from the first column to the last."""
        return Box(number, self.edges[first] + BESIDE, self.room(first, last), lines, is_number)

    def room(self, first: int, last: int) -> float:
        return self.edges[last + 1] - self.edges[first] - 2 * BESIDE


class Layout:
    """A long table on its pages."""

    def __init__(self, table: LongTable, faces: Faces, above: float = ABOVE) -> None:
        self.table = table
        self.faces = faces
        self.above = above
        self.grid = Grid(table)
        self.head = self._head()
        self.head_height = self.height_of(self.head)

    def height_of(self, boxes: list[Box]) -> float:
        return max(len(box.lines) for box in boxes) * LINE + 2 * self.above

    def pages(self, begin: float) -> list[Sheet]:
        """All pages; on the first one the table begins so far below the top."""
        sheets = [Sheet(begin)]
        y = begin + self.head_height
        for index, boxes, is_sum in self._rows():
            while True:
                height, left = self.height_of(boxes), HEIGHT - BOTTOM - y
                if height <= left:
                    sheets[-1].rows.append(Row(index, y, height, boxes, is_sum))
                    y += height
                    break
                fit = int((left - 2 * self.above) / LINE)
                if sheets[-1].rows or height <= self._most() or fit < 1:
                    sheets.append(Sheet(TOP))
                else:  # taller than any page: as much as fits, the rest on the next
                    part = [_cut(box, 0, fit) for box in boxes]
                    sheets[-1].rows.append(Row(index, y, self.height_of(part), part, is_sum))
                    boxes = [_cut(box, fit, None) for box in boxes]
                    sheets.append(Sheet(TOP))
                y = TOP + self.head_height
        self._keep_company(sheets)
        return sheets

    def _keep_company(self, sheets: list[Sheet]) -> None:
        """The last rows, often with the sum, take those before them along to their page."""
        if len(sheets) < 2:
            return
        before, last = sheets[-2:]
        while self._wants_company(before, last):
            last.rows.insert(0, before.rows.pop())
        y = TOP + self.head_height
        for place, row in enumerate(last.rows):
            last.rows[place] = replace(row, y=y)
            y += row.height

    def _wants_company(self, before: Sheet, last: Sheet) -> bool:
        if len(last.rows) >= COMPANY or len(before.rows) <= len(last.rows) + 1:
            return False
        is_one_row = before.rows[-1].index == last.rows[0].index
        return not is_one_row and sum(row.height for row in (before.rows[-1], *last.rows)) <= self._most()

    def _most(self) -> float:
        return HEIGHT - TOP - BOTTOM - self.head_height

    def _head(self) -> list[Box]:
        boxes = []
        for number, column in enumerate(self.table.columns):
            lines = self.faces.lines(column.title, self.grid.room(number, number), HEAD)
            boxes.append(self.grid.box(number, number, number, lines, column.is_number))
        return boxes

    def _rows(self) -> Iterator[tuple[int, list[Box], bool]]:
        for index, row in enumerate(self.table.rows):
            yield index, [self._box(number, cell) for number, cell in enumerate(row)], False
        if self.table.sum:
            yield len(self.table.rows), self._sum(), True

    def _box(self, number: int, cell: Cell) -> Box:
        column, room = self.table.columns[number], self.grid.room(number, number)
        text, remark = (cell, "") if isinstance(cell, str) else cell
        lines = self._lines(text, room, STRONG if column.is_head else TEXT, column.is_number)
        if remark:
            lines = lines + self.faces.lines(remark, room, REMARK)
        return self.grid.box(number, number, number, lines, column.is_number)

    def _sum(self) -> list[Box]:
        total = self.table.sum
        assert total
        last = total.across - 1
        boxes = [self.grid.box(0, 0, last, self.faces.lines(total.label, self.grid.room(0, last), STRONG), False)]
        for number, cell in enumerate(total.cells, start=total.across):
            is_number = self.table.columns[number].is_number
            lines = self._lines(cell, self.grid.room(number, number), STRONG, is_number)
            boxes.append(self.grid.box(len(boxes), number, number, lines, is_number))
        return boxes

    def _lines(self, text: str, room: float, style: Style, is_number: bool) -> list[Line]:
        """Texts are broken; a number never is: a broken one could be read as two, so it is written smaller."""
        width = self.faces.of[style.face].width(text, style.size) if is_number else 0
        return self.faces.lines(text, room, replace(style, size=style.size * room / width) if width > room else style)


def _cut(box: Box, start: int, end: int | None) -> Box:
    return Box(box.number, box.x, box.room, box.lines[start:end], box.is_number)


def laid_out(table: LongTable, faces: Faces, begin: float) -> tuple[Layout, list[Sheet]]:
    """A table on its pages; where a few rows would need a last page, all rows are set closer if that saves it."""
    layout = Layout(table, faces)
    sheets = layout.pages(begin)
    if len(sheets) > 1 and len(sheets[-1].rows) <= COMPANY:
        closer = Layout(table, faces, CLOSER)
        fewer = closer.pages(begin)
        if len(fewer) < len(sheets):
            return closer, fewer
    return layout, sheets
