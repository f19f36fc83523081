"""Finished dossiers on disk: one file for each digest, written once, never changed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from accounts.faults import fault
from bids.dossier.press import PRESS_FOLDER
from bids.dossier.seal.sealing import SEAL_FOLDER
from bids.models.document import has_digest, write_once


def path_of(sha256: str) -> Path:
    """Where the dossier with this digest lies, if it is kept."""
    return folder() / f"{sha256}.pdf"


def is_intact(sha256: str) -> bool:
    """Whether it lies there as it was written."""
    return has_digest(path_of(sha256), sha256)


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "dossier"


def keep(sha256: str, pdf: bytes) -> Path:
    """Put a finished dossier in its place: whole or not at all, and safe from a power cut when this returns."""
    path = path_of(sha256)
    write_once(path, pdf, before_rename=lambda: fault("render.before_rename"))
    return path


def left_folders(before: datetime) -> Iterator[Path]:
    """Folders of presses and sealers whose worker was killed: nobody was left to remove them."""
    shared = Path(tempfile.gettempdir())
    for path in (*shared.glob(f"{PRESS_FOLDER}*"), *shared.glob(f"{SEAL_FOLDER}*")):
        if path.stat().st_uid == os.getuid() and path.stat().st_mtime < before.timestamp():
            yield path


def left_over(before: datetime, known: set[str]) -> Iterator[Path]:
    """Old files no row speaks of: halves of writes that were killed, and results that came too late."""
    for path in folder().glob("*"):
        if path.stem not in known and path.stat().st_mtime < before.timestamp():
            yield path
