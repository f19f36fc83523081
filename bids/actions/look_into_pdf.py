"""Looks into one uploaded PDF, in a process of its own that may use little time and memory: what it is, as JSON.

Run as `python -m bids.actions.look_into_pdf PATH`; needs no Django, so that it starts quickly.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2

MEMORY = 600 * 1024 * 1024
SECONDS = 20
MOST_OBJECTS = 200_000
DEEPEST = 40
SCRIPTS = ("/JS", "/JavaScript", "/XFA")  # XFA: forms that are programs of their own
ACTIVE = {"/JavaScript": "script", "/Launch": "launch", "/ImportData": "launch", "/SubmitForm": "launch"}


def look(path: str) -> dict[str, Any]:
    """`pages` and the kinds of things inside that don't belong into a file for reading; `fault` if it can't be read."""
    try:
        with pikepdf.open(path) as pdf:
            seen = {"pages": len(pdf.pages), "found": sorted(set(_found(pdf)))}
        return seen if seen["found"] or _shown(path) == seen["pages"] else {"fault": "broken"}
    except pikepdf.PasswordError:
        return {"fault": "encrypted"}
    except (pikepdf.PdfError, ValueError, RecursionError, MemoryError):
        return {"fault": "broken"}


def _shown(path: str) -> int:
    """How many pages whoever draws them finds: a damaged file may be mended by one reader and not by another."""
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            return len(pdf)
    except pypdfium2.PdfiumError:
        return -1


def _found(pdf: pikepdf.Pdf) -> Iterator[str]:
    if pdf.is_encrypted:
        yield "encrypted"
    if len(pdf.attachments):
        yield "embedded"
    if len(pdf.objects) > MOST_OBJECTS:
        yield "large"
        return
    for thing in pdf.objects:
        yield from _inside(thing, DEEPEST)


def _inside(thing: Any, depth: int) -> Iterator[str]:
    """What an object and the direct objects in it are; indirect ones get their own turn."""
    if depth == 0:
        yield "large"
    elif isinstance(thing, pikepdf.Array):
        for part in thing:
            if not getattr(part, "is_indirect", False):
                yield from _inside(part, depth - 1)
    elif isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
        yield from _kind(thing)
        for key in thing.keys():  # noqa: SIM118 (a PDF dictionary iterates in its own way)
            part = thing[key]
            if not getattr(part, "is_indirect", False):
                yield from _inside(part, depth - 1)


def _kind(thing: Any) -> Iterator[str]:
    if any(name in thing for name in SCRIPTS):
        yield "script"
    if "/EF" in thing or thing.get("/Type") == "/EmbeddedFile":
        yield "embedded"
    action = thing.get("/S")
    if isinstance(action, pikepdf.Name) and str(action) in ACTIVE:
        yield ACTIVE[str(action)]


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    print(json.dumps(look(sys.argv[1])))  # noqa: T201
