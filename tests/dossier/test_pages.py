"""What a dossier says on its pages, and that its pages know where they are."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest

from bids import wording
from bids.dossier.build import build_pdf
from bids.dossier.contents import sections, sheets
from bids.dossier.html import DEMONSTRATION, Writer
from bids.dossier.sections.chapters import untranslated
from bids.dossier.source import Built
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Language
from tests.dossier import sample
from tests.dossier.paper import Paper

PARTS = [
    "The bid at a glance",
    "Who and where",
    "The application",
    "The work",
    "The money",
    "Assurance and annexes",
]


def listed(paper: Paper) -> list[tuple[str, str]]:
    """What the contents pages list, with the places of their links."""
    return [link for page in range(2, paper.page_of("summary.0")) for link in paper.links(page)]


def test_every_page_says_where_it_is_and_what_it_was_made_from(paper: Paper, built: Built) -> None:
    assert len(paper.pages) == built.pages
    for number, page in enumerate(paper.pages, start=1):
        assert f"Page {number} of {built.pages}" in page
        assert f"BE-SMALL · Submission dossier, round 1 Page {number}" in page
        assert f"SHA-256 {sample.DIGEST}" in page


def test_the_sums_are_those_of_the_assessment(paper: Paper) -> None:
    found = sample.small().assessment
    for amount in (found.total, found.eu, found.national, found.uncovered, found.signed):
        assert wording.amount(amount) in paper.text
    assert str(found.total) == "1155000.01"
    assert "€ 1,155,000.01" in paper.pages[0]  # the cover


def test_what_partners_bring_and_earn_stands_in_the_financing() -> None:
    """North costs 125 000.00 in services, of which the Union pays half; without such a card no word is said."""
    facts = sample.small_bid()
    north, south = facts.partners
    stated = dataclasses.replace(north, state_money=Euro.of("40000.00"), expected_revenues=Euro.of("62500.07"))
    printed = Paper(build_pdf(sample.small(dataclasses.replace(facts, partners=(stated, south)))).pdf).text
    assert "North 125,000.00 62,500.00 40,000.00 – 22,500.00" in printed
    assert "North 125,000.00 62,500.00 62,500.07 0.07" in printed
    assert "South 30,000.01 15,000.01" not in printed


def test_nothing_is_said_of_what_nobody_states(paper: Paper) -> None:
    assert "Contributions in kind" not in paper.text
    assert "Expected revenues" not in paper.text


def test_the_hours_of_the_planned_machines_stand_with_the_sites() -> None:
    facts = sample.small_bid()
    zell, char = facts.sites
    known = dataclasses.replace(zell.machines[0], availability=Decimal("0.95"))
    sites = (dataclasses.replace(zell, machines=(known,)), char)
    printed = Paper(build_pdf(sample.small(dataclasses.replace(facts, sites=sites))).pdf).text
    assert "The planned machines run 2,130,432 accelerator hours a year" in printed
    assert "The bid wants 10 % of the Union's hours for commercial use: 106,521 a year." in printed


def test_every_line_stands_in_the_budget_and_every_step_among_the_steps(paper: Paper) -> None:
    source = sample.small()
    for line in source.facts.budget:
        assert f"{line.key} {line.description}" in paper.text
    for number, step in enumerate(source.assessment.trace, start=1):
        assert f"{number} " in paper.text
        assert wording.amount(step.after) in paper.text


def test_the_contents_tell_the_page_their_links_lead_to(paper: Paper) -> None:
    links = listed(paper)
    assert len(links) > 50
    for words, place in links:
        title, _, page = words.rpartition(" ")
        assert paper.page_of(place) == int(page), title
        assert title in paper.pages[int(page) - 1]


def test_bookmarks_name_the_parts_and_their_sections(paper: Paper) -> None:
    marks = paper.bookmarks()
    assert [title for depth, title, _ in marks if depth == 0] == ["Contents", *PARTS]
    sections = [(title, page) for depth, title, page in marks if depth == 1]
    assert [title for title, _ in sections][:4] == ["Summary", "Applicant and declarations", "Consortium", "Sites"]
    for title, page in sections:
        assert title in paper.pages[page - 1]
    assert [page for _, page in sections] == sorted(page for _, page in sections)


def test_running_heads_name_the_section_at_the_top_of_the_page(paper: Paper) -> None:
    begins = [(page, title) for depth, title, page in paper.bookmarks() if depth == 1]
    first = begins[0][0]
    for number, page in enumerate(paper.pages[first - 1 :], start=first):
        before = [title for at, title in begins if at < number]
        here = [title for at, title in begins if at == number]
        assert page.startswith((*before[-1:], *here[:1]))


def test_short_chapters_share_pages(paper: Paper) -> None:
    pages = {title: page for depth, title, page in paper.bookmarks() if depth == 1}
    assert pages["1. Executive summary"] == pages["Criteria and where they are answered"]
    assert pages["Work plan"] > pages["3. System and general specifications"]


def test_tables_and_figures_are_numbered_without_gaps_and_listed_with_their_pages(paper: Paper) -> None:
    told = [words for words, _ in listed(paper)]
    for kind in ("Table", "Figure"):
        entries = [words for words in told if words.startswith(f"{kind} ")]
        numbers = [int(words.split()[1].rstrip(".")) for words in entries]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > 4
        for words in entries:
            title, _, page = words.rpartition(" ")
            assert title in paper.pages[int(page) - 1]


def test_no_section_is_empty(paper: Paper) -> None:
    """Between a section's heading and the next stand words of its own."""
    marks = [(title, page) for depth, title, page in paper.bookmarks() if depth == 1]
    for (title, page), following in zip(marks, [*marks[1:], None], strict=True):
        told = paper.pages[page - 1].rpartition(title)[2]
        if following and following[1] == page:
            told = told.partition(following[0])[0]
        assert len(told.split()) > 2, title


