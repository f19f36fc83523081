"""A long table as a fragment: pages, one tag tree in which the table is one table, and its letters embedded.

Bands, rules and the heads repeated on later pages are artifacts, so that a screen reader meets each thing once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bids.dossier.long.drawing import FONTS, Page, lines_of, rectangle, text_of
from bids.dossier.long.objects import Objects
from bids.dossier.long.pages import (
    BLUE,
    CAPTION,
    HEIGHT,
    LEAD,
    MM,
    NUMBER,
    PART,
    ROOM,
    SIDE,
    TITLE,
    TOP,
    WIDTH,
    Box,
    Faces,
    Layout,
    Line,
    Row,
    Sheet,
    Style,
    laid_out,
)
from bids.dossier.long.table import LongTable

ZEBRA, SUM_BAND = "0.953 0.965 0.98", "0.91 0.937 0.969"


@dataclass(frozen=True, slots=True)
class Set:
    """What became of a table: its pages, and where title and caption stand on the first, in points from below."""

    pages: int
    title: tuple[str, float, float]
    caption: tuple[str, float, float]


class Writer:
    """Writes one table."""

    def __init__(self, table: LongTable, language: str) -> None:
        self.table = table
        self.language = language
        self.faces = Faces(language)
        self.objects = Objects()
        self.root, self.document, self.tag = (self.objects.add() for _ in range(3))
        self.head_tag, self.body_tag, self.pages_object = (self.objects.add() for _ in range(3))
        self.of_row = self.objects.add("<</O/Table/Scope/Row>>")
        self.of_column = self.objects.add("<</O/Table/Scope/Column>>")
        self.pages: list[Page] = []
        self.page_objects: list[int] = []
        self.before: list[int] = []  # tags before the table
        self.rows: list[int] = []
        self.open_row: tuple[int, list[int], list[list[str]]] = (-1, [], [])
        self.title_y = self.caption_y = TOP

    def write(self, target: Path) -> int:
        """Write the fragment; how many pages it has."""
        self._turn()
        begin, caption = self._introduce()
        layout, sheets = laid_out(self.table, self.faces, begin)
        for number, sheet in enumerate(sheets):
            if number:
                self._turn()
            if sheet.rows:
                self._write_sheet(layout, sheet)
        self._close_row()
        target.write_bytes(self.objects.written(self._finish(caption)))
        return len(self.pages)

    def _turn(self) -> None:
        self.pages.append(Page(len(self.pages)))
        self.page_objects.append(self.objects.add())

    # --- before the table ---------------------------------------------------------------------------

    def _introduce(self) -> tuple[float, int]:
        """Part, title, lead and caption; where the table begins, and the caption's tag."""
        y = TOP
        if self.table.part:
            y = self._paragraph("P", self.table.part.upper(), y, PART) + 1.5 * MM
        self.title_y = y
        y = self._paragraph("H1", self.table.title, y, TITLE) + 3 * MM
        self.pages[0].behind.append(f"{BLUE} rg {rectangle(SIDE, y, ROOM, 1.2)} f\n")
        y += 1.2 + 6 * MM
        if self.table.lead:
            y = self._paragraph("P", self.table.lead, y, LEAD) + 5 * MM
        self.caption_y = y
        return self._caption(y + 1.5 * MM)

    def _paragraph(self, role: str, text: str, y: float, style: Style) -> float:
        """A paragraph across the page; where it ends."""
        lines = self.faces.lines(text, ROOM, style)
        tag = self.objects.add()
        piece = self.pages[-1].say(role, tag, text_of(lines, SIDE, y))
        self.objects.put(tag, self._tag(role, self.document, f"/Pg {self.page_objects[-1]} 0 R/K {piece}"))
        self.before.append(tag)
        return y + style.line * len(lines)

    def _caption(self, y: float) -> tuple[float, int]:
        """The number in blue, the rest in the colour of headings; it is one text."""
        number = self.table.number
        lines = self.faces.lines(f"{number} {self.table.caption}".strip(), ROOM, CAPTION)
        counted = Line(lines[0].code[: 4 * len(number)], 0, NUMBER)
        rest = Line(lines[0].code[4 * len(number) :], 0, CAPTION)
        after = SIDE + self.faces.of["Bold"].width(number, CAPTION.size)
        drawn = text_of([counted], SIDE, y) + text_of([rest], after, y)
        drawn += text_of(lines[1:], SIDE, y + CAPTION.line)
        tag = self.objects.add()
        piece = self.pages[-1].say("Caption", tag, drawn)
        self.objects.put(tag, self._tag("Caption", self.tag, f"/Pg {self.page_objects[-1]} 0 R/K {piece}"))
        return y + CAPTION.line * len(lines) + 1.4 * MM, tag

    # --- the table -----------------------------------------------------------------------------------

    def _write_sheet(self, layout: Layout, sheet: Sheet) -> None:
        page = self.pages[-1]
        page.behind.append(f"{BLUE} rg {rectangle(SIDE, sheet.head_y, ROOM, layout.head_height)} f\n")
        self._write_head(page, layout, sheet.head_y)
        for row in sheet.rows:
            self._band(page, row)
            self._write_row(page, row, row.y + layout.above)

    def _write_head(self, page: Page, layout: Layout, y: float) -> None:
        """The first head is told, the others are only seen. Texts stand at the foot of a head."""
        drawn = []
        for box in layout.head:
            foot = y + layout.head_height - layout.height_of([box])
            drawn.append(lines_of(box, foot + layout.above))
        if self.rows:
            page.repeated += drawn
            return
        row = self.objects.add()
        cells = []
        for each in drawn:
            cell = self.objects.add()
            piece = page.say("TH", cell, each)
            told = f"/Pg {self.page_objects[-1]} 0 R/K {piece}/A {self.of_column} 0 R"
            self.objects.put(cell, self._tag("TH", row, told))
            cells.append(cell)
        self.objects.put(row, self._tag("TR", self.head_tag, _kids(cells)))
        self.objects.put(self.head_tag, self._tag("THead", self.tag, _kids([row])))

    def _band(self, page: Page, row: Row) -> None:
        if row.is_sum:
            page.behind.append(f"{SUM_BAND} rg {rectangle(SIDE, row.y, ROOM, row.height)} f\n")
            page.behind.append(f"{BLUE} rg {rectangle(SIDE, row.y, ROOM, 0.8)} f\n")
        elif row.index % 2:
            page.behind.append(f"{ZEBRA} rg {rectangle(SIDE, row.y, ROOM, row.height)} f\n")

    def _write_row(self, page: Page, row: Row, y: float) -> None:
        """The texts of a row, which begin at `y`. A row that goes on from the page before goes on in the same tags."""
        if self.open_row[0] != row.index:
            self._close_row()
            self.rows.append(self.objects.add())
            self.open_row = (row.index, [self.objects.add() for _ in row.boxes], [[] for _ in row.boxes])
        _, cells, pieces = self.open_row
        on = self.page_objects[-1]
        for box in row.boxes:
            if box.lines:
                piece = page.say("TH" if self._names(row, box) else "TD", cells[box.number], lines_of(box, y))
                pieces[box.number].append(f"<</Type/MCR/Pg {on} 0 R/MCID {piece}>>")
        self.last = row

    def _names(self, row: Row, box: Box) -> bool:
        return box.number == 0 if row.is_sum else self.table.columns[box.number].is_head

    def _close_row(self) -> None:
        index, cells, pieces = self.open_row
        if index < 0:
            return
        for box in self.last.boxes:
            told = f"/K[{''.join(pieces[box.number])}]"
            if not self._names(self.last, box):
                role = "TD"
            elif self.last.is_sum and self.table.sum:
                role, told = "TH", f"{told}/A<</O/Table/Scope/Row/ColSpan {self.table.sum.across}>>"
            else:
                role, told = "TH", f"{told}/A {self.of_row} 0 R"
            self.objects.put(cells[box.number], self._tag(role, self.rows[-1], told))
        self.objects.put(self.rows[-1], self._tag("TR", self.body_tag, _kids(cells)))

    # --- the file ------------------------------------------------------------------------------------

    def _finish(self, caption: int) -> int:
        objects = self.objects
        objects.put(self.body_tag, self._tag("TBody", self.tag, _kids(self.rows)))
        objects.put(self.tag, self._tag("Table", self.document, _kids([caption, self.head_tag, self.body_tag])))
        objects.put(self.document, self._tag("Document", self.root, _kids([*self.before, self.tag])))
        resources = objects.add(f"<</Font<<{' '.join(self._fonts())}>>>>")
        numbers = []
        for page, number in zip(self.pages, self.page_objects, strict=True):
            contents = objects.stream(page.contents().encode())
            objects.put(
                number,
                f"<</Type/Page/Parent {self.pages_object} 0 R/MediaBox[0 0 {WIDTH:.2f} {HEIGHT:.2f}]/Tabs/S"
                f"/Contents {contents} 0 R/Resources {resources} 0 R/StructParents {page.number}>>",
            )
            owners = objects.add(f"[{_references(page.owners)}]")
            numbers.append(f"{page.number} {owners} 0 R")
        objects.put(
            self.pages_object,
            f"<</Type/Pages/Count {len(self.pages)}/Kids[{_references(self.page_objects)}]>>",
        )
        parents = objects.add(f"<</Nums[{' '.join(numbers)}]>>")
        objects.put(
            self.root,
            f"<</Type/StructTreeRoot/K[{self.document} 0 R]/ParentTree {parents} 0 R"
            f"/ParentTreeNextKey {len(self.pages)}>>",
        )
        return objects.add(
            f"<</Type/Catalog/Lang({self.language})/Pages {self.pages_object} 0 R/StructTreeRoot {self.root} 0 R"
            "/MarkInfo<</Marked true>>>>"
        )

    def _fonts(self) -> Iterable[str]:
        for name, face in self.faces.of.items():
            if face.used:
                yield f"{FONTS[name]} {self.objects.font(face)} 0 R"

    def _tag(self, role: str, parent: int, told: str) -> str:
        return f"<</Type/StructElem/S/{role}/P {parent} 0 R{told}>>"


def _kids(tags: list[int]) -> str:
    return f"/K[{_references(tags)}]"


def _references(numbers: list[int]) -> str:
    return " ".join([f"{number} 0 R" for number in numbers])


def set_long_table(text: str, language: str, target: Path) -> Set:
    """Write the table told as JSON to `target`; the same text gives the same bytes."""
    table = LongTable.from_json(text)
    writer = Writer(table, language)
    pages = writer.write(target)
    left = round(SIDE, 2)
    caption = f"{table.number} {table.caption}".strip()
    return Set(
        pages,
        (table.title, left, round(HEIGHT - writer.title_y, 2)),
        (caption, left, round(HEIGHT - writer.caption_y, 2)),
    )
