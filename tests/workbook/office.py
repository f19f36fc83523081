"""LibreOffice without a window: what a workbook comes to when a spreadsheet works it out."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

SOFFICE = shutil.which("soffice")
SECONDS = 120
needs_office = pytest.mark.skipif(
    SOFFICE is None and os.environ.get("TANDEM_ALL") != "1",
    reason="no spreadsheet here to recalculate workbooks (apt-get install libreoffice-calc-nogui)",
)

Edits = Mapping[tuple[str, str], Any]  # sheet and cell, and what is typed there


def recalculated(contents: Mapping[str, bytes], folder: Path, edits: Edits | None = None) -> dict[str, bytes]:
    """These workbooks, worked out anew from nothing: every stored value is thrown away first."""
    for name, content in contents.items():
        book = openpyxl.load_workbook(io.BytesIO(content))
        for (sheet, cell), value in (edits or {}).items():
            book[sheet][cell] = value
        book.save(folder / f"{name}.xlsx")
    out = folder / "out"
    home = f"-env:UserInstallation=file://{folder}/office"
    command = [SOFFICE or "soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    files = [str(folder / f"{name}.xlsx") for name in contents]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=SECONDS)
    return {name: (out / f"{name}.xlsx").read_bytes() for name in contents}


def values_of(content: bytes) -> openpyxl.Workbook:
    """The workbook with the values that are stored in it."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)
