"""What a workbook comes to when a spreadsheet works it out."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from tests.office import converted

Edits = Mapping[tuple[str, str], Any]  # sheet and cell, and what is typed there


def recalculated(contents: Mapping[str, bytes], folder: Path, edits: Edits | None = None) -> dict[str, bytes]:
    """These workbooks, worked out anew from nothing: every stored value is thrown away first."""
    for name, content in contents.items():
        book = openpyxl.load_workbook(io.BytesIO(content))
        for (sheet, cell), value in (edits or {}).items():
            book[sheet][cell] = value
        book.save(folder / f"{name}.xlsx")
    return converted([folder / f"{name}.xlsx" for name in contents], "xlsx", folder)


def values_of(content: bytes) -> openpyxl.Workbook:
    """The workbook with the values that are stored in it."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)
