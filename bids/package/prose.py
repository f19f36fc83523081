"""The formatting of a chapter as that of a word processor: headings, lists, tables, links; nothing left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bids.prose.tree import BLOCKS, BOXES, Node

DEEPEST_LIST = 3  # styles of the word processor go no deeper
MONOSPACE = "Courier New"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WAYS = ("bold", "italic", "underline", "strike", "subscript", "superscript")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Look:
    """How the words of a run look."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    subscript: bool = False
    superscript: bool = False
    code: bool = False
    language: str = ""


LOOKS: dict[str, dict[str, Any]] = {
    "strong": {"bold": True}, "b": {"bold": True}, "em": {"italic": True}, "i": {"italic": True},
    "u": {"underline": True}, "s": {"strike": True}, "sub": {"subscript": True}, "sup": {"superscript": True},
    "code": {"code": True},
}  # fmt: skip


class Pen:
    """Writes a tree (`bids.prose.tree`) into a document, or into a cell of one."""

    def __init__(self, document: Any, language: str) -> None:
        self.document = document
        self.look = Look(language=language)

    def write(self, node: Node, place: Any, depth: int = 0) -> None:
        """The parts of a node, one below the other."""
        words: list[Node | str] = []
        for part in [*node.parts, None]:
            if part is not None and not (isinstance(part, Node) and part.tag in BLOCKS | BOXES):
                words.append(part)
                continue
            if words:
                self._words(place.add_paragraph(), words, self.look)
                words = []
            if part is not None:
                self._block(part, place, depth)

    def _block(self, node: Any, place: Any, depth: int) -> None:
        match node.tag:
            case "ul" | "ol":
                self._list(node, place, depth)
            case "table":
                self._table(node, place)
            case "hr":
                place.add_paragraph("* * *").alignment = 1
            case "pre":
                self._words(place.add_paragraph(style="No Spacing"), node.parts, replace(self.look, code=True))
            case "blockquote":
                self._quote(node, place)
            case tag if tag in HEADINGS:
                self._words(place.add_paragraph(style=f"Heading {tag[1]}"), node.parts, self.look)
            case _:
                self._words(place.add_paragraph(), node.parts, self.look)

    def _quote(self, node: Node, place: Any) -> None:
        for part in node.parts:
            if isinstance(part, Node) and part.tag in BLOCKS - {"p"}:
                self._block(part, place, 0)
            else:
                words = part.parts if isinstance(part, Node) and part.tag == "p" else [part]
                self._words(place.add_paragraph(style="Quote"), words, self.look)

    def _list(self, node: Node, place: Any, depth: int) -> None:
        """Each list of numbers begins anew, or with the number it was given."""
        level = min(depth + 1, DEEPEST_LIST)
        style = ("List Number" if node.tag == "ol" else "List Bullet") + (f" {level}" if level > 1 else "")
        number = self._numbering(style, int(dict(node.attributes).get("start") or 1)) if node.tag == "ol" else None
        for item in node.nodes:
            words = [part for part in item.parts if not (isinstance(part, Node) and part.tag in BLOCKS)]
            first = item.nodes[0] if not words and item.nodes and item.nodes[0].tag == "p" else None
            paragraph = place.add_paragraph(style=style)
            if number is not None:
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_numId().val = number
                properties.get_or_add_ilvl().val = 0
            self._words(paragraph, first.parts if first else words, self.look)
            for part in item.nodes:
                if part.tag in BLOCKS and part is not first:
                    self._block(part, place, depth + 1)

    def _numbering(self, style: str, start: int) -> int:
        numbering = self.document.part.numbering_part.element
        used = self.document.styles[style].element.pPr.numPr.numId.val
        abstract = numbering.num_having_numId(used).abstractNumId.val
        number = numbering.add_num(abstract)
        number.add_lvlOverride(ilvl=0).add_startOverride(start)
        return int(number.numId)

    def _table(self, node: Node, place: Any) -> None:
        """A grid; cells that span are joined."""
        rows = [(row, part.tag) for part in node.nodes for row in (part.nodes if part.tag != "tr" else [part])]
        rows = [(row, part) for row, part in rows if row.tag == "tr"]
        for caption in (part for part in node.nodes if part.tag == "caption"):
            self._words(place.add_paragraph(style="Caption"), caption.parts, self.look)
        spots = _spots([row for row, _ in rows])
        if not spots:
            return
        height = max(spot.row + spot.height for spot in spots)
        width = max(spot.column + spot.width for spot in spots)
        table = place.add_table(height, width)
        table.style = "Table Grid"
        for spot in spots:
            cell = table.cell(spot.row, spot.column)
            if spot.height > 1 or spot.width > 1:
                cell = cell.merge(table.cell(spot.row + spot.height - 1, spot.column + spot.width - 1))
            self._cell(spot.node, cell)
        for number, (_, part) in enumerate(rows):
            if part == "thead":  # stands again at the top of each page
                table.rows[number]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        place.add_paragraph()

    def _cell(self, node: Node, cell: Any) -> None:
        look, self.look = self.look, replace(self.look, bold=self.look.bold or node.tag == "th")
        try:
            if any(part.tag in BLOCKS for part in node.nodes):
                empty = cell.paragraphs[0]
                self.write(node, cell)
                empty._p.getparent().remove(empty._p)
                if cell._tc[-1].tag != qn("w:p"):  # a cell ends with a paragraph, or the file is broken
                    cell.add_paragraph()
            else:
                self._words(cell.paragraphs[0], node.parts, self.look)
        finally:
            self.look = look

    def _words(self, paragraph: Paragraph, parts: list[Node | str], look: Look) -> None:
        for part in parts:
            if isinstance(part, str):
                _dress(paragraph.add_run(plain(part)), look)
            elif part.tag == "br":
                paragraph.add_run().add_break()
            elif part.tag == "a":
                self._link(paragraph, part, look)
            else:
                self._words(paragraph, part.parts, replace(look, **LOOKS.get(part.tag, {})))

    def _link(self, paragraph: Paragraph, node: Node, look: Look) -> None:
        before = len(paragraph._p)
        self._words(paragraph, node.parts, replace(look, underline=True))
        address = dict(node.attributes).get("href", "")
        if not address:
            return
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        for run in list(paragraph._p)[before:]:
            link.append(run)
        paragraph._p.append(link)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell stands in the grid, and how much of it it takes."""

    node: Node
    row: int
    column: int
    height: int
    width: int


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


def plain(words: str) -> str:
    """Without the signs no XML may hold."""
    return FORBIDDEN.sub("", words)


def _dress(run: Run, look: Look) -> None:
    font = run.font
    for way in WAYS:
        if getattr(look, way):
            setattr(font, way, True)
    if look.code:
        font.name = MONOSPACE
    if look.language:
        tongue = OxmlElement("w:lang")
        tongue.set(qn("w:val"), look.language)
        run._r.get_or_add_rPr().append(tongue)
