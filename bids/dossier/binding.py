"""Binding: the sections of a dossier become one PDF with one tag tree, one outline and its stamps.

Runs in the press. The same plan and sections give the same bytes: dates come from the plan, and the
file's identifier from its content.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from bids.dossier.binding_tags import TagTree
from bids.dossier.seal_field import add_seal_field
from bids.dossier.stamps import Marks, Stamper

LINK = "urn:dossier:"  # links between sections; HTML can't know the other section's page
BOUND = "dossier.pdf"


def bind(plan: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Bind the plan's sections, in order, into `dossier.pdf`; tell its pages and links to nowhere."""
    book = pikepdf.new()
    tags = TagTree(book)
    anchors: dict[str, pikepdf.Object] = {}
    starts = [_add(book, tags, anchors, section, folder) for section in plan["sections"]]
    if plan["seal"]:
        add_seal_field(book, tags, plan["seal"])
    tags.close()
    lost = _join_links(book, anchors)
    _name_places(book, anchors)
    _outline(book, plan["sections"], starts)
    _stamp(book, plan, starts)
    _describe(book, plan)
    book.save(
        folder / BOUND,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        min_version="1.7",
        fix_metadata_version=False,
    )
    return {"pages": len(book.pages), "lost_links": lost}


def place(section: str, number: int) -> str:
    """The name of a section's n-th heading, for the contents page to point at."""
    return f"{section}.{number}"


def _add(
    book: pikepdf.Pdf, tags: TagTree, anchors: dict[str, pikepdf.Object], section: dict[str, Any], folder: Path
) -> int:
    """Take in one section and say on which page (from 0) it starts."""
    start = len(book.pages)
    with pikepdf.open(folder / f"{section['name']}.pdf") as source:
        book.pages.extend(source.pages)  # first, so that the tags copied next find these very pages
        pages = [book.pages[number] for number in range(start, len(book.pages))]
        tags.add(source, pages)
        anchors.update(_anchors(book, source))
    for number, heading in enumerate(section["headings"]):
        spot = Array([pages[heading["page"]].obj, Name.XYZ, heading["x"], heading["y"], 0])
        anchors[place(section["name"], number)] = spot
    return start


def _anchors(book: pikepdf.Pdf, source: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    names = source.Root.get("/Names", Dictionary()).get("/Dests")
    if names is None:
        return {}
    pairs = list(book.copy_foreign(source.make_indirect(names) if not names.is_indirect else names).Names)
    return {str(name): spot for name, spot in zip(pairs[::2], pairs[1::2], strict=True)}


def _join_links(book: pikepdf.Pdf, anchors: dict[str, pikepdf.Object]) -> list[str]:
    """Turn links between sections into jumps; return those that lead nowhere."""
    lost = set()
    for page in book.pages:
        for annotation in page.obj.get("/Annots", ()):
            target = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            if not target.startswith(LINK):
                continue
            name = target.removeprefix(LINK)
            if name not in anchors:
                lost.add(name)
            del annotation["/A"]
            annotation.Dest = String(name)
    return sorted(lost)


def _name_places(book: pikepdf.Pdf, anchors: dict[str, pikepdf.Object]) -> None:
    names = Array()
    for name in sorted(anchors, key=lambda name: bytes(String(name))):  # readers search the tree by bytes
        names.extend([String(name), anchors[name]])
    book.Root.Names = Dictionary(Dests=book.make_indirect(Dictionary(Names=names)))


def _outline(book: pikepdf.Pdf, sections: list[dict[str, Any]], starts: list[int]) -> None:
    """Bookmarks: the parts of the dossier, their sections, the headings below."""
    with book.open_outline() as outline:
        part = ""
        siblings = outline.root
        for section, start in zip(sections, starts, strict=True):
            if section["part"] != part:
                part = section["part"]
                siblings = outline.root
                if part:
                    group = OutlineItem(part, _spot(book, start, section["headings"]))
                    outline.root.append(group)
                    siblings = group.children
            _bookmark_headings(book, siblings, section["headings"], start)


def _bookmark_headings(
    book: pikepdf.Pdf, siblings: list[OutlineItem], headings: list[dict[str, Any]], start: int
) -> None:
    open_levels: list[tuple[int, list[OutlineItem]]] = [(0, siblings)]
    for heading in headings:
        while open_levels[-1][0] >= heading["level"]:
            open_levels.pop()
        item = OutlineItem(heading["label"], _spot(book, start, [heading]))
        open_levels[-1][1].append(item)
        open_levels.append((heading["level"], item.children))


def _spot(book: pikepdf.Pdf, start: int, headings: list[dict[str, Any]]) -> Array:
    page, x, y = next(((h["page"], h["x"], h["y"]) for h in headings), (0, 0, 842))
    return Array([book.pages[start + page].obj, Name.XYZ, x, y, 0])


def _stamp(book: pikepdf.Pdf, plan: dict[str, Any], starts: list[int]) -> None:
    marks = Marks(tuple(plan["foot"]), plan["page_of"], plan["note"], plan["watermark"])
    heads = [section["head"] for section in plan["sections"]]
    stamper = Stamper(book, marks, heads)
    pages = len(book.pages)
    for head, start, end in zip(heads, starts, [*starts[1:], pages], strict=True):
        for number in range(start, end):
            stamper.stamp(book.pages[number], head, number + 1, pages)


def _describe(book: pikepdf.Pdf, plan: dict[str, Any]) -> None:
    """What the file says of itself; every date is the plan's, none the clock's."""
    date = plan["date"]
    with book.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = plan["title"]
        metadata["dc:creator"] = [plan["author"]]
        metadata["dc:description"] = plan["subject"]
        metadata["dc:language"] = [plan["language"]]
        metadata["xmp:CreateDate"] = date
        metadata["xmp:ModifyDate"] = date
        metadata["pdf:Producer"] = plan["producer"]
    stamp = String("D:" + date[:19].replace("-", "").replace(":", "").replace("T", "") + "Z")
    told = {"Title": plan["title"], "Author": plan["author"], "Subject": plan["subject"], "Producer": plan["producer"]}
    info = {f"/{name}": String(words) for name, words in told.items()} | {"/CreationDate": stamp, "/ModDate": stamp}
    book.trailer.Info = book.make_indirect(Dictionary(info))
    book.Root.Lang = String(plan["language"])
    book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    book.Root.PageMode = Name.UseOutlines