def test_only_the_vendored_font_is_used(paper: Paper, tmp_path: Path) -> None:
    assert paper.fonts(tmp_path) <= {"Arimo", "Arimo-Bold", "Arimo-Italic", "Arimo-BoldItalic"}


def test_the_file_tells_who_made_it_in_which_language(paper: Paper) -> None:
    root = paper.reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    told = paper.reader.metadata
    assert (told.title, told.author) == ("SMALL: Submission dossier, round 1", "North University")
    assert sample.DIGEST in told.subject
    assert told.creation_date == sample.TAKEN


def test_a_draft_says_so_across_every_page(draft_paper: Paper) -> None:
    for page in draft_paper.reader.pages:
        assert b"/Subtype /Watermark" in page.get_contents().get_data()
    assert "Draft dossier" in draft_paper.pages[0]
    assert "Open points" in draft_paper.text
    assert "The link is not costed." in draft_paper.text


def test_a_submission_carries_no_watermark_and_no_open_points(paper: Paper) -> None:
    for page in paper.reader.pages:
        assert b"/Watermark" not in page.get_contents().get_data()
    assert "Open points" not in paper.text


def test_a_demonstration_says_so_on_every_page(draft_paper: Paper, paper: Paper) -> None:
    words = DEMONSTRATION.replace("’", "'")
    for page in draft_paper.pages:
        assert words in page.replace("’", "'")
    assert "Reconstruction for demonstration" not in paper.text


def test_every_link_leads_somewhere(paper: Paper) -> None:
    places = paper.reader.named_destinations
    links = [link for page in range(1, len(paper.pages) + 1) for link in paper.links(page)]
    assert len(links) > 30
    assert [place for _, place in links if place not in places] == []


def test_a_dossier_speaks_its_language() -> None:
    source = sample.small(language=Language.FR)
    writer = Writer(source)
    told = "".join(writer.section(section).text for section in sections(source)).replace("\N{NO-BREAK SPACE}", " ")
    assert "1 155 000,01 €" in told
    assert '<html lang="fr">' in told
    assert [str(warning) for warning in untranslated(source)] == [
        "Chapter 1 is printed in en: there is no text in fr. Translate it, or leave it so.",
        "Chapter 3 is printed in en: there is no text in fr. Translate it, or leave it so.",
    ]


def test_the_belgian_factory_is_set_from_cover_to_verification(tmp_path: Path) -> None:
    """The whole demonstration bid, with its real chapters and its 129 lines."""
    source = sample.demo()
    told: list[float] = []
    built = build_pdf(source, progressed=told.append)
    paper = Paper(built.pdf)
    assert built.warnings == ()
    assert 60 < built.pages < 120
    assert told == sorted(told)
    assert len(told) == len(sheets(source)) + 1  # and the cover
    assert told[-1] == pytest.approx(0.9)
    for number, page in enumerate(paper.pages, start=1):
        assert f"Page {number} of {built.pages}" in page
        assert "Reconstruction for demonstration, from public reports." in page
    for line in source.facts.budget:
        assert f"{line.key} " in paper.text
    for words, place in listed(paper):
        assert paper.page_of(place) == int(words.rpartition(" ")[2])
    for chapter in source.facts.chapters:
        assert f"{chapter.key}. " in paper.text
    assert paper.fonts(tmp_path) == {"Arimo", "Arimo-Bold", "Arimo-Italic", "Arimo-BoldItalic"} - {"Arimo-BoldItalic"}
