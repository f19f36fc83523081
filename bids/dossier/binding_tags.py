"""Joining the tag trees of sections into one, so that the bound dossier reads as one document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String


class TagTree:
    """One document tag over all sections; numbers of marked pages and links shifted as they come."""

    def __init__(self, book: pikepdf.Pdf) -> None:
        self.book = book
        self.root = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root))
        self.sections = Array()
        self.numbers = Array()
        self.named: list[tuple[bytes, pikepdf.Object]] = []
        self.next_number = 0

    def add(self, section: pikepdf.Pdf, pages: list[pikepdf.Page]) -> None:
        """Take in the tree of a section whose pages are already in the book."""
        tree = self.book.copy_foreign(section.Root.StructTreeRoot)
        element = tree.K[0]
        element.S = Name.Sect
        element.P = self.document
        self.sections.append(element)
        for page in pages:
            page.obj.StructParents = int(page.obj.StructParents) + self.next_number
            for annotation in page.obj.get("/Annots", ()):
                annotation.StructParent = int(annotation.StructParent) + self.next_number
        self._take_numbers(list(tree.ParentTree.Nums))
        if "/IDTree" in tree:
            pairs = list(tree.IDTree.Names)
            self.named += [(bytes(name), what) for name, what in zip(pairs[::2], pairs[1::2], strict=True)]

    def _take_numbers(self, pairs: Sequence[Any]) -> None:
        taken = 0
        for number, what in zip(pairs[::2], pairs[1::2], strict=True):
            self.numbers.append(int(number) + self.next_number)
            self.numbers.append(what)
            taken = max(taken, int(number) + 1)
        self.next_number += taken

    def add_form(self, page: pikepdf.Object, field: pikepdf.Object, words: str) -> None:
        """Tag a form field that no section brought, at the end of the document."""
        element = self.book.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Form, P=self.document, Pg=page, Alt=String(words))
        )
        element.K = Array([Dictionary(Type=Name.OBJR, Obj=field, Pg=page)])
        field.StructParent = self.next_number
        self.sections.append(element)
        self._take_numbers([0, element])

    def close(self) -> None:
        """Hang the finished tree into the book."""
        self.document.K = self.sections
        self.root.K = Array([self.document])
        self.root.ParentTree = self.book.make_indirect(Dictionary(Nums=self.numbers))
        self.root.ParentTreeNextKey = self.next_number
        if self.named:
            self.named.sort(key=lambda pair: pair[0])
            names = Array(part for name, what in self.named for part in (String(name), what))
            self.root.IDTree = self.book.make_indirect(Dictionary(Names=names))
        self.book.Root.StructTreeRoot = self.root
        self.book.Root.MarkInfo = Dictionary(Marked=True)
