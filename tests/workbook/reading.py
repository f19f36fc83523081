"""A workbook written, opened and read again within one process, as tests like it."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import assess
from bids.workbook.choices import Choices
from bids.workbook.difference import LineChange, compare
from bids.workbook.look import look
from bids.workbook.read import Reader, Row
from bids.workbook.stamp import from_cells
from bids.workbook.write import write


def written(facts: BidFacts, call: CallFacts, **more: Any) -> bytes:
    return write(facts, call, assess(facts, call), **{"revision": 1} | more)


def looked(content: bytes, **more: Any) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        Path(file.name).write_bytes(content)
        return look(file.name, **more)


def rows(content: bytes, facts: BidFacts, call: CallFacts, language: str = "en") -> list[Row]:
    found = looked(content)
    assert "refused" not in found, found
    return Reader(Choices(facts, call), from_cells(found["stamp"]), language).rows(found)


def differences(content: bytes, facts: BidFacts, call: CallFacts, language: str = "en") -> list[LineChange]:
    """How a workbook differs from these facts."""
    stamp = from_cells(looked(content)["stamp"])
    return compare(rows(content, facts, call, language), facts.budget, stamp)


def edited(content: bytes, edit: Callable[[openpyxl.Workbook], None]) -> bytes:
    """The workbook after somebody typed in it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    return saved(book)


def renamed(content: bytes, lines: int) -> bytes:
    """The workbook with every line described anew."""

    def rename(book: openpyxl.Workbook) -> None:
        for row in range(2, lines + 2):
            book["Budget lines"].cell(row, 8).value = f"Line {row}, renamed"

    return edited(content, rename)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def a_sheet(*sheet_rows: tuple[Any, ...]) -> bytes:
    """A plain workbook with one sheet."""
    book = openpyxl.Workbook()
    for row in sheet_rows:
        book.active.append(row)  # type: ignore[union-attr]
    return saved(book)
