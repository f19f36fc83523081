"""Workbooks nobody should open: each is a good one with one thing done to it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable

from tests.workbook.reading import a_sheet

Parts = dict[str, bytes]
GOOD = a_sheet(("Line", "Description", "Amount"), ("L001", "A cost", 12.5))
SHEET, BOOK, TYPES = (
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "[Content_Types].xml",
)
LAUGHS = b'<!DOCTYPE lolz [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(ord("b"), ord("k"))
)


def parts_of(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:
            archive.writestr(name, part)
    return file.getvalue()


def with_part(name: str, part: bytes) -> bytes:
    return packed((parts_of(GOOD) | {name: part}).items())


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(GOOD)
    return packed((parts | {name: change(parts[name])}).items())


def after_declaration(words: bytes) -> Callable[[bytes], bytes]:
    return lambda part: words + part.partition(b"?>")[2] if part.startswith(b"<?xml") else words + part


def a_bomb() -> bytes:
    """A sheet of one gibibyte of zeros, in one mebibyte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts_of(GOOD).items():
            if name != SHEET:
                archive.writestr(name, part)
        with archive.open(SHEET, "w", force_zip64=True) as sheet:
            for _ in range(1024):
                sheet.write(bytes(1024 * 1024))
    return file.getvalue()


def a_bomb_that_lies() -> bytes:
    """The same, with a table of contents that promises a hundred bytes."""
    content = bytearray(a_bomb())
    place = content.rindex(b"PK\x01\x02")
    while content[place + 46 : place + 46 + len(SHEET)] != SHEET.encode():
        place = content.rindex(b"PK\x01\x02", 0, place)
    content[place + 24 : place + 28] = (100).to_bytes(4, "little")
    return bytes(content)


def a_huge_dimension(part: bytes) -> bytes:
    start, end = part.index(b"<dimension"), part.index(b"/>", part.index(b"<dimension")) + 2
    return part[:start] + b'<dimension ref="A1:XFD1048576"/>' + part[end:]


def many_rows(rows: int, dimension: str = "A1") -> bytes:
    """More rows than the sheet says it has."""
    written = b"".join(
        b'<row r="%d"><c r="B%d" t="inlineStr"><is><t>x</t></is></c></row>' % (at, at) for at in range(2, rows + 2)
    )
    head = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="%s"/><sheetData>'
    )
    title = b'<c r="%s1" t="inlineStr"><is><t>%s</t></is></c>'
    first = b'<row r="1">' + title % (b"A", b"Line") + title % (b"B", b"Description") + b"</row>"
    return with_part(SHEET, head % dimension.encode() + first + written + b"</sheetData></worksheet>")


def rows_again(part: bytes) -> bytes:
    """The second row once more, which a reader passes over."""
    start, end = part.index(b'<row r="2"'), part.index(b"</row>", part.index(b'<row r="2"')) + 6
    return part[:end] + part[start:end] + part[end:]


EXTERNAL = b"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"
 Target="file:///etc/passwd" TargetMode="External"/></Relationships>"""

# By what is told of it.
REFUSED: dict[str, dict[str, Callable[[], bytes]]] = {
    "no_workbook": {
        "nothing": lambda: b"",
        "text": lambda: b"Line;Amount\nL001;12\n",
        "another zip": lambda: packed([("hello.txt", b"hello")]),
    },
    "protected": {
        "an old or encrypted workbook": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000),
    },
    "broken": {
        "the first half": lambda: GOOD[: len(GOOD) // 2],
        "zeros in the middle": lambda: GOOD[:300] + bytes(300) + GOOD[600:],
        "a bomb that lies": a_bomb_that_lies,
        "XML that ends too early": lambda: changed(SHEET, lambda part: part[: len(part) // 2]),
    },
    "large": {"a bomb": a_bomb, "fifty sheets too many": lambda: with_part("xl/media/noise.png", bytes(60 * 1024**2))},
    "members": {
        "500 parts": lambda: packed([*parts_of(GOOD).items(), *((f"xl/x{at}.xml", b"<x/>") for at in range(500))])
    },
    "names": {
        "a part above": lambda: with_part("../../etc/passwd", b"x"),
        "a part at the root": lambda: with_part("/etc/passwd", b"x"),
        "two parts of one name": lambda: packed([*parts_of(GOOD).items(), (SHEET.upper(), b"<x/>")]),
    },
    "nested": {
        "a zip inside": lambda: with_part("xl/data.zip", GOOD),
        "a zip inside, named a picture": lambda: with_part("xl/media/image1.png", GOOD),
    },
    "macros": {
        "a macro project": lambda: with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
        "a workbook for macros": lambda: changed(
            TYPES, lambda part: part.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")
        ),
    },
    "links": {
        "links to other files": lambda: with_part("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
        "a relation to a file": lambda: with_part("xl/worksheets/_rels/sheet1.xml.rels", EXTERNAL),
        "a query of a database": lambda: with_part("xl/connections.xml", b"<connections/>"),
    },
    "doctype": {
        "a document type": lambda: changed(SHEET, after_declaration(b"<!DOCTYPE x>")),
        "a billion laughs": lambda: changed(BOOK, after_declaration(LAUGHS + b"]>")),
        "a file that is fetched": lambda: changed(
            BOOK, after_declaration(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')
        ),
        "a document type in UTF-16": lambda: changed(
            SHEET, lambda part: '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16")
        ),
        "a document type in a picture": lambda: with_part("xl/media/image1.png", b"  <!DOCTYPE x><x/>"),
    },
    "no_headings": {
        "no sheets": lambda: with_part(BOOK, b"<workbook/>"),
        "a sheet of another language": lambda: with_part(SHEET, b"<html/>"),
    },
    "mixed": {"a row that comes again": lambda: changed(SHEET, rows_again)},
    "rows": {"a million rows behind a dimension of one": lambda: many_rows(200_000)},
}  # fmt: skip
