"""Files inside the dossier: each with what it is to the dossier, its kind, size, digest and date.

PDF/A-3 takes any file in, if the dossier says how it belongs to it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String


def enclose(book: pikepdf.Pdf, files: list[dict[str, Any]], pdf_date: str, folder: Path) -> None:
    """Take in the files, in order; they are found by name in readers that sort them."""
    specified = [_specify(book, file, pdf_date, (folder / file["place"]).read_bytes()) for file in files]
    if not specified:
        return
    by_name = sorted(specified, key=lambda spec: bytes(spec.UF))
    book.Root.Names.EmbeddedFiles = Dictionary(Names=Array(part for spec in by_name for part in (spec.UF, spec)))
    book.Root.AF = Array(specified)


def _specify(book: pikepdf.Pdf, file: dict[str, Any], pdf_date: str, content: bytes) -> pikepdf.Object:
    params = Dictionary(
        Size=len(content), CreationDate=String(pdf_date), ModDate=String(pdf_date),
        CheckSum=String(hashlib.md5(content, usedforsecurity=False).digest()),
    )  # fmt: skip
    stream = Stream(book, content, Type=Name.EmbeddedFile, Subtype=Name("/" + file["kind"]), Params=params)
    return book.make_indirect(
        Dictionary(
            Type=Name.Filespec, F=String(file["name"]), UF=String(file["name"]), Desc=String(file["words"]),
            AFRelationship=Name("/" + file["relation"]), EF=Dictionary(F=stream, UF=stream),
        )
    )  # fmt: skip
