"""What is kept of a formatted text, and what people are told about the rest."""

from __future__ import annotations

import time

import pytest

from bids import wording
from bids.prose import Refused, clean, read_marks, refused, too_much

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<p onclick="alert(1)">Text</p>',
    '<p style="position:fixed">Text</p>',
    '<a href="javascript:alert(1)">here</a>',
    '<a href="data:text/html,x">here</a>',
    '<a href="/desk/">here</a>',
    "[here](/desk/)",
    "![picture](https://example.org/x.png)",
    '<svg><use href="#x"/></svg>',
    "<iframe src=//example.org></iframe>",
    "<!-- aside -->Text",
    "<td>a cell outside any table</td>",
    "<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>",
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_cannot_be_kept_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_marks(typed)
    assert all(wording.say(reason) for reason in refusal.value.reasons)


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_of_it_reaches_a_page(html: str) -> None:
    shown = clean(html)
    for danger in (
        "<script",
        "onerror",
        "onclick",
        "style=",
        "javascript:",
        "data:",
        "<img",
        "<svg",
        "<iframe",
        '/desk/"',
    ):
        assert danger not in shown


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Costs are < 200 & > 5.", "<p>Costs are &lt; 200 &amp; &gt; 5.</p>"),
        ("snake_case_name and 2 * 3 * 4", "<p>snake_case_name and 2 * 3 * 4</p>"),
        ("    indented", "<p>indented</p>"),
        ("Sum\n---", "<p>Sum</p>\n<hr>"),
        ("[1]: https://example.org", "<p>[1]: https://example.org</p>"),
        ("[here](https://example.org)", '<p><a href="https://example.org">here</a></p>'),
        ("[here](javascript:alert(1))", "<p>[here](javascript:alert(1))</p>"),
        ("one\r\ntwo", "<p>one\ntwo</p>"),
        ("", ""),
    ],
)
def test_marks_mean_what_people_expect(typed: str, kept: str) -> None:
    assert read_marks(typed) == kept


@pytest.mark.parametrize("written", [" 60000", "+60000", "0000000000060000", "60000px", "\n-60000", "6" * 5_000])
def test_a_cell_is_as_wide_as_the_printer_reads_it(written: str) -> None:
    problem = too_much(clean(f'<table><tr><td colspan="{written}">x</td></tr></table>'), "It")
    assert problem is not None
    assert "has a table cell across" in wording.say(problem)


def test_many_pictures_are_called_pictures_not_nesting() -> None:
    typed = "<p>kept</p>" + "<img src=x>" * 1_001
    assert [wording.say(reason).split(".")[0] for reason in refused(typed)] == ["A chapter holds no pictures"]
    assert clean(typed) == "<p>kept</p>"


def test_a_text_is_bounded() -> None:
    for typed, words in (
        ("word " * 50_000, "characters"),
        ("<blockquote>" * 21 + "x" + "</blockquote>" * 21, "levels deep"),
        ("a\n\n" * 5_001, "pieces of formatting"),
        ("| a |\n| --- |\n" + "| x |\n" * 501, "table rows"),
        ("<table><tr><td colspan=13>x</td></tr></table>", "columns or rows"),
        ("[" * 2_001, "square brackets"),
    ):
        with pytest.raises(Refused) as refusal:
            read_marks(typed)
        assert words in wording.say(refusal.value.reasons[0])


@pytest.mark.parametrize("html", ["<div>" * 60_000, "<blockquote>" * 30_000 + "x", "<b>" * 60_000 + "word"])
def test_a_bottomless_text_holds_nobody_up(html: str) -> None:
    began = time.monotonic()
    assert refused(html)
    assert "<b>" not in clean(html)
    assert time.monotonic() - began < 5
    assert too_much(html, "-") is not None
