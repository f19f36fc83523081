"""Long tables are written directly: every word of them, as one table for a screen reader, whatever their length."""

from __future__ import annotations

import dataclasses
import io
import re
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from bids.dossier.build import build_pdf
from bids.dossier.contents import sections
from bids.dossier.long.face import FONTS, Face
from bids.dossier.long.pages import HEIGHT, TOP, Faces, Layout
from bids.dossier.long.table import PLAIN, Cell, Column, LongTable, Sum
from bids.dossier.long.writer import set_long_table
from bids.dossier.source import Built
from bids.rulebook.facts import CostFact
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Stream
from tests.dossier import sample
from tests.dossier.paper import Paper, tidy

COLUMNS = (
    Column("Line", 33.0, is_head=True),
    Column("Description"),
    Column("Ground", 100.0),
    Column("Amount, €", 66.0, is_number=True),
)
SUM = Sum("Total", 3, ("1,234.00",))


def a_table(*rows: tuple[Cell, ...], **changes: Any) -> LongTable:
    table = LongTable("Budget lines", "The budget", COLUMNS, rows, SUM, part="The money", number="Table 7.")
    return dataclasses.replace(table, **changes)


def a_row(number: int, text: Cell = "People", amount: str = "100.00") -> tuple[Cell, ...]:
    return (f"L{number:03}", text, "Regulation", amount)


def pdf_of(table: LongTable, folder: Path) -> bytes:
    target = folder / "table.pdf"
    set_long_table(table.as_json(), "en", target)
    return target.read_bytes()


def tags(pdf: bytes) -> list[tuple[str, list[Any]]]:
    """The tag tree: each role with its kids; pieces of pages are left out."""
    book = pikepdf.open(io.BytesIO(pdf))

    def told(element: Any) -> tuple[str, list[Any]]:
        kids = element.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        elements = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        return str(element.S)[1:], [told(kid) for kid in elements]

    return [told(element) for element in book.Root.StructTreeRoot.K]


def test_a_table_comes_back_from_its_json() -> None:
    table = a_table(a_row(1), a_row(2, ("Late", "No price yet.")))
    assert LongTable.from_json(table.as_json()) == table
    assert LongTable.from_json(a_table(sum=None).as_json()).sum is None


def test_a_page_reads_in_order(tmp_path: Path) -> None:
    paper = Paper(pdf_of(a_table(a_row(1, ("Machine", "No price yet.")), lead="Each line of it."), tmp_path))
    raw = tidy(" ".join(page.extract_text() for page in paper.reader.pages))
    assert raw == (
        "THE MONEY Budget lines Each line of it. Table 7. The budget Line Description Ground Amount, € "
        "L001 Machine No price yet. Regulation 100.00 Total 1,234.00"
    )


def test_it_is_one_table_over_all_pages(tmp_path: Path) -> None:
    pdf = pdf_of(a_table(*(a_row(number) for number in range(100))), tmp_path)
    assert len(Paper(pdf).pages) == 4
    ((document, (part, title, table)),) = tags(pdf)
    assert (document, part, title, table[0]) == ("Document", ("P", []), ("H1", []), "Table")
    caption, head, body = table[1]
    assert caption == ("Caption", [])
    assert head == ("THead", [("TR", [("TH", [])] * 4)])
    row = ("TR", [("TH", []), ("TD", []), ("TD", []), ("TD", [])])
    assert body == ("TBody", [row] * 100 + [("TR", [("TH", []), ("TD", [])])])


def test_heads_are_seen_on_every_page_and_told_once(tmp_path: Path) -> None:
    pdf = pdf_of(a_table(*(a_row(number) for number in range(100))), tmp_path)
    assert [page.count("Description") for page in Paper(pdf).pages] == [1, 1, 1, 1]
    book = pikepdf.open(io.BytesIO(pdf))
    repeated = [b"/Artifact <</Type/Pagination>> BDC" in page.Contents.read_bytes() for page in book.pages]
    assert repeated == [False, True, True, True]


def test_cells_that_name_rows_and_columns_say_so(tmp_path: Path) -> None:
    book = pikepdf.open(io.BytesIO(pdf_of(a_table(a_row(1)), tmp_path)))
    table = book.Root.StructTreeRoot.K[0].K[-1]
    _, head, body = table.K
    assert [str(cell.A.Scope) for cell in head.K[0].K] == ["/Column"] * 4
    assert str(body.K[0].K[0].A.Scope) == "/Row"
    total = body.K[1].K[0].A
    assert (str(total.Scope), int(total.ColSpan)) == ("/Row", 3)


