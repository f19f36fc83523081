"""Keeping files: bytes under their digest, written once, whole on disk before any row names them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from bids.models import StoredFile
from bids.models.document import place_of

READ_ONLY = 0o440


def keep(content: bytes, *, kind: str = "application/pdf", pages: int | None = None) -> StoredFile:
    """Store these bytes, or find them where they already are. Checking what they are is the caller's task."""
    digest = hashlib.sha256(content).hexdigest()
    place = place_of(digest)
    if not place.exists():
        _write(place, content)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=digest, defaults={"size": len(content), "kind": kind, "pages": pages}
    )
    return stored


def _write(place: Path, content: bytes) -> None:
    """All or nothing: a crash leaves a nameless temporary file, never half a letter under its name."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(file.name, READ_ONLY)
    Path(file.name).replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
