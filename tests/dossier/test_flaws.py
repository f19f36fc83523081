"""Each flaw that dossiers are searched for is found where somebody has put it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from bids.dossier.source import Built
from tests.dossier import sample
from tests.dossier.flaws import flaws

Damage = Callable[[Pdf], None]


def of_type(pdf: Pdf, kind: Name) -> list[pikepdf.Object]:
    return [thing for thing in pdf.objects if isinstance(thing, Dictionary) and thing.get("/Type") == kind]


def no_standard(pdf: Pdf) -> None:
    del pdf.Root.Metadata


def a_font_of_the_machine(pdf: Pdf) -> None:
    for font in of_type(pdf, Name.Font):
        font.BaseFont = Name("/ABCDEF+DejaVuSans")


def a_font_that_is_elsewhere(pdf: Pdf) -> None:
    for descriptor in of_type(pdf, Name.FontDescriptor):
        del descriptor.FontFile2


def pages_in_another_order(pdf: Pdf) -> None:
    fifth, sixth = pdf.pages[4].obj, pdf.pages[5].obj
    pdf.Root.Pages.Kids[4], pdf.Root.Pages.Kids[5] = sixth, fifth


def a_bookmark_to_the_cover(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[1].children[0].destination = to(pdf, 0)


def a_part_that_begins_elsewhere(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[1].destination = to(pdf, 5)


def to(pdf: Pdf, page: int) -> Array:
    return Array([pdf.pages[page].obj, Name.XYZ, 0, 842, 0])


def places(pdf: Pdf) -> Array:
    return pdf.Root.Names.Dests.Names


def place_of(pdf: Pdf, name: str) -> int:
    return [str(each) for each in list(places(pdf))[::2]].index(name) * 2


def a_section_that_lies_elsewhere(pdf: Pdf) -> None:
    places(pdf)[place_of(pdf, "risks.0") + 1] = to(pdf, 3)


def a_partner_who_lies_elsewhere(pdf: Pdf) -> None:
    places(pdf)[place_of(pdf, "partner-north") + 1] = to(pdf, 2)


def a_place_that_is_gone(pdf: Pdf) -> None:
    places(pdf)[place_of(pdf, "partner-north")] = String("partner-nortg")


def a_link_nobody_joined(pdf: Pdf) -> None:
    link = pdf.pages[1].obj.Annots[0]
    del link["/Dest"]
    link.A = Dictionary(S=Name.URI, URI="urn:dossier:summary.0")


def an_entry_by_another_name(pdf: Pdf) -> None:
    pdf.pages[1].obj.Annots[0].Contents = String("Sumary 4")


def contents_of_nothing(pdf: Pdf) -> None:
    for page in (1, 2):
        del pdf.pages[page].obj["/Annots"]


def sections_read_backwards(pdf: Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K[0]
    document.K = Array(reversed(list(document.K)))


def a_heading_read_after_the_next(pdf: Pdf) -> None:
    tags = [tag for tag in of_type(pdf, Name.StructElem) if tag.get("/Pg") == pdf.pages[3].obj]
    first = next(tag for tag in tags if tag.S == Name.H1)
    second = next(tag for tag in tags if tag.S == Name.H2)
    first.K, second.K = second.K, first.K


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (no_standard, "breaks PDF/UA-1, PDFUA1-"),
        (a_font_of_the_machine, "uses the font DejaVuSans"),
        (a_font_that_is_elsewhere, "uses the font Arimo, not embedded"),
        (pages_in_another_order, "page 5 doesn't say “Page 5 of "),
        (a_bookmark_to_the_cover, "the bookmark “Summary” leads to page 1, where no such heading follows"),
        (a_part_that_begins_elsewhere, "the bookmark “The bid at a glance” leads to page 6, the first section there"),
        (a_section_that_lies_elsewhere, "the contents tell page 19 for “Risks and indicators”, the link leads to 4"),
        (pages_in_another_order, "the contents tell page 5 for “"),
        (a_partner_who_lies_elsewhere, "the link “North University” on page 6 leads to page 3, which doesn't say so"),
        (a_place_that_is_gone, "the link “North University” on page 6 leads nowhere"),
        (a_link_nobody_joined, "a link leads to urn:dossier:summary.0"),
        (contents_of_nothing, "the contents list nothing"),
        (an_entry_by_another_name, "the contents tell page 4 for “Sumary”, which doesn't stand there"),
        (sections_read_backwards, "“Risks and indicators” on page 19 is read after page "),
        (a_heading_read_after_the_next, "“Summary” on page 4 is read after “What is proposed”, which stands below it"),
    ],
)
def test_a_flaw_is_found(built: Built, tmp_path: Path, damage: Damage, told: str) -> None:
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(built.pdf)) as pdf:
        damage(pdf)
        pdf.save(changed)
    found = flaws(replace(built, pdf=changed.getvalue()), sample.small(), tmp_path)
    assert [flaw for flaw in found if flaw.startswith(told)], found
