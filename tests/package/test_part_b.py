"""Part B for a word processor: the chapters of the call, what stands on top, and who may take it away."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from accounts.models import User
from bids import snapshot, wording
from bids.actions.texts import texts_of
from bids.dossier.source import Source
from bids.models import Bid
from bids.package.part_b import part_b
from bids.package.prose import WIDEST_TABLE
from bids.rulebook.facts import ChapterFacts
from bids.rulebook.vocabulary import Language
from tests import factories
from tests.dossier import sample
from tests.dossier.hostile import ALL

EVERYTHING = """<h1>Head</h1><p>One <strong>bold <em>both</em></strong> <a href="https://x.example/">link</a>
H<sub>2</sub>O<br>next</p><ul><li>a<ul><li>deeper</li></ul></li><li>b</li></ul><ol><li>one</li><li>two</li></ol>
<ol start="5"><li>five</li></ol><table><caption>Cap</caption><thead><tr><th>A</th><th colspan="2">B</th></tr></thead>
<tbody><tr><td rowspan="2">1</td><td>2</td><td><p>p</p><ul><li>z</li></ul></td></tr>
<tr><td>4</td><td>5</td></tr></tbody></table><blockquote>quoted</blockquote><pre>code
  indented</pre><hr><ul><li>before<ul><li>inside</li></ul>after</li><li><p>first</p><p>second</p></li></ul><script>alert(1)</script>"""


def with_chapters(*chapters: ChapterFacts, **changes: Any) -> Source:
    source = sample.small()
    return replace(source, facts=replace(source.facts, chapters=chapters), **changes)


def chapter(html: str, language: Language = Language.EN, key: str = "1") -> ChapterFacts:
    return ChapterFacts(key=key, language=language, title="", html=html)


def opened(source: Source) -> Any:
    return docx.Document(io.BytesIO(part_b(source)))


def below(document: Any, heading: str) -> list[tuple[str, str]]:
    """Style and words of the paragraphs under a heading, up to the next chapter."""
    lines = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    start = next(number for number, (_, words) in enumerate(lines) if words.startswith(heading))
    rest = lines[start + 1 :]
    end = next((number for number, (style, _) in enumerate(rest) if style == "Heading 1"), len(rest))
    return rest[:end]


def test_bid_round_digest_and_figures_stand_on_top() -> None:
    source = sample.small()
    document = opened(source)
    assert (document.paragraphs[0].style.name, document.paragraphs[0].text) == ("Title", source.facts.title)
    told = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert told["Bid"] == "BE-SMALL · SMALL · Round 1"
    assert told["SHA-256"] == source.digest
    assert told["State of"] == wording.moment(source.made_at)
    assert told["Total cost"] == wording.euro(source.assessment.total)
    assert told["Requested from the Union"].startswith(wording.euro(source.assessment.eu))


def test_all_formatting_arrives() -> None:
    document = opened(with_chapters(chapter(EVERYTHING)))
    assert below(document, "1 ") == [
        ("Heading 2", "Head"),
        ("Normal", "One bold both link H2O\nnext"),
        ("List Bullet", "a"),
        ("List Bullet 2", "deeper"),
        ("List Bullet", "b"),
        ("List Number", "one"),
        ("List Number", "two"),
        ("List Number", "five"),
        ("Caption", "Cap"),
        ("No Spacing", ""),
        ("Quote", "quoted"),
        ("No Spacing", "code\n  indented"),
        ("Normal", ""),
        ("List Bullet", "before"),
        ("List Bullet 2", "inside"),
        ("List Continue", "after"),
        ("List Bullet", "first"),
        ("List Continue", "second"),
    ]
    grid = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert grid == [["A", "B", "B"], ["1", "2", "p\nz"], ["1", "4", "5"]]
    again = [bool(row._tr.findall(f"{qn('w:trPr')}/{qn('w:tblHeader')}")) for row in document.tables[1].rows]
    assert again == [True, False, False]
    line = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("One"))
    looks = {run.text: (bool(run.bold), bool(run.italic)) for run in line.runs}
    assert (looks["bold "], looks["both"]) == ((True, False), (True, True))
    assert [run.text for run in line.runs if run.font.subscript] == ["2"]
    assert [(link.address, link.runs[0].style.name) for link in line.hyperlinks] == [
        ("https://x.example/", "Hyperlink"),
    ]  # fmt: skip


def test_each_list_of_numbers_begins_anew() -> None:
    document = opened(with_chapters(chapter(EVERYTHING)))
    numbers = {p.text: p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number"}
    assert numbers["one"] == numbers["two"] != numbers["five"]
    numbering = document.part.numbering_part.element
    starts = {
        number.numId: number.lvlOverride_lst[0].startOverride.val
        for number in numbering.num_lst
        if number.numId in numbers.values()
    }
    assert starts == {numbers["one"]: 1, numbers["five"]: 5}


def test_the_chosen_language_is_used_and_another_is_marked_as_such() -> None:
    source = with_chapters(
        chapter("<p>In English</p>"), chapter("<p>En français</p>", Language.FR), language=Language.FR
    )
    document = opened(source)
    assert ("Normal", "En français") in below(document, "1 ")
    assert document.core_properties.language == "fr-BE"
    only_english = opened(with_chapters(chapter("<p>In English</p>"), language=Language.NL))
    (run,) = (run for p in only_english.paragraphs if p.text == "In English" for run in p.runs)
    assert 'w:val="en-GB"' in run._r.xml


def test_an_empty_chapter_says_so_and_what_the_template_lacks_is_not_left_out() -> None:
    document = opened(with_chapters(chapter("<p>Beside the template</p>", key="own")))
    assert below(document, "1 ") == [("Normal", "This chapter has no text yet.")]
    assert ("Normal", "Beside the template") in [(p.style.name, p.text) for p in document.paragraphs]


def test_the_same_source_gives_the_same_bytes_without_macros_or_names() -> None:
    source = with_chapters(chapter(EVERYTHING))
    content = part_b(source)
    assert part_b(source) == content
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.namelist()[0] == "[Content_Types].xml"
    assert not [name for name in archive.namelist() if "vba" in name.lower() or name.endswith(".bin")]
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    told = docx.Document(io.BytesIO(content)).core_properties
    assert (told.author, told.last_modified_by) == ("Tandem", "Tandem")
    assert told.created.isoformat() == source.made_at.replace(tzinfo=None).isoformat() + "+00:00"


@pytest.mark.parametrize("sign", ["\x0b", "\x1f", "\ufffe"])
def test_signs_no_document_may_hold_are_left_out(sign: str) -> None:
    document = opened(with_chapters(chapter(f"<p>be{sign}fore</p>")))
    assert below(document, "1 ")[0][1].replace("\ufffd", "") == "before"


def test_a_text_no_page_can_show_stands_without_its_formatting_under_the_reason() -> None:
    document = opened(with_chapters(chapter("<ul><li>" * 400 + "deep &amp; down" + "</li></ul>" * 400)))
    (_, reason), (_, words) = below(document, "1 ")
    assert reason.startswith("1 Executive summary is nested 800 levels deep; at most 20 can be printed.")
    assert words == "deep & down"
    across = opened(with_chapters(chapter('<table><tr><td colspan="65534">across</td></tr></table>')))
    assert below(across, "1 ")[1:] == [("Normal", "across")]
    assert len(across.tables) == 1  # the figures on top


@pytest.mark.parametrize("name", ALL)
def test_texts_that_break_printers_become_a_file_that_opens(name: str) -> None:
    assert opened(with_chapters(chapter(ALL[name]()))).paragraphs


def test_a_table_with_more_columns_than_a_file_may_have_is_written_cell_by_cell() -> None:
    cells = [f"c{number}" for number in range(WIDEST_TABLE + 1)]
    html = "<table><tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr></table>"
    assert below(opened(with_chapters(chapter(html))), "1 ") == [("Normal", cell) for cell in cells]


def test_columns_are_as_wide_as_their_words_and_fill_the_page() -> None:
    figures = "30\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000.00"
    html = f"<table><tr><td>1</td><td>{'many short words ' * 20}</td><td>{figures}</td></tr></table>"
    columns = [column.width for column in opened(with_chapters(chapter(html))).tables[1].columns]
    assert sum(columns) == pytest.approx(Mm(170), rel=1e-3)
    assert columns[0] < columns[2] < columns[1]
    assert columns[2] > Pt(6.2) * len(figures)  # as wide as it is in bold
    narrow = "".join(f"<td>{'w' * 40}</td>" for _ in range(12))
    squeezed = opened(with_chapters(chapter(f"<table><tr>{narrow}</tr></table>"))).tables[1].columns
    assert sum(column.width for column in squeezed) == pytest.approx(Mm(170), rel=1e-3)


def test_every_page_says_what_it_is_of_and_its_number() -> None:
    (line,) = opened(sample.small(language=Language.FR)).sections[0].footer.paragraphs
    told = [part.get(qn("w:instr")) or part.text for part in line._p.iter(qn("w:fldSimple"), qn("w:t"))]
    assert "".join(told) == "BE-SMALL · Version déposée 1 · Page PAGE1 sur NUMPAGES1"


def test_one_font_stands_in_every_style_and_nothing_of_an_empty_document() -> None:
    document = opened(sample.small())
    fonts = list(document.styles.element.iter(qn("w:rFonts")))
    assert {fonts.get(qn("w:ascii")) for fonts in fonts} - {"Courier"} == {"Arial"}
    assert not [fonts for fonts in fonts if fonts.get(qn("w:asciiTheme"))]
    names = zipfile.ZipFile(io.BytesIO(part_b(sample.small()))).namelist()
    assert [name for name in names if name.startswith("docProps/")] == ["docProps/core.xml"]


def address(bid: Bid, language: str = "en") -> str:
    return reverse("bids:part-b", kwargs={"reference": bid.reference, "language": language})


def test_the_coordinator_takes_the_working_copy_away(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    page = client.get(reverse("bids:dossiers", kwargs={"reference": bid.reference})).text
    assert f'href="{address(bid, "nl")}"' in page
    answer = client.get(address(bid, "nl"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="BE-SMALL-part-b-working-copy-nl.docx"'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    told = {row.cells[0].text: row.cells[1].text for row in docx.Document(io.BytesIO(answer.content)).tables[0].rows}
    assert told["SHA-256"] == snapshot.digest(snapshot.canonical(snapshot.take(bid)))
    assert client.get(address(bid, "xx")).status_code == 404


def test_the_ministry_gets_the_round_and_never_the_working_copy(bid: Bid, ada: User) -> None:
    frozen = factories.a_snapshot(bid, ada)
    Bid.objects.filter(pk=bid.pk).update(title="Changed since")
    source = texts_of(Bid.objects.with_call().get(pk=bid.pk), Language.EN, is_working_copy=False)
    assert (source.facts.title, source.digest, source.round) == (bid.title, frozen.sha256, 1)


def test_strangers_get_nothing(client: Client, bid: Bid) -> None:
    client.force_login(factories.a_user("Mallory"))
    assert client.get(address(bid)).status_code == 404
