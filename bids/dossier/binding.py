"""Binding: the sections of a dossier become one PDF with one tag tree, one outline and its stamps.

Runs in the press. The same plan and sections give the same bytes: dates come from the plan, and the
file's identifier from its content.
"""

from __future__ import annotations

from dataclasses import fields
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Stream, String

from bids.dossier.binding_files import enclose
from bids.dossier.binding_tags import TagTree
from bids.dossier.listing import is_heading
from bids.dossier.seal_field import add_seal_field
from bids.dossier.stamps import Marks, Stamper
from bids.dossier.xmp import Told, packet

LINK = "urn:dossier:"  # links between sections; HTML can't know the other section's page
BOUND = "dossier.pdf"
AT_THE_TOP = 760  # points from below: above a heading up there, nothing stands on its page


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
    told = Told.of(**{field.name: plan[field.name] for field in fields(Told)})
    _describe(book, told)
    enclose(book, plan["files"], told.pdf_date, folder)
    written = BytesIO()  # not into the file: the library ends the process where a disk or limit refuses to take more
    book.save(
        written,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        min_version="1.7",
        fix_metadata_version=False,
    )
    (folder / BOUND).write_bytes(written.getbuffer())
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
        _share_colours(book, source, pages)
        anchors.update(_anchors(book, source))
    for number, heading in enumerate(section["headings"]):
        spot = Array([pages[heading["page"]].obj, Name.XYZ, heading["x"], heading["y"], 0])
        anchors[place(section["name"], number)] = spot
    return start


def _share_colours(book: pikepdf.Pdf, source: pikepdf.Pdf, pages: list[pikepdf.Page]) -> None:
    """Every section brings the same colour profile; the book has it once, as its output intent."""
    if "/OutputIntents" not in source.Root:
        return
    if "/OutputIntents" not in book.Root:
        intents = source.Root.OutputIntents
        book.Root.OutputIntents = Array([book.copy_foreign(source.make_indirect(intents[0]))])
    profile = book.Root.OutputIntents[0].DestOutputProfile
    for page in pages:
        spaces = page.obj.Resources.get("/ColorSpace", Dictionary())
        if "/srgb" in spaces:
            spaces["/srgb"] = Array([Name.ICCBased, profile])


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
    for heading in (each for each in headings if is_heading(each["level"])):
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
    pages = len(book.pages)
    ends = [*starts[1:], pages]
    heads = [
        head
        for section, start, end in zip(plan["sections"], starts, ends, strict=True)
        for head in _heads(section, end - start)
    ]
    stamper = Stamper(book, marks, heads)
    for number, head in enumerate(heads):
        stamper.stamp(book.pages[number], head, number + 1, pages)


def _heads(section: dict[str, Any], pages: int) -> list[str]:
    """The running head of each page: the section that stands at its top, or else begins on it first."""
    titles = [heading for heading in section["headings"] if heading["level"] == 1]
    begins = [(title["page"] - (title["y"] > AT_THE_TOP), title["page"], title["label"]) for title in titles]
    if not section["head"] or len(begins) < 2:
        return [section["head"]] * pages
    return [
        next((label for after, _, label in reversed(begins) if after < number), None)
        or next((label for _, page, label in begins if page == number), section["head"])
        for number in range(pages)
    ]


def _describe(book: pikepdf.Pdf, told: Told) -> None:
    """What the file says of itself; every date is the plan's, none the clock's."""
    written = Stream(book, packet(told), Type=Name.Metadata, Subtype=Name.XML)
    book.Root.Metadata = written
    info = {
        "/Title": told.title, "/Author": told.author, "/Subject": told.subject, "/Producer": told.producer,
        "/CreationDate": told.pdf_date, "/ModDate": told.pdf_date,
    }  # fmt: skip
    book.trailer.Info = book.make_indirect(Dictionary({name: String(words) for name, words in info.items()}))
    book.Root.Lang = String(told.language)
    book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    book.Root.PageMode = Name.UseOutlines
