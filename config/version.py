"""The version of this house: the newest heading of CHANGELOG.md."""

from __future__ import annotations

import re
from functools import cache

from config.env import BASE_DIR


@cache
def version() -> str:
    """The newest version that CHANGELOG.md names."""
    found = re.search(r"^## (\d+\.\d+\.\d+)", (BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise ValueError("CHANGELOG.md names no version: write a heading such as `## 0.1.0`.")
    return found.group(1)
