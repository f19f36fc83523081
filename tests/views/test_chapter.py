"""Chapters: written with marks, previewed, translated; two authors at once; hostile text; wrong people."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids import snapshot
from bids.models import Bid, BidEvent, ChangeRequest, Chapter
from bids.rulebook.vocabulary import BidState, ChapterState, Language
from tests import factories

LIST_QUERIES = 24


def address(name: str, bid: Bid, key: str = "9", language: str = "en") -> str:
    place = {} if name == "chapters" else {"key": key, "language": language}
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference, **place})


def typed(text: str = "Two sites.", version: Any = "", **more: Any) -> dict[str, Any]:
    """The form of a chapter as a browser sends it back."""
    return {"title": "Vision", "text": text, "state": "draft", "version": version, **more}


@pytest.fixture
def chapter(bid: Bid) -> Chapter:
    return factories.a_chapter(bid, "9", html="<h3>Why</h3>\n<p>Two <strong>sites</strong>.</p>", position=9)


def test_ada_begins_a_chapter_and_reads_it(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    text = "### Why\r\n\r\nTwo **sites**, < 60 km.\r\n\r\n| a | b |\r\n| --- | --- |\r\n| 1 | 2 |"
    answer = client.post(address("chapter-edit", bid), typed(text, state="complete"), follow=True)
    assert answer.status_code == 200
    assert "<h3>Why</h3>" in answer.text
    assert "<strong>sites</strong>, &lt; 60 km." in answer.text
    written = Chapter.objects.get(bid=bid, key="9")
    assert (written.state, written.language, written.source_digest) == (ChapterState.COMPLETE, Language.EN, None)
    assert BidEvent.objects.filter(bid=bid, name="chapter_added", about="chapters/9").exists()


def test_a_text_is_edited_as_marks_and_saving_it_unchanged_changes_nothing(
    client: Client, bid: Bid, ada: User, chapter: Chapter
) -> None:
    client.force_login(ada)
    page = client.get(address("chapter-edit", bid)).text
    assert "### Why\n\nTwo **sites**.</textarea>" in page
    client.post(address("chapter-edit", bid), typed("### Why\r\n\r\nTwo **sites**.", 1, title=chapter.title))
    chapter.refresh_from_db()
    assert (chapter.html, chapter.version) == ("<h3>Why</h3>\n<p>Two <strong>sites</strong>.</p>", 1)


def test_two_authors_lose_nothing(client: Client, bid: Bid, ada: User, chapter: Chapter) -> None:
    client.force_login(ada)
    url = address("chapter-edit", bid)
    assert client.post(url, typed("Ada's first words.", 1)).status_code == 302
    answer = client.post(url, typed("Bruno's **words**.", 1))
    assert answer.status_code == 409
    assert "Ada&#x27;s first words." in answer.text
    assert "Bruno&#x27;s **words**." in answer.text
    chapter.refresh_from_db()
    assert chapter.html == "<p>Ada's first words.</p>"
    assert client.post(url, typed("Both.", chapter.version)).status_code == 302


def test_two_authors_begin_the_same_chapter(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    assert client.post(address("chapter-edit", bid), typed("First.")).status_code == 302
    answer = client.post(address("chapter-edit", bid), typed("Second."))
    assert answer.status_code == 409
    assert "First." in answer.text
    assert "Second." in answer.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ('<p style="color:red">Red</p>', "style (&lt;p&gt;)"),
        ("[here](http://example.org)", "http://example.org"),
        ("<blockquote>" * 21 + "x" + "</blockquote>" * 21, "levels deep"),
        ("a\x00b", "can&#x27;t be stored"),
    ],
)
def test_what_cannot_be_kept_is_said_and_the_text_stays(
    client: Client, bid: Bid, ada: User, chapter: Chapter, text: str, words: str
) -> None:
    client.force_login(ada)
    answer = client.post(address("chapter-edit", bid), typed(text, 1))
    assert answer.status_code == 200
    assert words in answer.text or "Null characters" in answer.text
    assert "Error:" in answer.text
    assert "<script>alert" not in answer.text
    chapter.refresh_from_db()
    assert chapter.version == 1


def test_a_text_from_a_file_is_cleaned_when_it_is_shown(client: Client, bid: Bid, ada: User) -> None:
    hostile = '<p onclick="x()">Hello <img src=x onerror=alert(1)><script>alert(1)</script></p>'
    factories.a_chapter(bid, "9", html=hostile)
    client.force_login(ada)
    for name in ("chapter", "chapter-edit"):
        page = client.get(address(name, bid)).text
        assert "Hello" in page
        assert "alert(1)" not in page
        assert "onclick=" not in page
    assert "formatting that saving leaves out" in page


def test_an_empty_chapter_cannot_be_complete(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    answer = client.post(address("chapter-edit", bid), typed("  ", state="complete"))
    assert "Write the text first" in answer.text
    assert not Chapter.objects.filter(bid=bid, key="9").exists()


def test_the_preview_shows_the_text_and_saves_nothing(client: Client, bid: Bid, ada: User, chapter: Chapter) -> None:
    client.force_login(ada)
    url, events = address("chapter-edit", bid), BidEvent.objects.count()
    page = client.post(url, typed("A *new* text.", 1, preview="1"))
    assert "A <em>new</em> text." in page.text
    assert "A *new* text.</textarea>" in page.text
    piece = client.post(url, typed("A *new* text.", 1, preview="1"), headers={"HX-Request": "true"})
    assert "<html" not in piece.text
    refused = client.post(url, typed("<img>", 1, preview="1"), headers={"HX-Request": "true"})
    assert (refused.status_code, "no pictures" in refused.text) == (422, True)
    chapter.refresh_from_db()
    assert (chapter.version, BidEvent.objects.count()) == (1, events)


def test_a_translation_knows_what_it_translates(client: Client, bid: Bid, ada: User, chapter: Chapter) -> None:
    client.force_login(ada)
    french, english = address("chapter-edit", bid, language="fr"), address("chapter-edit", bid)
    digest = snapshot.digest(chapter.html)
    client.post(french, typed("Deux sites.", translates=digest))
    assert Chapter.objects.get(bid=bid, key="9", language="fr").source_digest == digest
    assert "Older than its source" not in client.get(address("chapter", bid, language="fr")).text
    client.post(english, typed("Three sites.", 1))
    assert "Older than its source" in client.get(address("chapter", bid, language="fr")).text
    page = client.get(french).text
    assert "The original was changed after this translation" in page
    assert "Three sites." in page
    now = snapshot.digest("<p>Three sites.</p>")
    client.post(french, typed("Deux sites, encore.", 1, translates=now))
    assert "Older than its source" in client.get(address("chapter", bid, language="fr")).text
    client.post(french, typed("Trois sites.", 2, translates=now, is_renewed="on"))
    assert "Older than its source" not in client.get(address("chapter", bid, language="fr")).text


def test_bruno_writes_what_his_organisation_was_given(client: Client, bid: Bid, bruno: User, chapter: Chapter) -> None:
    client.force_login(bruno)
    assert client.get(address("chapter-edit", bid)).status_code == 403
    cenaero, lead = bid.partners.get(key="cenaero"), bid.partners.get(key="imec")
    Chapter.objects.filter(pk=chapter.pk).update(assigned_to=cenaero)
    assert client.get(address("chapter-edit", bid)).status_code == 200
    assert client.post(address("chapter-edit", bid), typed("Bruno's.", 1, assigned_to=lead.pk)).status_code == 302
    chapter.refresh_from_db()
    assert (chapter.html, chapter.assigned_to) == ("<p>Bruno's.</p>", cenaero)
    assert client.post(address("chapter-edit", bid, language="nl"), typed("Twee.")).status_code == 302
    assert Chapter.objects.get(bid=bid, key="9", language="nl").assigned_to == cenaero


def test_vic_reads_and_cannot_write(client: Client, bid: Bid, vic: User, chapter: Chapter) -> None:
    client.force_login(vic)
    page = client.get(address("chapters", bid)).text
    assert address("chapter", bid) in page
    assert address("chapter-edit", bid) not in page
    assert client.get(address("chapter", bid)).status_code == 200
    assert client.post(address("chapter-edit", bid), typed("Vic's.", 1)).status_code == 403


def test_only_opened_chapters_are_written_while_changes_are_requested(
    client: Client, bid: Bid, ada: User, clara: User, chapter: Chapter, moved_to: Any
) -> None:
    frozen = factories.a_snapshot(bid, ada)
    factories.a_change_request(frozen, clara, "chapters/9")
    moved_to(bid, BidState.CHANGES_REQUESTED)
    client.force_login(ada)
    assert client.post(address("chapter-edit", bid), typed("Asked for.", 1)).status_code == 302
    assert client.get(address("chapter-edit", bid, "10")).status_code == 403
    ChangeRequest.objects.update(due_at=factories.in_days(-1))
    assert client.get(address("chapter-edit", bid)).status_code == 403


def test_a_locked_bid_is_only_read(client: Client, bid: Bid, ada: User, chapter: Chapter, moved_to: Any) -> None:
    moved_to(bid, BidState.LOCKED)
    client.force_login(ada)
    assert client.get(address("chapter", bid)).status_code == 200
    assert client.post(address("chapter-edit", bid), typed("Late.", 1)).status_code == 403


@pytest.mark.parametrize("name", ["chapters", "chapter", "chapter-edit"])
def test_a_stranger_finds_nothing(client: Client, foreign_bid: Bid, ada: User, name: str) -> None:
    client.force_login(ada)
    assert client.get(address(name, foreign_bid, "1.1")).status_code == 404


@pytest.mark.parametrize(("key", "language"), [("99", "en"), ("9", "xx"), ("../x", "en")])
def test_a_chapter_nobody_knows_is_not_found(client: Client, bid: Bid, ada: User, key: str, language: str) -> None:
    client.force_login(ada)
    base = address("chapters", bid)
    assert client.get(f"{base}{key}/{language}/write/").status_code == 404


def test_the_list_asks_as_often_for_three_texts_as_for_one(
    client: Client, bid: Bid, ada: User, chapter: Chapter, django_assert_num_queries: Any
) -> None:
    client.force_login(ada)
    for more in ((), ("10", "11")):
        for key in more:
            factories.a_chapter(bid, key)
        with django_assert_num_queries(LIST_QUERIES):
            client.get(address("chapters", bid))


def test_saving_a_text_from_a_file_cleans_it(client: Client, bid: Bid, ada: User) -> None:
    hostile = factories.a_chapter(bid, "9", html='<p onclick="x()">Hello</p>')
    client.force_login(ada)
    assert client.post(address("chapter-edit", bid), typed("Hello", 1)).status_code == 302
    hostile.refresh_from_db()
    assert hostile.html == "<p>Hello</p>"
