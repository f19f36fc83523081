"""Which edition of the dossier this is: its templates, its words, its code and the libraries that set it.

Part of what makes a dossier unique, so that a changed template makes a new file instead of being
taken for the old one. Found from the files themselves: nobody has to remember to raise a number.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from bids.rulebook.vocabulary import Typeface

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = ("weasyprint", "pydyf", "pikepdf", "fonttools", "pypdfium2", "pillow", "xlsxwriter")
PRODUCER = "Tandem (" + ", ".join(f"{name} {version(name)}" for name in LIBRARIES) + ")"

# Everything that has a say in the bytes: folders of ours, and which of their files.
PARTS = (
    ("bids/dossier", "**/*.py"),
    ("bids/prose", "*.py"),
    ("bids/plots", "*.py"),
    ("bids/bidfile", "**/*.py"),
    ("bids/workbook", "*.py"),
    ("bids", "wording.py"),
    ("bids", "numbers.py"),
    ("bids/templatetags", "bids.py"),
    ("templates/dossier", "*"),
    *((f"static/vendor/{typeface.lower()}", "*.ttf") for typeface in Typeface),
    ("locale", "**/*.mo"),
)


def _digest() -> str:
    found = hashlib.sha256(PRODUCER.encode())
    for folder, pattern in PARTS:
        for path in sorted((ROOT / folder).glob(pattern)):
            found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


EDITION = _digest()[:12]
