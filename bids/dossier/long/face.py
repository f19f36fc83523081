"""The faces of a long table: how wide each text is, how it is broken into lines, and the font file with its letters."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pyphen
from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[3] / "static" / "vendor" / "arimo"
DROPPED = ("GSUB", "GPOS", "GDEF", "kern", "STAT")  # how letters join and stand beside each other
BREAKS_AFTER = re.compile(r"(?<=\w[-–—/])(?=\w)")
BLANKS = re.compile(r"[ \t\n\r]+")  # a no-break space is none of them
HYPHEN = "-"


class Face:
    """One font file, for measuring; `embedded` gives the letters that were used."""

    def __init__(self, name: str, language: str) -> None:
        self.name = name
        self._path = FONTS / f"Arimo-{name}.ttf"
        font = TTFont(self._path, lazy=True)
        self.per_em = 1000 / font["head"].unitsPerEm
        letters, widths = font.getBestCmap(), font["hmtx"].metrics
        self.widths = {chr(code): widths[name][0] * self.per_em for code, name in letters.items()}
        self.codes = {chr(code): f"{font.getGlyphID(name):04x}" for code, name in letters.items()}
        self.used: set[str] = set()
        self._hyphens = pyphen.Pyphen(lang=pyphen.language_fallback(language) or "en")

    def width(self, text: str, size: float) -> float:
        widths = self.widths
        return sum([widths[letter] for letter in text]) * size / 1000

    def code(self, text: str) -> str:
        """The glyphs of a text, as a PDF shows them."""
        self.used.update(text)
        codes = self.codes
        return "".join([codes[letter] for letter in text])

    def lines(self, text: str, room: float, size: float) -> list[str]:
        """The text in lines that fit, none of it left out.

        A line that ends where a space stood keeps it, so that what is copied or read aloud keeps its words apart.
        """
        text = BLANKS.sub(" ", text).strip()
        if self.width(text, size) <= room:
            return [text]
        lines, line = [], ""
        for piece in _pieces(text):
            if line and self.width(line + piece.rstrip(), size) > room:
                lines.append(line)
                line = ""
            rest = piece
            while not line and len(rest) > 1 and self.width(rest.rstrip(), size) > room:
                head, rest = self._hyphenated(rest, room, size) or self._cut(rest, room, size)
                lines.append(head)
            line += rest
        return [*lines, line]

    def _hyphenated(self, word: str, room: float, size: float) -> tuple[str, str] | None:
        for head, rest in self._hyphens.iterate(word):
            if self.width(head + HYPHEN, size) <= room:
                return head + HYPHEN, rest
        return None

    def _cut(self, word: str, room: float, size: float) -> tuple[str, str]:
        end = 1
        while self.width(word[: end + 1], size) <= room:
            end += 1
        return word[:end], word[end:]

    def embedded(self) -> EmbeddedFont:
        """The font with just the letters that were used."""
        program, font = with_letters(self._path, "".join(sorted(self.used)), retain_gids=True)
        return EmbeddedFont(self, program, font)


def with_letters(path: Path, letters: str, **options: bool) -> tuple[bytes, TTFont]:
    """A font file with just these letters, and what it says of itself; `options` are those of fontTools."""
    font = TTFont(path, recalcTimestamp=False, lazy=True)
    for tag in DROPPED:
        if tag in font:
            del font[tag]  # here, because the subsetter takes all of it apart before it drops it
    subsetter = subset.Subsetter(subset.Options(hinting=False, notdef_outline=True, name_IDs=[], **options))
    subsetter.populate(text=letters)
    subsetter.subset(font)
    written = io.BytesIO()
    font.save(written)
    return written.getvalue(), font


class EmbeddedFont:
    """The objects of a PDF that say what a face looks like."""

    def __init__(self, face: Face, program: bytes, font: TTFont) -> None:
        self.program = program
        self.name = f"TANDEM+Arimo-{face.name}".removesuffix("-Regular")
        head, lines, per_em = font["head"], font["hhea"], face.per_em
        self.box = " ".join(str(round(edge * per_em)) for edge in (head.xMin, head.yMin, head.xMax, head.yMax))
        self.ascent, self.descent = round(lines.ascent * per_em), round(lines.descent * per_em)
        self.slant = f"{font['post'].italicAngle:g}"
        self.cap_height = round(font["OS/2"].sCapHeight * per_em)
        used = {
            face.codes[letter]: letter for letter in sorted(face.used, reverse=True)
        }  # a space before a no-break space
        self.widths = " ".join(f"{int(code, 16)} [{face.widths[used[code]]:.3f}]" for code in sorted(used))
        self.letters = to_unicode([f"<{code}> <{used[code].encode('utf-16-be').hex()}>" for code in sorted(used)])


def _pieces(text: str) -> list[str]:
    """What must stay on one line, each with the space after it."""
    words = text.replace(" ", " \0").split("\0")
    return [piece for word in words for piece in BREAKS_AFTER.split(word)]


def to_unicode(pairs: list[str]) -> bytes:
    """The map that lets a reader copy and search."""
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{body}endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
