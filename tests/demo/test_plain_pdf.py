"""Specimen letters are real PDFs, and the same words give the same bytes."""

from __future__ import annotations

import io

import pikepdf
from pypdf import PdfReader

from bids.actions.plain_pdf import letter

NOTE = "Illustrative."


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf), strict=True)


def test_a_letter_says_what_it_was_given_in_three_languages() -> None:
    words = "L'État fédéral (« Belgique ») s'engage; de coöperatie kost € 5."
    page = read(letter("Specimen: commitment", [words], NOTE, "SPECIMEN"))
    text = " ".join(page.pages[0].extract_text().split())
    assert words in text
    assert NOTE in text
    assert "SPECIMEN" in text
    assert page.metadata is not None
    assert page.metadata.title == "Specimen: commitment"


def test_the_same_words_give_the_same_bytes() -> None:
    assert letter("Title", ["Words."], NOTE, "SPECIMEN") == letter("Title", ["Words."], NOTE, "SPECIMEN")


def test_a_long_letter_gets_a_second_page_and_loses_no_line() -> None:
    paragraphs = [f"Paragraph {number} of a letter that is longer than one page." for number in range(40)]
    pages = read(letter("Title", paragraphs, NOTE, "SPECIMEN")).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert len(pages) == 3
    assert [number for number in range(40) if f"Paragraph {number} of" not in text] == []


def test_a_strict_reader_finds_no_fault() -> None:
    with pikepdf.open(io.BytesIO(letter("Title \\ (1)", ["(a \\ b)"], NOTE, "SPECIMEN"))) as pdf:
        assert pdf.check_pdf_syntax() == []
