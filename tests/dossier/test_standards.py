"""Every dossier keeps PDF/A-3a and PDF/UA-1 at once; what doesn't is told, and nothing else is."""

from __future__ import annotations

import itertools
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from bids.dossier import standards
from bids.dossier.build import build_pdf
from bids.dossier.contents import sections
from bids.dossier.html import Writer
from bids.dossier.limits import Limits
from bids.dossier.press import Press, PressFailed
from bids.dossier.source import Built
from bids.dossier.validation import Breach, breaches
from bids.dossier.xmp import Told, packet
from bids.rulebook.facts import ChapterFacts
from bids.rulebook.vocabulary import Language
from tests.dossier import sample
from tests.dossier.paper import Paper


def broken(built: Built, folder: Path) -> list[Breach]:
    path = folder / "dossier.pdf"
    path.write_bytes(built.pdf)
    return breaches(path)


def test_a_submission_keeps_both_and_no_remark_says_otherwise(built: Built, tmp_path: Path) -> None:
    assert broken(built, tmp_path) == []
    assert built.warnings == ()


@pytest.mark.deep
def test_a_long_bid_with_a_thousand_lines_keeps_both_standards(tmp_path: Path) -> None:
    built = build_pdf(sample.small(sample.long_bid()))
    assert built.pages > 160
    assert broken(built, tmp_path) == []


def test_each_section_of_text_keeps_them_by_itself() -> None:
    """A long table is a bare fragment: it gets its description and colours when it is bound."""
    source = sample.small()
    writer = Writer(source)
    with Press("en", Limits()) as press:
        texts = [text for section in sections(source) if (text := writer.section(section)).form == "html"]
        assert len(texts) > 8
        for manuscript, _ in press.set_each(texts):
            assert (manuscript.name, breaches(press.folder / f"{manuscript.name}.pdf")) == (manuscript.name, [])


def test_a_file_that_keeps_neither_is_found_out(built: Built, tmp_path: Path) -> None:
    path = tmp_path / "bare.pdf"
    with pikepdf.open(Paper(built.pdf).reader.stream) as pdf:
        del pdf.Root.Metadata
        del pdf.Root.OutputIntents
        pdf.save(path)
    found = breaches(path)
    assert {breach.standard for breach in found} == {"PDF/A-3a", "PDF/UA-1"}
    assert (
        Breach("PDF/UA-1", "PDFUA1-ID-SCHEMA-001", 1, "XMP does not contain the PDF/UA Identification schema") in found
    )


