"""ZIP archives that come out the same, byte for byte: in the order given, with one time stamp for all files."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

NO_TIME = (1980, 1, 1, 0, 0, 0)
FOR_READING = 0o100444 << 16
CHUNK = 1024 * 1024
# Windows keeps these for itself, whatever stands behind a dot.
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
PACKED_BY_THEMSELVES = (".pdf", ".xlsx")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name there, and its bytes or where they lie. `what` says what it is."""

    name: str
    source: bytes | Path
    what: str = ""

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, never more than a chunk at once."""
        if isinstance(self.source, bytes):
            yield self.source
            return
        with self.source.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


@dataclass(frozen=True, slots=True)
class Packed:
    """What went into the archive, as it was written."""

    name: str
    what: str
    sha256: str
    size: int


def file_names(keys: Iterable[str]) -> dict[str, str]:
    """A name for each key that any system takes, and that differs in more than its capitals from all others."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for key in keys:
        name = f"_{key}" if key.partition(".")[0].lower() in DEVICES else key
        while name.lower() in taken:
            name += "_"
        taken.add(name.lower())
        names[key] = name
    return names


def pack(members: Iterable[Member], into: IO[bytes]) -> Iterator[Packed]:
    """Write the members one after the other, telling each as it is done; the archive is whole when this ends."""
    with zipfile.ZipFile(into, "w") as archive:
        for member in members:
            yield _write(archive, member)


def _write(archive: zipfile.ZipFile, member: Member) -> Packed:
    digest, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo(member.name, NO_TIME)
    entry.create_system = 3  # whatever machine made it
    entry.external_attr = FOR_READING
    is_packed = member.name.endswith(PACKED_BY_THEMSELVES)
    entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    with archive.open(entry, "w") as file:
        for chunk in member.chunks():
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Packed(member.name, member.what, digest.hexdigest(), size)
