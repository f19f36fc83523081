"""Repairs to WeasyPrint's tag tree, done on its objects before a section is written.

WeasyPrint 70 leaves three things that a screen reader stumbles over: header cells without a scope
(it numbers them instead, and the numbers of two sections collide), links described by their raw
target, and links whose inner elements hold the annotation without being a link.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

LONGEST_DESCRIPTION = 200


def mend_tags(document: Any, pdf: pydyf.PDF) -> None:
    """A finisher for `Document.write_pdf`."""
    for box in _boxes(document):
        _give_scope(box)
        _describe_link(box)
    _mark_nested_links([item for item in pdf.objects if isinstance(item, dict)])


def _boxes(document: Any) -> Iterator[Any]:
    for page in document.pages:
        yield from page._page_box.descendants()


def _give_scope(box: Any) -> None:
    mark = box.__dict__.get("mark")  # the tag of a table cell
    if mark is None:
        return
    mark.pop("ID", None)
    mark["A"].pop("Headers", None)
    if mark["S"] == "/TH":
        mark["A"]["Scope"] = "/Row" if box.element.attrib.get("scope") == "row" else "/Column"


def _describe_link(box: Any) -> None:
    annotation = box.__dict__.get("link_annotation")
    if annotation is None or box.element is None:
        return
    words = " ".join("".join(box.element.itertext()).split())
    if words:
        annotation["Contents"] = pydyf.String(words[:LONGEST_DESCRIPTION])


def _mark_nested_links(elements: list[pydyf.Dictionary]) -> None:
    links = {element.reference for element in elements if element.get("Subtype") == "/Link"}
    handles = {element.reference for element in elements if element.get("Type") == "/OBJR" and element["Obj"] in links}
    for element in elements:
        if element.get("Type") == "/StructElem" and any(kid in handles for kid in _references(element)):
            element["S"] = "/Link"


def _references(element: pydyf.Dictionary) -> list[bytes]:
    kids = element.get("K")
    return [kid for kid in kids if isinstance(kid, bytes)] if isinstance(kids, list) else []