def a_stream_of(content: bytes, path: Path) -> None:
    """A PDF whose page has this content, as it is."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.obj.Contents = pikepdf.Stream(pdf, content)
    pdf.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def lengths(path: Path) -> list[Breach]:
    return [breach for breach in breaches(path) if "STREAM-LENGTH" in breach.rule]


def test_a_stream_that_ends_in_a_carriage_return_is_no_breach(tmp_path: Path) -> None:
    a_stream_of(b"q Q\r", tmp_path / "return.pdf")
    assert lengths(tmp_path / "return.pdf") == []


def test_a_wrong_length_is_one(tmp_path: Path) -> None:
    path = tmp_path / "wrong.pdf"
    a_stream_of(b"q Q q Q q Q", path)
    assert b"/Length 11" in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(b"/Length 11", b"/Length 07"))
    assert [breach.standard for breach in lengths(path)] == ["PDF/A-3a"]


class Printer:
    """A press that says this of its file."""

    def __init__(self, *found: dict[str, object], failure: str = "") -> None:
        self.found, self.failure = list(found), failure

    def validate(self) -> list[dict[str, object]]:
        if self.failure:
            raise PressFailed(self.failure, "60 s")
        return self.found


def test_a_breach_becomes_a_remark_and_a_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    breach = Breach("PDF/UA-1", "PDFUA1-TITLE-001", 2, "the document has no title")
    with caplog.at_level(logging.WARNING):
        (remark,) = standards.remarks(Printer(breach.as_json()))  # type: ignore[arg-type]
    assert str(remark) == (
        "The file breaks a rule of PDF/UA-1 (PDFUA1-TITLE-001, 2 times): the document has no title. "
        "It can be read all the same; tell the people who run Tandem."
    )
    assert [record.getMessage() for record in caplog.records] == [
        "a dossier breaks PDF/UA-1, PDFUA1-TITLE-001, 2 times: the document has no title"
    ]


def test_a_validator_that_gives_up_is_a_remark_too() -> None:
    (remark,) = standards.remarks(Printer(failure="time"))  # type: ignore[arg-type]
    assert str(remark).startswith("Nobody could check whether the file keeps PDF/A-3a and PDF/UA-1 (time).")


def test_the_file_says_what_it_keeps_as_it_lies_there(built: Built) -> None:
    assert b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in built.pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in built.pdf
    assert b"<xmp:CreateDate>2025-06-12T09:30:00Z</xmp:CreateDate>" in built.pdf
    information = Paper(built.pdf).reader.metadata
    assert information is not None
    assert information.creation_date == information.modification_date == datetime(2025, 6, 12, 9, 30, tzinfo=UTC)


def test_typed_words_break_no_packet() -> None:
    told = Told.of(title="A <b> & \x0b c\nd", language="en", producer="Tandem")
    assert told.title == "A <b> & c d"
    assert "A &lt;b&gt; &amp; c d" in packet(told).decode()


def test_one_colour_profile_serves_the_whole_book(paper: Paper) -> None:
    root = paper.reader.trailer["/Root"]
    (intent,) = root["/OutputIntents"]
    profile = intent["/DestOutputProfile"].get_object()
    assert profile["/N"] == 3
    for page in paper.reader.pages:
        spaces = page["/Resources"].get("/ColorSpace")
        assert spaces is None or spaces["/srgb"][1].get_object() == profile


def test_cells_name_their_headers_by_numbers_the_book_knows(paper: Paper) -> None:
    root = paper.reader.trailer["/Root"]["/StructTreeRoot"]
    names = list(root["/IDTree"]["/Names"])
    known = [str(name) for name in names[::2]]
    assert known == sorted(known)
    assert len(known) == len(set(known)) > 100
    cells = [cell.get_object() for cell in paper.elements("/TD")]
    named = [str(name) for cell in cells for name in cell.get("/A", {}).get("/Headers", ())]
    assert len(named) > 200
    assert set(named) <= set(known)
    assert {cell["/A"]["/Scope"] for cell in paper.elements("/TH")} == {"/Column", "/Row"}


def test_a_chapter_in_another_language_says_so_in_its_tag() -> None:
    text = ChapterFacts("3", title="Système", html="<p>Une machine.</p>", language=Language.FR)
    source = sample.small(sample.small_bid(chapters=(text,)))
    (chapter,) = (section for section in sections(source) if section.name == "chapter-3")
    with Press("en", Limits()) as press:
        press.typeset("chapter-3", Writer(source).section(chapter).text)
        paper = Paper(press.fragment("chapter-3"))
    assert [str(element["/Lang"]) for element in paper.elements("/Div") if "/Lang" in element] == ["fr"]


def test_headings_come_in_order_and_none_is_skipped(paper: Paper) -> None:
    levels = [int(element["/S"][2]) for element in paper.elements("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")]
    assert levels[0] == 1
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_figures_say_where_they_stand_on_their_page(paper: Paper) -> None:
    figures = paper.elements("/Figure")
    assert len(figures) > 5
    for figure in figures:
        left, bottom, right, top = (float(edge) for edge in figure["/A"]["/BBox"])
        _, _, width, height = (float(edge) for edge in figure["/Pg"]["/MediaBox"])
        assert 0 <= left < right <= width
        assert 0 <= bottom < top <= height


def page_of(tag: Any) -> int:
    """The page a tag begins on: its own, or that of its first piece where it continues on the next page."""
    return int((tag if "/Pg" in tag else tag["/K"][0]).raw_get("/Pg").idnum)


def test_it_is_read_from_the_first_page_to_the_last(paper: Paper) -> None:
    """In the order of the tags no page comes before an earlier one, and the texts come as they were written."""
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(paper.reader.pages)}
    read = [numbers[page_of(tag)] for tag in paper.elements("/H1", "/H2", "/P", "/TD", "/Figure", "/Form")]
    assert len(read) > 200
    assert read == sorted(read)
    assert set(read) == set(range(len(paper.pages)))
    written = ["What we", "A machine", "L001", "L002", "L003", "The machine comes late", "Letter of the State"]
    places = [paper.text.rindex(words) for words in written]
    assert places == sorted(places)
