"""Repairs to what WeasyPrint writes, done on its objects before a section becomes a file.

WeasyPrint 70 leaves things that a screen reader or an archive stumbles over: header cells without a
scope, whose numbers collide between sections and stand in no index; links described by their raw
target; links whose inner elements hold the annotation without being a link; figures measured in
pixels; texts in another language that don't say so; pictures smoothed on enlargement; and a
compressed description.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags

from bids.dossier.edition import PRODUCER
from bids.dossier.xmp import Told, packet

LONGEST_DESCRIPTION = 200
POINTS_PER_PIXEL = 0.75


def mend(prefix: str) -> Callable[[Any, pydyf.PDF], None]:
    """A finisher for `Document.write_pdf`; `prefix` keeps the numbers of cells apart from other sections'."""

    def finish(document: Any, pdf: pydyf.PDF) -> None:
        for box in _boxes(document):
            _mend_header(box, prefix)
            _describe_link(box)
        elements = [item for item in pdf.objects if isinstance(item, dict)]
        _measure_figures(document, pdf, elements)
        _list_headers(pdf, elements)
        _mark_nested_links(elements)
        _smooth_nothing(pdf)
        _describe(document, pdf)

    return finish


def tag_languages() -> None:
    """Have an element that names its language name it in its tag too; done once in a process."""
    if getattr(tags._build_box_tree, "names_languages", False):
        return
    build = tags._build_box_tree

    def build_with_language(box: Any, *others: Any) -> Iterator[pydyf.Dictionary]:
        element = getattr(getattr(box, "_box", box), "element", None)
        language = None if element is None or element.tag == "html" else element.attrib.get("lang")
        for tag in build(box, *others):
            if language:
                tag["Lang"] = pydyf.String(language)
            yield tag

    build_with_language.names_languages = True  # type: ignore[attr-defined]
    tags._build_box_tree = build_with_language


def _boxes(document: Any) -> Iterator[Any]:
    for page in document.pages:
        yield from page._page_box.descendants()


def _mend_header(box: Any, prefix: str) -> None:
    """A header cell says what it heads; a cell names its headers by numbers that are unique in the dossier."""
    mark = box.__dict__.get("mark")  # the tag of a table cell
    if mark is None:
        return
    if mark["S"] == "/TH":
        mark["A"]["Scope"] = "/Row" if box.element.attrib.get("scope") == "row" else "/Column"
    if "ID" in mark:
        mark["ID"] = pydyf.String(prefix + mark["ID"].string)
    headers = mark["A"].pop("Headers", None)
    if headers:
        mark["A"]["Headers"] = pydyf.Array([pydyf.String(prefix + header.string) for header in headers])


def _describe_link(box: Any) -> None:
    annotation = box.__dict__.get("link_annotation")
    if annotation is None or box.element is None:
        return
    words = " ".join("".join(box.element.itertext()).split())
    if words:
        annotation["Contents"] = pydyf.String(words[:LONGEST_DESCRIPTION])


def _measure_figures(document: Any, pdf: pydyf.PDF, elements: list[pydyf.Dictionary]) -> None:
    """Where a figure stands, in points from the lower left of its page: it is told in pixels from the upper left."""
    heights = dict(zip(pdf.page_references, (page.height for page in document.pages), strict=True))
    for element in elements:
        if element.get("S") == "/Figure" and element.get("Type") == "/StructElem":
            height, (left, top, right, bottom) = heights[element["Pg"]], element["A"]["BBox"]
            edges = (left, height - bottom, right, height - top)
            element["A"]["BBox"] = pydyf.Array(round(edge * POINTS_PER_PIXEL, 2) for edge in edges)


def _list_headers(pdf: pydyf.PDF, elements: list[pydyf.Dictionary]) -> None:
    """The index by which a reader finds a header cell; it searches by bytes."""
    tagged = [element for element in elements if element.get("Type") == "/StructElem"]
    numbered = [(element["ID"].string, element) for element in tagged if "ID" in element]
    if not numbered:
        return
    names = pydyf.Array()
    for number, element in sorted(numbered, key=lambda pair: pair[0].encode()):
        names.extend([pydyf.String(number), element.reference])
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    root = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    root["IDTree"] = tree.reference


def _mark_nested_links(elements: list[pydyf.Dictionary]) -> None:
    links = {element.reference for element in elements if element.get("Subtype") == "/Link"}
    handles = {element.reference for element in elements if element.get("Type") == "/OBJR" and element["Obj"] in links}
    for element in elements:
        if element.get("Type") == "/StructElem" and any(kid in handles for kid in _references(element)):
            element["S"] = "/Link"


def _references(element: pydyf.Dictionary) -> list[bytes]:
    kids = element.get("K")
    return [kid for kid in kids if isinstance(kid, bytes)] if isinstance(kids, list) else []


def _smooth_nothing(pdf: pydyf.PDF) -> None:
    """What a viewer makes up between two dots is not in the file: PDF/A forbids to ask for it."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and "Interpolate" in item.extra:
            item.extra["Interpolate"] = "false"


def _describe(document: Any, pdf: pydyf.PDF) -> None:
    """In place of the compressed packet, one that claims both standards: each section keeps them by itself."""
    metadata = document.metadata
    told = Told.of(title=metadata.title or "", language=metadata.lang or "", producer=PRODUCER)
    described = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    described.stream, described.compress = [packet(told)], False
    pdf.info["Producer"] = pydyf.String(PRODUCER)
