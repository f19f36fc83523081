"""Annexed letters: shown page by page, told to those who can't see them, enclosed as they came, and small."""

from __future__ import annotations

import dataclasses
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bids.dossier import addresses
from bids.dossier.addresses import Address
from bids.dossier.build import build_pdf
from bids.dossier.enclosures import enclosed, too_large
from bids.dossier.raster import NotShown, picture
from bids.dossier.rows import letters_of
from bids.dossier.sections import letters as section
from bids.dossier.sections.letters import PAGES_PER_SECTION, allowance, pieces
from bids.dossier.source import Built, CannotBuild, Letter, Source
from bids.dossier.validation import breaches
from bids.models import StoredFile
from bids.rulebook.facts import DocumentFacts
from tests.dossier import sample
from tests.dossier.letters import scanned, with_letters, written
from tests.dossier.paper import Paper

DIGEST = "ab" * 32


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("letters")


@pytest.fixture(scope="module")
def source(folder: Path) -> Source:
    """Two letters of two pages each, the second one scanned."""
    return with_letters(folder, written(), scanned(2))


@pytest.fixture(scope="module")
def annexed(source: Source) -> Built:
    return build_pdf(source)


@pytest.fixture(scope="module")
def bound(annexed: Built) -> Paper:
    return Paper(annexed.pdf)


def test_every_page_of_a_letter_is_a_figure_with_words(bound: Paper) -> None:
    words = [str(figure["/Alt"]) for figure in bound.elements("/Figure")]
    assert [said for said in words if said.startswith("Annex")] == [
        "Annex 1: Letter 1 of X, page 1 of 2",
        "Annex 1: Letter 1 of X, page 2 of 2",
        "Annex 2: Letter 2 of X, page 1 of 2",
        "Annex 2: Letter 2 of X, page 2 of 2",
    ]


def test_the_list_of_documents_leads_to_the_pages(bound: Paper) -> None:
    *_, listed = (number for number, page in enumerate(bound.pages, start=1) if "Documents of the bid" in page)
    links = {words: bound.page_of(place) for words, place in bound.links(listed)}
    first = links["Annex 1: Letter 1 of X"]
    assert links["Annex 2: Letter 2 of X"] == first + 2
    assert first > listed
    assert bound.pages[first - 1].startswith("Annex 1: Letter 1 of X Annex 1: Letter 1 of X Support letter")
    assert "Annex 1: Letter 1 of X, page 2 of 2" in bound.pages[first]
    assert f"Page {first + 1} of {len(bound.pages)}" in bound.pages[first]


def test_the_contents_and_the_bookmarks_name_each_annex(bound: Paper) -> None:
    links = [*bound.links(2), *bound.links(3)]  # the contents
    (entry,) = (words for words, _ in links if words.startswith("Annex 2"))
    title, _, page = entry.rpartition(" ")
    assert title == "Annex 2: Letter 2 of X"
    assert (1, title, int(page)) in bound.bookmarks()


def test_annexes_keep_both_standards(annexed: Built, tmp_path: Path) -> None:
    path = tmp_path / "annexed.pdf"
    path.write_bytes(annexed.pdf)
    assert breaches(path) == []
    assert annexed.warnings == ()


def test_nothing_of_a_letter_but_its_looks_is_on_the_pages(bound: Paper, tmp_path: Path) -> None:
    assert "We support page" not in bound.text
    assert bound.fonts(tmp_path) <= {"Arimo", "Arimo-Bold", "Arimo-Italic", "Arimo-BoldItalic"}


def test_the_originals_lie_inside_as_they_came(bound: Paper, source: Source) -> None:
    files = bound.enclosed()
    for letter, name in zip(source.letters, ("annex-1-letter1.pdf", "annex-2-letter2.pdf"), strict=True):
        spec = files[name]
        assert spec["/EF"]["/F"].get_object().get_data() == letter.path.read_bytes()
        assert (spec["/AFRelationship"], spec["/Desc"]) == ("/Supplement", f"The original of “{letter.title}”")


def test_originals_that_make_the_file_too_large_stay_outside_and_that_is_said(source: Source) -> None:
    small, large = source.letters
    found = enclosed(dataclasses.replace(source, most_bytes=5 * (small.size + large.size - 1)))
    assert [file.name for file in found.files] == ["bid.json", "budget.xlsx", "annex-1-letter1.pdf"]
    assert [str(warning)[:41] for warning in found.warnings] == ["1 original of the annexes is not enclosed"]


def test_a_file_that_is_larger_than_it_should_be_says_so(source: Source) -> None:
    assert list(too_large(source, 10_000_000)) == []
    (remark,) = too_large(source, 10_000_001)
    assert str(remark).startswith("The dossier has 11 MB; it should have at most 10 MB.")


