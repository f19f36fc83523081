"""More than forty texts made to break a printer: bombs of boxes, tables, words, styles, drawings, and ways to fetch.

Each is a piece of HTML. HERE stands for a server that must hear nothing, CANARY for a file that nobody may read; asked
for `moved`, the server would lead on to a secret of its own, asked for `home` to that file.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

from PIL import Image

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def nested(opening: str, levels: int, closing: str = "") -> str:
    return opening * levels + "x" + closing * levels


def styled(rules: str, body: str = "<p>x</p>") -> str:
    return f"<style>{rules}</style>{body}"


def drawing(inside: str) -> str:
    return f'<svg {SVG} width="90" height="90">{inside}</svg>'


def as_data(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def picture(side: int) -> str:
    written = io.BytesIO()
    Image.new("1", (side, side)).save(written, "PNG")
    return f'<img alt="x" src="{as_data(written.getvalue(), "image/png")}">'


def doubling(what: str, levels: int, times: int = 10) -> str:
    """Each level shows the one below it so many times."""
    inside = (f'<g id="a{n}">{f"<use href=#a{n - 1} />" * times}</g>' for n in range(1, levels + 1))
    return drawing(f'<g id="a0">{what}</g>{"".join(inside)}<use href="#a{levels}"/>')


def variables() -> str:
    """A value that doubles with each variable."""
    steps = "".join(f"--v{n}: var(--v{n - 1}) var(--v{n - 1});" for n in range(1, 22))
    return styled(f"p {{ --v0: a; {steps} font-family: var(--v21) }}")


def laughing() -> str:
    """A drawing whose words are defined by entities of entities."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    svg = f'<!DOCTYPE svg [<!ENTITY e0 "ha">{entities}]><svg {SVG}><text>&e8;</text></svg>'
    return f'<img alt="x" src="{as_data(svg.encode(), "image/svg+xml")}">'


def reading() -> str:
    """A drawing that asks for a file by an entity."""
    svg = f'<!DOCTYPE svg [<!ENTITY e SYSTEM "file://CANARY">]><svg {SVG}><text>&e;</text></svg>'
    return f'<img alt="x" src="{as_data(svg.encode(), "image/svg+xml")}">'


