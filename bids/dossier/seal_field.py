"""The place a seal goes into: an empty signature field, made with the dossier and tagged like everything else.

A field that the sealing itself would make stands outside the tag tree, and the sealed file would no
longer be accessible. So it is made here, on the last page, without size, and the seal fills it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, String

if TYPE_CHECKING:
    from bids.dossier.binding_tags import TagTree

SEAL_FIELD = "TandemSeal"
PRINTED_AND_LOCKED = 4 | 128  # PDF/A wants every annotation printed; nobody can move or delete this one
NO_SIZE = (0, 0, 0, 0)  # a seal to verify, not to look at: the verification page speaks of it


def add_seal_field(book: pikepdf.Pdf, tags: TagTree, words: str) -> None:
    """Put the empty field on the last page; `words` tell a screen reader what it is for."""
    page = book.pages[-1].obj
    field = book.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(SEAL_FIELD), TU=String(words),
            Rect=Array(NO_SIZE), F=PRINTED_AND_LOCKED, P=page,
        )
    )  # fmt: skip
    page.Annots = Array([*page.get("/Annots", ()), field])
    page.Tabs = Name.S  # from field to field as it is read
    tags.add_form(page, field, words)
    book.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=1)  # 1: there are signature fields, none is signed
