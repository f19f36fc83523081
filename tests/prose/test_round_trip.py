"""Opening a text for editing and saving it again gives the same text, whatever it holds."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bids.prose import Refused, as_marks, clean, read_marks
from bids.prose.tree import grow
from config.env import BASE_DIR

WORDS = st.text(alphabet="ab 1.*_`[]()<>&|\\#-+=~!:\"'\u00a0é\n", max_size=14)
INLINE = ["strong", "b", "em", "i", "u", "s", "sub", "sup", "code"]
BLOCK = ["p", "h2", "h3", "blockquote", "pre", "ul", "ol", "table", "hr"]


def escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def inline() -> st.SearchStrategy[str]:
    plain = WORDS.map(escaped)
    link = st.builds('<a href="{}">{}</a>'.format, st.sampled_from(["https://a.eu/x_(y)", "mailto:a@b.eu", ""]), plain)
    leaves = st.one_of(plain, st.just("<br>"), link)
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds("<{0}>{1}</{0}>".format, st.sampled_from(INLINE), inner), st.lists(inner, max_size=3).map("".join)
        ),
        max_leaves=6,
    )


def blocks() -> st.SearchStrategy[str]:
    words = inline()
    plain = st.one_of(
        st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["p", "h2", "h3", "pre"]), words),
        st.just("<hr>"),
        words,
        st.builds("<pre><code>{}</code></pre>".format, WORDS.map(escaped)),
    )

    def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        items = st.lists(st.one_of(words, inner).map("<li>{}</li>".format), min_size=1, max_size=3).map("".join)
        return st.one_of(
            st.builds("<blockquote>{}</blockquote>".format, inner),
            st.builds("<ul>{}</ul>".format, items),
            st.builds("<ol start={}>{}</ol>".format, st.sampled_from(["1", "7", "x"]), items),
            st.lists(inner, max_size=3).map("".join),
        )

    row = st.lists(words, min_size=1, max_size=3)

    def table(head: list[str], rows: list[list[str]], extra: str) -> str:
        top = "".join(f"<th{extra}>{cell}</th>" for cell in head)
        body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in rows)
        return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"

    tables = st.builds(table, row, st.lists(row, max_size=2), st.sampled_from(["", " colspan=2", " scope=col"]))
    return st.recursive(st.one_of(plain, tables), around, max_leaves=5)


@example("<pre>1\n\n</pre>")
@given(html=st.lists(blocks(), max_size=4).map("".join))
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost_by_opening_a_text(html: str) -> None:
    kept = clean(html)
    again = read_marks(as_marks(kept))
    assert grow(again).html() == grow(kept).html()


@given(text=st.text(alphabet="ab1 .*_`[]()<>&|\\#-+=~!:/\"'\n", max_size=80))
@settings(max_examples=300, deadline=None)
def test_what_was_accepted_stays_what_it_is(text: str) -> None:
    try:
        kept = read_marks(text)
    except Refused:
        return
    assert clean(kept) == kept
    assert grow(read_marks(as_marks(kept))).html() == grow(kept).html()


@pytest.mark.parametrize("reference", ["BE-AIF-2025", "BE-AIFA-2025"])
def test_the_demonstration_comes_back_to_the_letter(reference: str) -> None:
    bid = json.loads((BASE_DIR / "bids" / "demo" / f"{reference}.json").read_text(encoding="utf-8"))
    for chapter in bid["chapters"]:
        marks = as_marks(chapter["html"])
        assert read_marks(marks) == chapter["html"].strip()
        assert "<" not in marks
