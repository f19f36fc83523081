"""A workbook before it is opened: a zip that may hold anything, looked through for what must not be opened.

Plain Python, for a process of its own that may use little time and memory.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

MOST_MEMBERS = 200
LARGEST = 50 * 1024 * 1024  # of everything together, unpacked
MOST_TIMES = 100  # unpacked by packed
SMALL = 1024 * 1024  # below this a member may be packed as tightly as it likes
ZIP, OLD_OR_LOCKED = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".bin")  # .bin: settings of printers
MANIFEST = "[Content_Types].xml"
PROGRAMS = ("vbaproject", "macrosheets/", "activex/", "vbadata")
OUTSIDE = ("externallinks/", "connections.xml", "querytables/", "embeddings/", "customdata/")
PACKED = (".zip", ".xlsx", ".xlsm", ".xlsb", ".docx", ".pptx", ".ods", ".jar", ".gz", ".7z", ".rar")


class Refused(Exception):
    """The workbook is not opened; `code` names the sentence that says why."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code, self.params = code, params
        super().__init__(code)


def check(path: str) -> None:
    """Raise `Refused` for whatever is no plain workbook of a sensible size."""
    with open(path, "rb") as file:
        start = file.read(4)
    if start != ZIP:
        raise Refused("protected" if start == OLD_OR_LOCKED else "no_workbook")
    try:
        with zipfile.ZipFile(path) as archive:
            _check_list(archive.infolist())
            for member in archive.infolist():
                _check_member(archive, member)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Refused("broken") from error


def _check_list(members: list[zipfile.ZipInfo]) -> None:
    """What the table of contents tells, before anything is unpacked."""
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS:
        raise Refused("members", most=MOST_MEMBERS)
    if len({name.lower() for name in names}) < len(names) or any(_leads_out(name) for name in names):
        raise Refused("names")
    if any(member.flag_bits & 1 for member in members):
        raise Refused("protected")
    if sum(member.file_size for member in members) > LARGEST or any(_is_blown_up(member) for member in members):
        raise Refused("large", most=LARGEST // 1024 // 1024)
    for code, words in (("macros", PROGRAMS), ("links", OUTSIDE)):
        if any(word in name.lower() for name in names for word in words):
            raise Refused(code)
    if any(name.lower().endswith(PACKED) for name in names):
        raise Refused("nested")
    if MANIFEST not in names:
        raise Refused("no_workbook")


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name


def _is_blown_up(member: zipfile.ZipInfo) -> bool:
    return member.file_size > SMALL and member.file_size > MOST_TIMES * max(member.compress_size, 1)


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read a member to its end: XML that is whole and says nothing about document types, or a picture."""
    if member.is_dir():
        return
    with archive.open(member) as content:
        start = content.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if start.startswith(ZIP):
        raise Refused("nested")
    if member.filename.lower().endswith(PICTURES) and not start.startswith(b"<"):
        return
    with archive.open(member) as content:
        _check_xml(member.filename, content)


def _check_xml(name: str, content: Any) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if name.endswith(".rels"):
        parser.StartElementHandler = _refuse_links
    elif name == MANIFEST:
        parser.StartElementHandler = _refuse_macros
    elif "worksheets/" in name:
        parser.StartElementHandler = _Order().see
    try:
        parser.ParseFile(content)
    except expat.ExpatError as error:
        raise Refused("broken") from error


def _refuse_doctype(*_: Any) -> None:
    raise Refused("doctype")


def _refuse_links(name: str, attributes: dict[str, str]) -> None:
    """Addresses in cells are harmless; anything else that is fetched from elsewhere is not."""
    is_outside = attributes.get("TargetMode", "").lower() == "external"
    if is_outside and not attributes.get("Type", "").endswith("/hyperlink"):
        raise Refused("links")


def _refuse_macros(name: str, attributes: dict[str, str]) -> None:
    if "macroenabled" in attributes.get("ContentType", "").lower():
        raise Refused("macros")


class _Order:
    """Sees to it that rows follow rows and cells cells: what comes again a reader passes over, and says nothing."""

    def __init__(self) -> None:
        self.row = self.column = 0
        self.by_name: dict[str, Callable[[dict[str, str]], None]] = {"row": self._row, "c": self._cell}

    def see(self, name: str, attributes: dict[str, str]) -> None:
        found = self.by_name.get(name.rpartition(":")[2])
        if found is not None:
            found(attributes)

    def _row(self, attributes: dict[str, str]) -> None:
        number = _whole(attributes["r"]) if "r" in attributes else self.row + 1
        if number <= self.row:
            raise Refused("mixed")
        self.row, self.column = number, 0

    def _cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r", "")
        letters = place.rstrip("0123456789")
        number = _column(letters) if letters else self.column + 1
        if number <= self.column or (letters and _whole(place[len(letters) :]) != self.row):
            raise Refused("mixed")
        self.column = number


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 7:
        raise Refused("mixed")
    return int(text)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z" or len(letters) > 3:
            raise Refused("mixed")
        number = number * 26 + ord(letter) - 64
    return number
