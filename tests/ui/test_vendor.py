"""What others made stays as they made it, with its licence, and holds no address of another host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config import vendor

FOLDERS = [vendor.ROOT / parcel.folder for parcel in vendor.PARCELS]


def test_vendored_files_are_the_ones_that_were_recorded() -> None:
    assert vendor.HASHES.read_text().splitlines() == vendor.hashes()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_parcel_names_its_version_and_licence(folder: Path) -> None:
    parcel = next(parcel for parcel in vendor.PARCELS if folder == vendor.ROOT / parcel.folder)
    assert (folder / "VERSION").read_text().startswith(f"{parcel.package} {parcel.version}\n")
    assert len((folder / "LICENSE").read_text()) > 500


@pytest.mark.parametrize("sheet", sorted((vendor.ROOT / "static").rglob("*.css")), ids=lambda sheet: sheet.name)
def test_no_style_sheet_loads_from_another_host(sheet: Path) -> None:
    text = sheet.read_text()
    assert re.findall(r"url\(\s*[\"']?\s*(?:https?:)?//", text) == []
    assert "@import" not in text


@pytest.mark.parametrize("sheet", sorted((vendor.ROOT / "static").rglob("*.css")), ids=lambda sheet: sheet.name)
def test_every_file_a_style_sheet_names_is_there(sheet: Path) -> None:
    """Else collecting the files for production fails."""
    named = re.findall(r"url\([\"']?(?!data:|%23|#)([^)\"']+)", sheet.read_text())
    assert [name for name in named if not (sheet.parent / name).exists()] == []
