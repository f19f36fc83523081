"""Sections that were set before, kept on disk by the digest of all that made them: an edit sets its own section only.

Nothing depends on what lies here. An entry that is damaged, missing or can't be written costs the time to set
the section again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from accounts.faults import fault

HALF_WRITTEN = ".new-"
NOBODY_ELSE = 0o700  # what lies here is as confidential as the bids it comes from

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A section set in pages: its PDF, and what the typesetter told of it."""

    pdf: bytes
    told: dict[str, Any]


class Fragments:
    """A folder of them. One file each: the digest of the rest, a line of JSON, the PDF."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, key: str) -> Fragment | None:
        """The fragment with this key, whole; a damaged one is removed and not found."""
        path = self._path(key)
        try:
            digest, _, rest = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if hashlib.sha256(rest).hexdigest().encode() != digest:
            logger.warning("fragment %s is damaged and will be set again", key)
            path.unlink(missing_ok=True)
            return None
        with suppress(OSError):
            os.utime(path)  # used now: the last to be purged
        told, _, pdf = rest.partition(b"\n")
        return Fragment(pdf, json.loads(told))

    def keep(self, key: str, fragment: Fragment) -> None:
        """Put it there whole or not at all; a full disk only costs the time to set it again."""
        rest = json.dumps(fragment.told).encode() + b"\n" + fragment.pdf
        try:
            self._write(self._path(key), hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest)
        except OSError as problem:
            logger.warning("fragment %s is not kept: %s", key, problem)

    def purge(self, most_bytes: int, before: datetime) -> int:
        """Remove what nobody used since then, and the longest unused beyond so many bytes; how many went."""
        count, kept = 0, 0
        for used, size, path in sorted(self._entries(), reverse=True):
            kept += size
            if kept > most_bytes or used < before.timestamp():
                path.unlink(missing_ok=True)
                count += 1
        return count

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        for path in self.folder.glob("*/*"):
            with suppress(FileNotFoundError):  # somebody else was quicker
                found = path.stat()
                yield found.st_mtime, found.st_size, path

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _write(self, path: Path, content: bytes) -> None:
        self.folder.mkdir(mode=NOBODY_ELSE, parents=True, exist_ok=True)
        path.parent.mkdir(mode=NOBODY_ELSE, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=HALF_WRITTEN)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            fault("fragment.before_rename")
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
