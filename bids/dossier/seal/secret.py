"""The file that holds what a key asks for: read when it is needed, by the process that seals, and never kept."""

from __future__ import annotations

from pathlib import Path


class NoSecret(Exception):
    """The file is not there, is not ours to read, or is empty."""


def lines_of(path: str) -> list[str]:
    """Its lines, at least one."""
    try:
        found = Path(path).read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NoSecret(f"{path} can't be read: {type(error).__name__}") from error
    if not found or not found[0].strip():
        raise NoSecret(f"{path} is empty")
    return [line.strip() for line in found]
