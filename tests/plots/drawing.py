"""Reads a plot back: its shapes, its words, where its arcs begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as Tree

from bids.plots import Plot

SVG = "{http://www.w3.org/2000/svg}"


def tree(plot: Plot) -> Tree.Element:
    return Tree.fromstring(plot.svg)


def shapes(plot: Plot, tag: str, look: str = "plot-t") -> list[Tree.Element]:
    """The shapes of a tag that are filled with a tone; the squares of a legend are left out."""
    found = [shape for shape in tree(plot).iter(SVG + tag) if shape.get("class", "").startswith(look)]
    return [shape for shape in found if shape.get("width") != "11"]


def texts(plot: Plot) -> list[str]:
    return [text.text or "" for text in tree(plot).iter(SVG + "text")]


def numbers_of(plot: Plot) -> Iterator[float]:
    """Every coordinate in the drawing."""
    for shape in tree(plot).iter():
        for name in ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height"):
            if name in shape.keys():  # noqa: SIM118 - elements are no mappings
                yield float(shape.get(name, ""))
        yield from map(float, re.findall(r"-?\d+(?:\.\d+)?", shape.get("d", "")))
