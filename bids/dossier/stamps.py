"""Running heads, page numbers, digests and watermarks: stamped on finished pages as artifacts.

Stamping after the sections are bound keeps each section free of its place in the whole: page
numbers are right without setting anything twice, and screen readers skip what is stamped.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String

from bids.dossier.long.face import to_unicode, with_letters
from bids.dossier.pdf import FONTS

SIZE = 8
MARGIN = 51.02  # 18 mm
LINE = 9.6
FOOT_RULE = 57.0
HEAD_FROM_TOP = 37.0
GREY = "0.33 0.33 0.36"
BLUE = "0.043 0.31 0.541"
AMBER = "0.55 0.27 0"
RED = "0.7 0.1 0.1"


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands on every page; `page_of` has `%(page)s` and `%(pages)s`."""

    foot: tuple[str, ...]
    page_of: str
    note: str = ""
    watermark: str = ""

    @property
    def letters(self) -> str:
        return "".join((*self.foot, self.page_of, self.note, self.watermark, "0123456789? "))


class Stamper:
    """A small embedded font with just the letters that are stamped, and the lines set in it."""

    def __init__(self, book: pikepdf.Pdf, marks: Marks, heads: list[str]) -> None:
        self.book = book
        self.marks = marks
        program, font = with_letters(FONTS / "Arimo-Regular.ttf", marks.letters + "".join(heads))
        per_em = 1000 / font["head"].unitsPerEm
        names = font.getBestCmap()
        self.glyphs = {chr(code): font.getGlyphID(name) for code, name in names.items()}
        self.widths = {chr(code): font["hmtx"][name][0] * per_em for code, name in names.items()}
        self.font = _embed(book, program, font, self.glyphs, self.widths)
        self.veil = book.make_indirect(Dictionary(Type=Name.ExtGState, ca=0.13))
        self.open = Stream(book, b"q\n")

    def stamp(self, page: pikepdf.Page, head: str, number: int, pages: int) -> None:
        """Add head, foot, note and watermark to one page, leaving its own content as it is."""
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        width, height = right - left, top - bottom
        page_of = self.marks.page_of % {"page": number, "pages": pages}
        drawn = "Q\n" + self._foot(width, page_of) + self._head(width, height, head) + self._watermark(width, height)
        contents = page.obj.Contents
        own = list(contents) if isinstance(contents, Array) else [contents]
        page.obj.Contents = Array([self.open, *own, Stream(self.book, drawn.encode())])
        _lend(page.obj.Resources, "/Font", "/FStamp", self.font)
        if self.marks.watermark:  # transparency, which nobody must look for where there is none
            _lend(page.obj.Resources, "/ExtGState", "/GVeil", self.veil)

    def _head(self, width: float, height: float, head: str) -> str:
        if not head:
            return ""
        y = height - HEAD_FROM_TOP
        return _artifact("Header", self._line(self._cut(head, width - 2 * MARGIN), MARGIN, y, BLUE))

    def _foot(self, width: float, page_of: str) -> str:
        lines = [f"0.75 0.78 0.84 RG 0.5 w {MARGIN:.2f} {FOOT_RULE} m {width - MARGIN:.2f} {FOOT_RULE} l S\n"]
        y = FOOT_RULE - 12
        lines.append(self._line(page_of, width - MARGIN - self._width(page_of), y, GREY))
        for text in self.marks.foot:
            lines.append(self._line(text, MARGIN, y, GREY))
            y -= LINE
        for text in self._balanced(self.marks.note, width - 2 * MARGIN):
            lines.append(self._line(text, MARGIN, y, AMBER))
            y -= LINE
        return _artifact("Footer", "".join(lines))

    def _watermark(self, width: float, height: float) -> str:
        text = self.marks.watermark
        if not text:
            return ""
        angle = math.atan2(height, width)
        size = min(150.0, 0.68 * math.hypot(width, height) * 1000 / sum(self.widths[letter] for letter in text))
        cos, sin, half = math.cos(angle), math.sin(angle), self._width(text, size) / 2
        x, y = width / 2 - half * cos + size * 0.35 * sin, height / 2 - half * sin - size * 0.35 * cos
        matrix = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {y:.2f}"
        shown = f"/GVeil gs BT {RED} rg /FStamp {size:.2f} Tf {matrix} Tm {self._codes(text)} Tj ET\n"
        return _artifact("Watermark", shown)

    def _line(self, text: str, x: float, y: float, colour: str) -> str:
        return f"BT {colour} rg /FStamp {SIZE} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm {self._codes(text)} Tj ET\n"

    def _codes(self, text: str) -> str:
        return "<" + "".join(f"{self.glyphs.get(letter, self.glyphs['?']):04x}" for letter in text) + ">"

    def _width(self, text: str, size: float = SIZE) -> float:
        return sum(self.widths.get(letter, self.widths["?"]) for letter in text) * size / 1000

    def _cut(self, text: str, room: float) -> str:
        while text and self._width(text) > room:
            text = text[:-1]
        return text

    def _balanced(self, text: str, room: float) -> list[str]:
        """In as few lines as there is room for, about equally long: no word stands alone on the last."""
        lines = self._wrapped(text, room)
        narrower = self._wrapped(text, self._width(text) / len(lines) * 1.1) if len(lines) > 1 else lines
        return narrower if len(narrower) == len(lines) else lines

    def _wrapped(self, text: str, room: float) -> list[str]:
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._width(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


def _artifact(kind: str, drawn: str) -> str:
    return f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC\nq\n{drawn}Q\nEMC\n"


def _lend(resources: pikepdf.Object, kind: str, name: str, what: pikepdf.Object) -> None:
    if kind not in resources:
        resources[kind] = Dictionary()
    resources[kind][name] = what


def _embed(
    book: pikepdf.Pdf, program: bytes, font: TTFont, glyphs: dict[str, int], widths: dict[str, float]
) -> pikepdf.Object:
    per_em = 1000 / font["head"].unitsPerEm
    head, name = font["head"], Name("/TANDEM+Arimo")
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=4, ItalicAngle=0, StemV=80,
        FontBBox=[round(edge * per_em) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)],
        Ascent=round(font["hhea"].ascent * per_em), Descent=round(font["hhea"].descent * per_em),
        CapHeight=716, FontFile2=Stream(book, program, Length1=len(program)),
    )  # fmt: skip
    by_glyph = sorted((glyphs[letter], round(width, 2)) for letter, width in widths.items())
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, CIDToGIDMap=Name.Identity, DW=0,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=book.make_indirect(descriptor),
        W=Array([part for glyph, width in by_glyph for part in (glyph, Array([width]))]),
    )  # fmt: skip
    pairs = [f"<{glyph:04x}> <{letter.encode('utf-16-be').hex()}>" for letter, glyph in sorted(glyphs.items())]
    composed = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([book.make_indirect(descendant)]), ToUnicode=Stream(book, to_unicode(pairs)),
    )  # fmt: skip
    return book.make_indirect(composed)