BOXES: dict[str, Callable[[], str]] = {
    "a thousand divs in each other": lambda: nested("<div>", 1000, "</div>"),
    "two hundred divs in each other": lambda: nested("<div>", 200, "</div>"),
    "flex in flex": lambda: nested("<div style='display:flex'>", 14),
    "grid in grid": lambda: nested("<div style='display:grid'>", 14),
    "columns in columns": lambda: nested("<div style='columns:2'>", 8),
    "blocks that shrink to fit in each other": lambda: nested("<div style='display:inline-block'>", 40),
    "tables in tables": lambda: nested("<table style='table-layout:auto'><tr><td>", 14, "</td></tr></table>"),
    "lists in lists": lambda: nested("<ul><li>", 300, "</li></ul>"),
    "five hundred quotations in each other": lambda: nested("<blockquote>", 500, "</blockquote>"),
    "words in words": lambda: "<p>" + nested("<b>", 500, "</b>"),
}
TABLES: dict[str, Callable[[], str]] = {
    "a cell across 65534 columns": lambda: (
        "<table style='table-layout:auto'>" + "<tr><td colspan=65534>x</td></tr><tr><td>y</td></tr>" * 4 + "</table>"
    ),
    "the same, written in another way": lambda: (
        "<table style='table-layout:auto'>" + "<tr><td colspan=' +00065534'>x</td></tr>" * 4 + "</table>"
    ),
    "a cell across 65534 rows": lambda: "<table><tr><td rowspan=65534>x</td><td>y</td></tr></table>",
    "ten thousand rows": lambda: "<table>" + "<tr><td>x</td><td>1.00</td></tr>" * 10_000 + "</table>",
    "three thousand columns": lambda: "<table><tr>" + "<td>x</td>" * 3_000 + "</tr></table>",
}
WORDS: dict[str, Callable[[], str]] = {
    "five megabytes": lambda: "word " * 1_000_000,
    "a word of 190,000 letters": lambda: "<p>" + "x" * 190_000 + "</p>",
    "twenty thousand bold letters": lambda: "<p>" + "<b>x</b>" * 20_000 + "</p>",
    "marks piled on one letter": lambda: "<p>e" + "\u0301\u0323" * 50_000 + "</p>",
    "text that turns back and forth": lambda: "<p>" + "\u202eab\u202d\u2067cd\u200d\u00ad" * 10_000 + "</p>",
}
STYLES: dict[str, Callable[[], str]] = {
    "variables that double": variables,
    "five thousand rules for every third cell": lambda: styled(
        "".join(f"td:nth-child({n}n+{n}) {{ color: red }}" for n in range(5_000)),
        "<table>" + "<tr><td>x</td><td>x</td></tr>" * 200 + "</table>",
    ),
    "a paragraph ten thousand kilometres high": lambda: styled("p { height: 1e13mm }"),
    "pages smaller than a letter": lambda: styled("@page { size: 1mm; margin: 0 }", "<p>" + "word " * 20_000 + "</p>"),
    "words made by styles": lambda: styled(f"p::before {{ content: '{'ha ' * 5_000}' }}", "<p>x</p>" * 200),
    "sums in sums": lambda: styled(f"p {{ width: {'calc(1px + ' * 2_000}1px{')' * 2_000} }}"),
    "ten thousand footnotes": lambda: styled("i { float: footnote }", "<p>" + "<i>x</i>" * 10_000 + "</p>"),
}
DRAWINGS: dict[str, Callable[[], str]] = {
    "a drawing that shows itself ten million times": lambda: doubling('<path d="M0 0L1 1"/>', 7),
    "a drawing that shows itself for ever": lambda: drawing('<g id="a"><use href="#a"/></g><use href="#a"/>'),
    "a thousand groups in each other": lambda: drawing(nested("<g>", 1000, "</g>")),
    "patterns in patterns": lambda: drawing(
        "".join(
            f'<pattern id="p{n}" width=".01" height=".01"><rect width="9" height="9" fill="url(#p{n - 1})"/></pattern>'
            for n in range(30)
        )
        + '<rect width="90" height="90" fill="url(#p29)"/>'
    ),
    "a path of a megabyte": lambda: drawing(f'<path d="M0 0{"L1 1L2 9" * 130_000}"/>'),
    "a drawing that laughs a billion times": laughing,
}
PIXELS: dict[str, Callable[[], str]] = {
    "four hundred million pixels": lambda: picture(20_000),
    "a thousand pictures": lambda: picture(500) * 1_000,
}
FETCHES: dict[str, Callable[[], str]] = {
    "styles and fonts from elsewhere": lambda: (
        '<link rel="stylesheet" href="HERE/a.css"><link rel="stylesheet" href="file://CANARY">'
        + styled(
            "@import url(HERE/b.css); @font-face { font-family: y; src: url(file://CANARY), url(HERE/c.ttf) }"
            "p { font-family: y; background: url(HERE/d.png); list-style-image: url(HERE/e); content: url(HERE/f) }"
        )
    ),
    "pictures from elsewhere": lambda: (
        '<p>x<img alt="x" src="HERE/a.png"><img alt="x" src="file://CANARY"><img alt="x" src="ftp://127.0.0.1/b">'
        '<img alt="x" src="//127.0.0.1/c"><img alt="x" srcset="HERE/d.png 2x" src="HERE/e.png">'
    ),
    "things and frames from elsewhere": lambda: (
        '<p>x<object data="file://CANARY"></object><embed src="HERE/a"><iframe src="HERE/b"></iframe>'
        '<video poster="HERE/c"><source src="HERE/d"></video><object data="HERE/e" type="image/svg+xml"></object>'
    ),
    "attachments": lambda: (
        '<link rel="attachment" href="file://CANARY"><link rel="attachment" href="HERE/a" title="x">'
        '<p><a rel="attachment" href="file://CANARY">x</a> <a rel="attachment" href="HERE/b">y</a>'
    ),
    "addresses that lead elsewhere": lambda: (
        '<base href="HERE/"><meta http-equiv="refresh" content="0; url=HERE/a">'
        '<p>x<img alt="x" src="b.png"><img alt="x" src="../CANARY"><link rel="stylesheet" href="c.css">'
    ),
    "addresses that redirect": lambda: (
        '<link rel="stylesheet" href="HERE/moved"><link rel="attachment" href="HERE/home">'
        '<p>x<img alt="x" src="HERE/moved"><img alt="x" src="HERE/home"><object data="HERE/moved"></object>'
    ),
    "drawings that fetch": lambda: (
        drawing(
            '<image xlink:href="HERE/a.png" width="5" height="5"/><image href="file://CANARY" width="5" height="5"/>'
            '<use href="HERE/b.svg#x"/><rect width="5" height="5" fill="url(HERE/c.svg#d)"/>'
        )
        + drawing("<style>@import url(HERE/e.css);</style>")
    ),
    "a drawing that reads": reading,
    "names that climb out of the shelf": lambda: (
        '<p>x<img alt="x" src="dossier:../../manage.py"><img alt="x" src="dossier:CANARY">'
        '<link rel="stylesheet" href="dossier:Arimo-Regular.ttf/../../print.css">'
    ),
}
ALL = BOXES | TABLES | WORDS | STYLES | DRAWINGS | PIXELS | FETCHES


def document(body: str) -> str:
    return f'<html lang="en"><head><title>x</title></head><body>{body}</body></html>'
