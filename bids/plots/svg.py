"""Drawing by numbers: SVG elements as a tree, so that every text is escaped by construction.

Colours are presentation attributes, for paper; on screens the classes of `static/css/plots.css`
come before them. No ids: a page may hold any number of plots.
"""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from xml.etree import ElementTree as Tree

from django.utils.safestring import SafeString

from bids.plots.palette import EDGE, INK, Tone

NAMESPACE = "http://www.w3.org/2000/svg"
FONT = "Arimo, Arial, sans-serif"
TEXT = 13
SMALL = 12.25  # on paper, where a plot takes half the width, 8.5 points

Number = float | Fraction | int


class Canvas:
    """One drawing of a known width whose height is known when it is finished."""

    def __init__(self, width: int, title: str, description: str, *, look: str = "plot") -> None:
        self.width = width
        self.root = Tree.Element("svg", {"xmlns": NAMESPACE, "class": look, "role": "img", "font-family": FONT})
        Tree.SubElement(self.root, "title").text = printable(title)
        Tree.SubElement(self.root, "desc").text = printable(description)

    def add(self, tag: str, look: str, tip: str = "", /, **attributes: str | Number) -> Tree.Element:
        """One shape; `tip` is what a pointer resting on it reads."""
        named = {name.replace("_", "-"): number(value) for name, value in attributes.items()}
        shape = Tree.SubElement(self.root, tag, {"class": look} | named)
        if tip:
            Tree.SubElement(shape, "title").text = printable(tip)
        return shape

    def area(self, tag: str, tone: Tone, tip: str = "", /, **attributes: str | Number) -> Tree.Element:
        """A filled shape in one tone of the palette."""
        return self.add(tag, f"plot-{tone.name}", tip, **{"fill": tone.fill, "stroke": tone.edge, **attributes})

    def line(self, look: str, x1: Number, y1: Number, x2: Number, y2: Number, **attributes: str | Number) -> None:
        self.add("line", look, x1=x1, y1=y1, x2=x2, y2=y2, stroke=EDGE, **attributes)

    def text(
        self,
        x: Number,
        y: Number,
        words: str,
        *,
        size: float = TEXT,
        anchor: str = "start",
        strong: bool = False,
        halo: bool = False,
    ) -> None:
        look = "plot-text plot-halo" if halo else "plot-text"
        weight = {"font_weight": "700"} if strong else {}
        shape = self.add("text", look, x=x, y=y, fill=INK, font_size=size, text_anchor=anchor, **weight)
        shape.text = printable(words)

    def finish(self, height: Number) -> SafeString:
        self.root.set("viewBox", f"0 0 {self.width} {number(height)}")
        self.root.set("width", str(self.width))
        self.root.set("height", number(height))
        return SafeString(Tree.tostring(self.root, encoding="unicode"))


def number(value: str | Number) -> str:
    """A coordinate, short: two decimals at most, none that say nothing."""
    if isinstance(value, str):
        return value
    rounded = round(float(value), 2) or 0.0
    return f"{rounded:.2f}".rstrip("0").rstrip(".")


def printable(text: str) -> str:
    """The text without what XML can't hold and without marks that turn the reading direction."""
    return "".join(
        " " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in text if sign not in _TURNS
    )


def fitted(text: str, width: Number, size: float = TEXT, *, strong: bool = False) -> str:
    """As much of the text as fits, with an ellipsis where it was cut."""
    text = printable(text)
    if measure(text, size, strong=strong) <= width:
        return text
    while text and measure(text + "…", size, strong=strong) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def measure(text: str, size: float = TEXT, *, strong: bool = False) -> float:
    """The width of a text on paper; the font of the screen is narrower. Letters we don't know count as wide ones."""
    return size * (BOLDER if strong else 1) * sum(_width(sign) for sign in text)


def _width(sign: str) -> float:
    """Of one letter, with or without accent, in parts of its size."""
    return _WIDTHS.get(sign) or _WIDTHS.get(unicodedata.normalize("NFD", sign)[0], WIDE)


BOLDER = 1.1  # bold letters are about a tenth wider
WIDE = 1.0
_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LETTERS = {
    0.191: "'", 0.222: "ijl’‘", 0.26: "|", 0.278: "ftI!,./:;[\\]· \N{NO-BREAK SPACE}", 0.333: "r()-`“”", 0.334: "{}",
    0.355: '"', 0.389: "*", 0.469: "^", 0.5: "cksvxyzJ", 0.556: "0123456789abdeghnopquL#$?_–€ß",
    0.584: "+<=>~×−", 0.611: "FTZ", 0.667: "ABEKPSVXY&", 0.722: "wCDHNRU", 0.778: "GOQ", 0.833: "mM", 0.889: "%",
    0.944: "W",
}  # fmt: skip
_WIDTHS = {letter: width for width, letters in _LETTERS.items() for letter in letters}  # of Arimo
