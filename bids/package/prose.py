"""The formatting of a chapter as that of a word processor: headings, lists, tables, links; nothing left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bids.package.grid import Grid, grid_of
from bids.package.stationery import LINK, MONOSPACE, TABLE
from bids.prose.tree import BLOCKS, BOXES, Node

WIDEST_TABLE = 63  # a file with more columns is broken for Word
DEEPEST_LIST = 3  # styles of the word processor go no deeper
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WAYS = ("bold", "italic", "underline", "strike", "subscript", "superscript")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
RULE = f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'


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
    link: bool = False
    language: str = ""


LOOKS: dict[str, dict[str, Any]] = {
    "strong": {"bold": True}, "b": {"bold": True}, "em": {"italic": True}, "i": {"italic": True},
    "u": {"underline": True}, "s": {"strike": True}, "sub": {"subscript": True}, "sup": {"superscript": True},
    "code": {"code": True},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: into a document or a cell `width` EMU wide, below `depth` lists, in which style."""

    holder: Any
    width: int
    look: Look = field(default_factory=Look)
    style: str = ""
    depth: int = 0


class Pen:
    """Writes trees (`bids.prose.tree`) into one document.

    The ids of its styles are looked up once: the library walks through all of them for each paragraph.
    """

    def __init__(self, document: Any) -> None:
        self._numbering = document.part.numbering_part.element
        self._styles = {style.name: style for style in document.styles}
        self._ids = {name: style.style_id for name, style in self._styles.items()}

    def paragraph(self, place: Place, style: str = "") -> Paragraph:
        """An empty paragraph in this style, else in that of the place."""
        paragraph: Paragraph = place.holder.add_paragraph()
        if name := style or place.style:
            paragraph._p.get_or_add_pPr().style = self._ids[name]
        return paragraph

    def table(self, place: Place, widths: tuple[int, ...], height: int) -> list[list[Any]]:
        """An empty grid: the elements of its cells, row by row. Columns are as wide as `widths` (EMU)."""
        table = place.holder.add_table(height, len(widths))._tbl
        table.tblStyle_val = self._ids[TABLE]
        for column, width in zip(table.tblGrid.gridCol_lst, widths, strict=True):
            column.w = width
        for row in table.tr_lst:
            row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, width in zip(row.tc_lst, widths, strict=True):
                cell.width = width
        return [row.tc_lst for row in table.tr_lst]

    def write(self, node: Node, place: Place) -> None:
        """The parts of a node, one below the other."""
        words: list[Node | str] = []
        for part in [*node.parts, None]:
            if part is not None and not (isinstance(part, Node) and part.tag in BLOCKS | BOXES):
                words.append(part)
                continue
            if words:
                _words(self.paragraph(place), words, place.look)
                words = []
            if part is not None:
                self._block(part, place)

    def _block(self, node: Any, place: Place) -> None:
        match node.tag:
            case "ul" | "ol":
                self._list(node, place)
            case "table":
                self._table(node, place)
            case "hr":
                self.paragraph(place)._p.get_or_add_pPr().append(parse_xml(RULE))
            case "pre":
                _words(self.paragraph(place, "No Spacing"), node.parts, replace(place.look, code=True))
            case "blockquote":
                self.write(node, replace(place, style="Quote"))
            case tag if tag in HEADINGS:
                _words(self.paragraph(place, f"Heading {tag[1]}"), node.parts, place.look)
            case _:
                _words(self.paragraph(place), node.parts, place.look)

    def _list(self, node: Node, place: Place) -> None:
        """Each list of numbers begins anew, or with the number it was given."""
        level = min(place.depth + 1, DEEPEST_LIST)
        deeper = f" {level}" if level > 1 else ""
        style = ("List Number" if node.tag == "ol" else "List Bullet") + deeper
        number = self._numbers(style, int(dict(node.attributes).get("start") or 1)) if node.tag == "ol" else None
        inside = replace(place, style=f"List Continue{deeper}", depth=place.depth + 1)
        for item in node.nodes:
            words, others = _first_line(item)
            paragraph = self.paragraph(place, style)
            if number is not None:
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_numId().val = number
                properties.get_or_add_ilvl().val = 0
            _words(paragraph, words, place.look)
            self.write(Node("", (), others), inside)

    def _numbers(self, style: str, start: int) -> int:
        """A list of its own that counts from `start` as this style counts."""
        used = self._styles[style].element.pPr.numPr.numId.val
        number = self._numbering.add_num(self._numbering.num_having_numId(used).abstractNumId.val)
        number.add_lvlOverride(ilvl=0).add_startOverride(start)
        return int(number.numId)

    def _table(self, node: Node, place: Place) -> None:
        """A grid, with cells that span joined; one cell below the other where it has more columns than there can be."""
        grid = grid_of(node)
        for caption in (part for part in node.nodes if part.tag == "caption"):
            self.write(caption, replace(place, style="Caption"))
        if not grid.spots:
            return
        if grid.width > WIDEST_TABLE:
            for spot in grid.spots:
                self.write(spot.node, place)
            return
        widths = grid.widths(place.width)
        cells = self.table(place, widths, grid.height)
        self._fill(grid, cells, widths, place)
        for number in grid.heads:  # stand again at the top of each page
            cells[number][0].getparent().get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        if not isinstance(place.holder, _Cell):  # where the library adds what must stand below a table
            self.paragraph(place, "No Spacing")

    def _fill(self, grid: Grid, cells: list[list[Any]], widths: tuple[int, ...], place: Place) -> None:
        for spot in grid.spots:
            cell = cells[spot.row][spot.column]
            if spot.height > 1 or spot.width > 1:
                cell.merge(cells[spot.row + spot.height - 1][spot.column + spot.width - 1])
            look = replace(place.look, bold=place.look.bold or spot.node.tag == "th")
            width = sum(widths[spot.column : spot.column + spot.width])
            self._cell(spot.node, Place(_Cell(cell, place.holder), width, look))

    def _cell(self, node: Node, place: Place) -> None:
        first = place.holder.paragraphs[0]
        if any(part.tag in BLOCKS for part in node.nodes):
            self.write(node, place)
            first._p.getparent().remove(first._p)
        else:
            _words(first, node.parts, place.look)