def test_a_letter_that_changed_stops_the_dossier(folder: Path, tmp_path: Path) -> None:
    source = with_letters(tmp_path, written())
    source.letters[0].path.write_bytes(written("Another letter"))
    with pytest.raises(CannotBuild, match="“Letter 1 of X” is no longer the one that was uploaded") as found:
        build_pdf(source)
    assert found.value.is_final


def test_a_letter_that_is_gone_stops_it_too(tmp_path: Path) -> None:
    source = with_letters(tmp_path, written())
    source.letters[0].path.unlink()
    with pytest.raises(CannotBuild, match=re.escape("The file of “Letter 1 of X” is missing. Upload it again")):
        build_pdf(source)


@pytest.mark.parametrize(("content", "pages"), [(b"%PDF-1.7 and no more", 1), (written(pages=2), 3)])
def test_a_letter_that_cannot_be_shown_is_named(tmp_path: Path, content: bytes, pages: int) -> None:
    """Damaged, or with another number of pages than was counted: no page is ever left out."""
    with pytest.raises(CannotBuild, match="“Annex 1: Letter 1 of X” can't be shown: its file is damaged"):
        build_pdf(with_letters(tmp_path, content, pages=pages))


def test_a_letter_whose_pages_nobody_counted_is_listed_and_enclosed_only(tmp_path: Path) -> None:
    source = with_letters(tmp_path, written(), pages=None)
    assert pieces(source) == []
    assert [file.name for file in enclosed(source).files] == ["bid.json", "budget.xlsx", "document-letter1.pdf"]


def test_a_long_letter_is_set_in_pieces(tmp_path: Path) -> None:
    source = with_letters(tmp_path, written(), pages=60)
    found = [(piece.name, piece.first, piece.last) for piece in pieces(source)]
    assert found == [("annex-1-1", 1, 25), ("annex-1-26", 26, 50), ("annex-1-51", 51, 60)]
    assert PAGES_PER_SECTION == 25
    assert [str(piece.title) for piece in pieces(source)][:2] == [
        "Annex 1: Letter 1 of X", "Annex 1: Letter 1 of X (continued)",
    ]  # fmt: skip


@pytest.mark.parametrize(("letters", "each"), [(1, 400), (10, 200), (20, 120), (41, 60), (100, 40)])
def test_more_pages_may_take_less_each(tmp_path: Path, letters: int, each: int) -> None:
    assert allowance(with_letters(tmp_path, *[f"{number}".encode() for number in range(letters)])) == each


@pytest.mark.django_db
def test_letters_are_the_documents_whose_files_are_kept_here() -> None:
    kept = StoredFile.objects.keep(written(), pages=2)
    documents = (
        DocumentFacts("elsewhere", title="Known by its digest", sha256=DIGEST, pages=4),
        DocumentFacts("here", sha256=kept.sha256, pages=2),
        DocumentFacts("nowhere", title="Announced"),
    )
    found = letters_of(sample.small_bid(documents=documents))
    assert found == (Letter("here", "here", kept.sha256, kept.path, kept.size, 2),)


def shown(folder: Path, content: bytes, kilobytes: int) -> tuple[str, Image.Image, int]:
    (letter,) = with_letters(folder, content).letters
    kind, found = picture(Address(letter.sha256, 1, letter.pages or 0, kilobytes), letter.path)
    return kind, Image.open(BytesIO(found)), len(found)


def test_a_page_of_text_is_kept_without_loss_at_two_hundred_dots_an_inch(folder: Path) -> None:
    kind, page, size = shown(folder, written(), 400)
    assert (kind, page.mode, page.size) == ("image/png", "L", (1653, 2339))
    assert size < 250_000


def test_a_scan_becomes_coarser_until_it_fits(folder: Path) -> None:
    sizes = []
    for kilobytes in (400, 200, 120):
        kind, page, size = shown(folder, scanned(2), kilobytes)
        assert (kind, page.mode) == ("image/jpeg", "RGB")
        assert size <= kilobytes * 1000
        sizes.append(size)
    assert sizes == sorted(sizes, reverse=True)


def test_a_page_that_is_not_there_is_not_made_up(folder: Path) -> None:
    (letter,) = with_letters(folder, written()).letters
    with pytest.raises(NotShown, match="has 2 pages, 5 were counted"):
        picture(Address(letter.sha256, 4, 5, 400), letter.path)


@pytest.mark.parametrize(
    "name",
    [
        "letter/../../etc/passwd/1-1/40",
        f"letter/{DIGEST}/0-1/40",
        f"letter/{DIGEST}/1-1/40/",
        f"letter/{DIGEST}x/1-1/40",
    ],
)
def test_only_pages_of_letters_can_be_asked_for(name: str) -> None:
    assert addresses.read(name) is None


def test_an_address_is_read_as_it_was_written() -> None:
    asked = Address(DIGEST, 3, 12, 120)
    assert addresses.read(str(asked)) == asked
    assert section.place(3) == "annex-3"