def test_no_word_is_lost_however_long_the_text(tmp_path: Path) -> None:
    words = [f"word{number}" for number in range(3000)]
    pdf = pdf_of(a_table(a_row(1), a_row(2, " ".join(words)), a_row(3)), tmp_path)
    assert re.findall(r"word\d+", Paper(pdf).text) == words
    ((_, (*_, table)),) = tags(pdf)
    assert len(table[1][2][1]) == 4  # the long row is one row over its pages


@pytest.mark.parametrize("room", [20, 37, 80, 300])
@pytest.mark.parametrize(
    "text",
    [
        "Liquid-cooled nodes and/or a low-latency network",
        "Donaudampfschifffahrtsgesellschaft of unbelievable length",
        "x" * 200,
        "  many   blanks\tand\nlines ",
        "",
        "1 234 567,89 €",
    ],
)
def test_lines_fit_and_together_are_the_text(text: str, room: float) -> None:
    face = Face("Regular", "en")
    lines = face.lines(text, room, 8)
    assert all(face.width(line.rstrip(" "), 8) <= room for line in lines)
    whole = " ".join(re.split(r"[ \t\n]+", text)).strip(" ")
    assert "".join(lines).replace("-", "") == whole.replace("-", "")


def test_a_number_is_never_broken_but_written_smaller() -> None:
    layout = Layout(a_table(a_row(1, amount="1,000,000,000,000.00")), Faces("en"))
    (sheet,) = layout.pages(TOP)
    (line,) = sheet.rows[0].boxes[3].lines
    assert line.width <= sheet.rows[0].boxes[3].room + 0.01
    assert 5 < line.style.size < 8


@pytest.mark.parametrize("count", range(60, 76))
def test_the_sum_never_stands_alone_and_nothing_stands_in_the_foot(count: int) -> None:
    sheets = Layout(a_table(*(a_row(number) for number in range(count))), Faces("en")).pages(150)
    assert all(len(sheet.rows) > 1 for sheet in sheets)
    assert [row.index for sheet in sheets for row in sheet.rows] == list(range(count + 1))
    assert all(sheet.rows[-1].y + sheet.rows[-1].height <= HEIGHT - 70.8 for sheet in sheets)


def test_every_plain_letter_is_in_every_face() -> None:
    plain = {letter for letter in map(chr, range(32, 0x10000)) if PLAIN.fullmatch(letter)}
    assert len(plain) > 900
    for name in ("Regular", "Bold", "Italic"):
        assert plain <= {chr(code) for code in TTFont(FONTS / f"Arimo-{name}.ttf").getBestCmap()}


def a_bid_with(description: str) -> Any:
    line = CostFact("L001", Stream.SERVICES, "north", "zell", "wp1", "A1", 2026, description, Euro.of(Decimal(9)))
    return sample.small(sample.small_bid(budget=(line,)))


@pytest.mark.parametrize(
    ("description", "is_written"),
    [
        ("Équipement à 50 %, “neuf” – 3 × 2", True),
        ("Ενέργεια и сеть", True),
        ("漢字", False),
        ("عربي", False),
        ("שלום", False),
        ("e\N{COMBINING ACUTE ACCENT}", False),
        ("soft\N{SOFT HYPHEN}hyphen", False),
        ("✓", False),
    ],
)
def test_what_needs_a_typesetter_goes_to_it(description: str, is_written: bool) -> None:
    (lines,) = (section for section in sections(a_bid_with(description)) if section.name == "lines-1")
    assert bool(lines.table) is is_written


def test_both_ways_say_the_same(built: Built) -> None:
    """The same lines, once written and once set because one letter is none of ours."""
    written = Paper(built.pdf)
    facts = sample.small_bid()
    odd = dataclasses.replace(facts.budget[2], description="An audit ✓")
    by_typesetter = Paper(build_pdf(sample.small(dataclasses.replace(facts, budget=(*facts.budget[:2], odd)))).pdf)
    (one,) = (page for page in written.pages if "The budget line by line" in page and "L001" in page)
    (other,) = (page for page in by_typesetter.pages if "The budget line by line" in page and "L001" in page)
    assert one == re.sub(r"An audit \S", "An audit", other)


@pytest.mark.deep
def test_five_thousand_lines_take_seconds(tmp_path: Path) -> None:
    table = a_table(*(a_row(number, f"Accelerated nodes, delivery {number}") for number in range(5000)))
    began = time.process_time()
    pdf_of(table, tmp_path)
    assert time.process_time() - began < 10