def _first_line(item: Node) -> tuple[list[Node | str], list[Node | str]]:
    """What stands beside the bullet or number of an item, and what stands below."""
    end = next((at for at, part in enumerate(item.parts) if isinstance(part, Node) and part.tag in BLOCKS), None)
    if end is None:
        return item.parts, []
    first = item.parts[0]
    if end == 0 and isinstance(first, Node) and first.tag == "p":
        return first.parts, item.parts[1:]
    return item.parts[:end], item.parts[end:]


def _words(paragraph: Paragraph, parts: list[Node | str], look: Look) -> None:
    for part in parts:
        if isinstance(part, str):
            _dress(_say(paragraph, plain(part)), look)
        elif part.tag == "br":
            paragraph.add_run().add_break()
        elif part.tag == "a":
            _link(paragraph, part, look)
        else:
            _words(paragraph, part.parts, replace(look, **LOOKS.get(part.tag, {})))


def _link(paragraph: Paragraph, node: Node, look: Look) -> None:
    before = len(paragraph._p)
    _words(paragraph, node.parts, replace(look, link=True))
    address = dict(node.attributes).get("href", "")
    if not address:
        return
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    for run in list(paragraph._p)[before:]:
        link.append(run)
    paragraph._p.append(link)


def plain(words: str) -> str:
    """Without the signs no XML may hold."""
    return FORBIDDEN.sub("", words)


def _say(paragraph: Paragraph, words: str) -> Run:
    """A run with these words; the library goes through them sign by sign, which only lines and tabs need."""
    if "\n" in words or "\t" in words:
        return paragraph.add_run(words)
    run = paragraph.add_run()
    run._r.add_t(words)
    return run


def _dress(run: Run, look: Look) -> None:
    if look.link:
        run._r.style = LINK
    for way in WAYS:
        if getattr(look, way):
            setattr(run.font, way, True)
    if look.code:
        run.font.name = MONOSPACE
    if look.language:
        tongue = OxmlElement("w:lang")
        tongue.set(qn("w:val"), look.language)
        run._r.get_or_add_rPr().append(tongue)
