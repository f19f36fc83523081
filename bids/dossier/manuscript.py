"""One section as it goes to the press: a name for its files, and what is to be set."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Manuscript:
    """`name` is plain letters, digits and hyphens; `form` says who sets it (`presswork.FORMS`)."""

    name: str
    text: str
    language: str
    form: str = "html"

    def key(self, *setters: str) -> str:
        """A digest of everything that has a say in the bytes: this, and who sets it in which versions."""
        return hashlib.sha256(json.dumps([*setters, *astuple(self)]).encode()).hexdigest()
