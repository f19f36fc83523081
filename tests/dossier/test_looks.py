"""What makes pages pleasant: no remnants on last pages, no lonely rows, heads that name what stands below them."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from bids.dossier.binding import _heads
from bids.dossier.build import build_pdf
from bids.dossier.contents import sections, sheets
from bids.dossier.html import Writer
from bids.dossier.long.pages import COMPANY, HEIGHT, TOP, Faces, Layout, laid_out
from bids.dossier.long.table import Column, LongTable, Sum
from bids.dossier.pdf import MOST_SPILLED, Typesetter, _filled
from bids.dossier.sections.financing import Promise
from bids.dossier.source import Source
from bids.dossier.stamps import Marks, Stamper
from bids.rulebook.facts import ChapterFacts, CommitmentFacts
from bids.rulebook.vocabulary import PayerKind
from tests.dossier import sample
from tests.dossier.paper import Paper

SENTENCE = "A sentence that takes its place on a line of the page. "
ROWS_ON_PAGES = range(50, 90)


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    return Typesetter("en", tmp_path_factory.mktemp("letters"))


def text_of(paragraphs: int) -> str:
    """Of two to three pages; paragraphs of several lengths."""
    told = "".join(f"<p>{SENTENCE * (4 + number % 7)}</p>" for number in range(paragraphs))
    body = f'<h1>A</h1><div class="chapter">{told}</div>'
    return f'<html lang="en"><head><title>A</title></head><body>{body}</body></html>'


def test_a_few_lines_over_are_taken_in_and_half_a_page_is_left_as_it_is(typesetter: Typesetter, tmp_path: Path) -> None:
    taken_in, left = 0, 0
    for paragraphs in range(17, 23):
        html = text_of(paragraphs)
        as_written = typesetter._set(typesetter._page(html)).pages
        found = typesetter.typeset(html, tmp_path / "a.pdf")
        if found.pages < len(as_written):
            assert _filled(as_written[-1]) <= MOST_SPILLED
            taken_in += 1
        elif _filled(as_written[-1]) > MOST_SPILLED:
            assert found.filled == _filled(as_written[-1])
            left += 1
    assert taken_in
    assert left


def test_the_same_text_is_set_the_same_whatever_was_set_before(typesetter: Typesetter, tmp_path: Path) -> None:
    for paragraphs in (19, 22, 19):
        typesetter.typeset(text_of(paragraphs), tmp_path / f"{paragraphs}.pdf")
        again = tmp_path / "again.pdf"
        typesetter.typeset(text_of(paragraphs), again)
        assert again.read_bytes() == (tmp_path / f"{paragraphs}.pdf").read_bytes()


def with_long_chapters(**limits: Any) -> Source:
    chapters = tuple(ChapterFacts(key, html="<p>" + "word " * 4000 + "</p>") for key in ("1", "2", "3"))
    source = sample.small(sample.small_bid(chapters=chapters))
    return dataclasses.replace(source, call=dataclasses.replace(source.call, **limits))


def chapters_in(source: Source) -> list[int]:
    """How many chapters each sheet with chapters holds."""
    held = [[each.name for each in sheet.inside or (sheet,)] for sheet in sheets(source)]
    counts = [sum(name.startswith("chapter-") for name in names) for names in held]
    return [count for count in counts if count]


def test_where_pages_count_every_chapter_follows_the_one_before() -> None:
    assert chapters_in(with_long_chapters()) == [1, 1, 1]
    assert chapters_in(with_long_chapters(page_limit=70)) == [3]
    assert chapters_in(with_long_chapters(page_limit_suggested=70)) == [3]


def title(label: str, page: int, y: float) -> dict[str, Any]:
    return {"level": 1, "label": label, "page": page, "x": 51.0, "y": y}


def test_a_head_names_the_section_that_stands_at_the_top_of_its_page() -> None:
    headings = [title("One", 0, 754), title("Two", 0, 400), title("Three", 2, 773.8), title("Four", 3, 500)]
    assert _heads({"head": "One to Four", "headings": headings}, 5) == ["One", "Two", "Three", "Three", "Four"]


def a_table(rows: int) -> LongTable:
    columns = (Column("Line", 60.0, is_head=True), Column("What"), Column("Amount, €", 66.0, is_number=True))
    told = tuple((f"L{number:03}", "People", "100.00") for number in range(rows))
    return LongTable("Lines", "Lines", columns, told, Sum("Total", 2, ("100.00",)))


@pytest.mark.parametrize("rows", ROWS_ON_PAGES)
def test_a_last_page_of_a_long_table_has_company(rows: int) -> None:
    layout, found = laid_out(a_table(rows), Faces("en"), 150)
    assert [row.index for sheet in found for row in sheet.rows] == list(range(rows + 1))
    assert len(found[-1].rows) >= COMPANY
    for sheet in found:
        below = [row.y + row.height for row in sheet.rows]
        assert [row.y for row in sheet.rows[1:]] == below[:-1]
        assert below[-1] <= HEIGHT - 70.8
    assert all(sheet.rows[0].y == TOP + layout.head_height for sheet in found[1:])


def test_rows_are_set_closer_only_where_that_saves_a_page() -> None:
    closer = [rows for rows in ROWS_ON_PAGES if laid_out(a_table(rows), Faces("en"), 150)[0].above < 2]
    assert 1 < len(closer) < 10
    for rows in closer:
        as_usual = Layout(a_table(rows), Faces("en")).pages(150)
        assert len(laid_out(a_table(rows), Faces("en"), 150)[1]) == len(as_usual) - 1


def test_a_note_of_two_lines_is_about_equally_long_in_both() -> None:
    words = "Reconstruction for demonstration, from public reports. Not the file submitted by Belgium."
    stamper = Stamper(pikepdf.new(), Marks((), "", words), [])
    room = stamper._width(words) - 5  # as it is, one word would stand alone
    first, second = stamper._balanced(words, room)
    assert f"{first} {second}" == words
    assert stamper._width(second) > 0.7 * stamper._width(first)
    assert stamper._balanced(words, room + 10) == [words]


@pytest.mark.parametrize(
    ("years", "told"),
    [((2026, 2027, 2028), "2026–2028"), ((2028, 2026), "2026, 2028"), ((2026,), "2026"), ((), "–")],
)
def test_years_in_a_row_are_told_as_a_span(years: tuple[int, ...], told: str) -> None:
    assert Promise(CommitmentFacts("c1", "State", PayerKind.FEDERAL, years=years), None).years == told


def empty() -> Source:
    nothing = dict.fromkeys(("partners", "sites", "links", "work_packages", "budget", "commitments"), ())
    more = dict.fromkeys(("chapters", "risks", "indicators", "documents"), ())
    return sample.small(sample.small_bid(**nothing, **more))


def test_a_bid_with_nothing_in_it_says_so_without_tables_of_nothing() -> None:
    source = empty()
    assert "lines-1" not in [section.name for section in sections(source)]
    writer = Writer(source)
    told = {section.name: writer.section(section).text for section in sections(source)}
    assert "No partner is named yet." in told["consortium"]
    assert "The budget has no line yet." in told["budget"]
    assert "<table" not in told["consortium"] + told["budget"]
    assert "<figure" not in told["summary"] + told["financing"]
    assert "Signature" not in told["declarations"]


def test_a_bid_with_nothing_in_it_is_set() -> None:
    built = build_pdf(empty())
    assert built.warnings == ()
    assert all(f"Page {number} of {built.pages}" in page for number, page in enumerate(Paper(built.pdf).pages, start=1))


def test_signatures_stand_together_on_one_page() -> None:
    facts = sample.small_bid()
    partners = tuple(dataclasses.replace(facts.partners[1], key=f"p{n}", name=f"Signatory {n}") for n in range(12))
    others = dataclasses.replace(facts, partners=partners, tco_verification="<p>We measure.</p>" * 20)
    paper = Paper(build_pdf(sample.small(others)).pdf)
    pages = [page for page in paper.pages if "Signatures of the legal representatives" in page]
    assert [[f"Signatory {n} " in f"{page} " for n in range(12)] for page in pages[1:]] == [[True] * 12]
