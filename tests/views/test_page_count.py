"""How many pages a chapter takes: asked for in the page, counted by a worker, never by the server."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from kombu.exceptions import OperationalError

from accounts import clock
from accounts.models import User
from bids import tasks
from bids.actions.page_counts import request_count
from bids.clock import ring_waiting_jobs
from bids.dossier import counting
from bids.dossier.source import CannotBuild
from bids.models import Bid, BidEvent, Chapter, PageCount
from bids.rulebook.text import Sentence
from bids.rulebook.vocabulary import JobState, Language
from tests import factories

HTML = "<h3>Why</h3>\n<p>Two <strong>sites</strong>.</p>"
HTMX = {"HX-Request": "true"}
PIECE_QUERIES = 23


@pytest.fixture
def chapter(bid: Bid) -> Chapter:
    return factories.a_chapter(bid, "9", html=HTML, position=9)


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The counts that workers were called for."""
    calls: list[int] = []
    monkeypatch.setattr(tasks.count_pages, "apply_async", lambda args, **_: calls.append(*args))
    return calls


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Stands in for the press where only the count around it matters."""

    def counts(outcome: Any) -> None:
        def length(*_: Any, **__: Any) -> Decimal:
            if isinstance(outcome, Exception):
                raise outcome
            return Decimal(outcome)

        monkeypatch.setattr(counting, "length_of", length)

    counts("3.4")
    return counts


def address(name: str, bid: Bid, key: str = "9") -> str:
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference, "key": key, "language": "en"})


def typed(text: str, chapter: Chapter) -> dict[str, Any]:
    return {"title": chapter.title, "text": text, "state": "draft", "version": chapter.version, "count": "1"}


def the_count() -> PageCount:
    return PageCount.objects.get()


def test_ada_counts_what_she_saved_and_keeps_what_she_types(
    client: Client,
    bid: Bid,
    ada: User,
    chapter: Chapter,
    rung: list[int],
    printer: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client.force_login(ada)
    assert "have not been counted yet" in client.get(address("chapter-edit", bid)).text
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address("chapter-edit", bid), typed("Typed, not saved.", chapter))
    assert "Typed, not saved.</textarea>" in answer.text
    assert "The pages are being counted." in answer.text
    chapter.refresh_from_db()
    assert (chapter.html, chapter.version) == (HTML, 1)
    assert rung == [the_count().pk]
    assert counting.work(rung[0])
    page = client.get(address("chapter-edit", bid)).text
    assert "3.4 pages" in page
    assert "being counted" not in page
    assert "3.4 pages" in client.get(address("chapter", bid)).text
    assert not BidEvent.objects.filter(bid=bid, name__contains="count").exists()


def test_the_figure_says_when_the_text_has_changed_since(
    client: Client, bid: Bid, ada: User, chapter: Chapter, printer: Any
) -> None:
    client.force_login(ada)
    counting.work(request_count(bid, "9", Language.EN, by=ada).pk)
    assert "has changed since" not in client.get(address("chapter-edit", bid)).text
    Chapter.objects.update(html="<p>Another.</p>")
    Bid.objects.update(revision=bid.revision + 1)
    page = client.get(address("chapter-edit", bid)).text
    assert "The saved text has changed since." in page
    assert "3.4 pages" in page


def test_the_piece_asks_again_by_itself_until_it_is_counted(
    client: Client, bid: Bid, ada: User, chapter: Chapter, printer: Any
) -> None:
    client.force_login(ada)
    count = request_count(bid, "9", Language.EN, by=ada)
    piece = client.get(address("chapter-pages", bid), headers=HTMX)
    assert f'hx-get="{address("chapter-pages", bid)}"' in piece.text
    assert "<html" not in piece.text
    counting.work(count.pk)
    assert "hx-get" not in client.get(address("chapter-pages", bid), headers=HTMX).text
    assert client.get(address("chapter-pages", bid)).url == address("chapter", bid)  # type: ignore[attr-defined]


def test_htmx_is_given_the_piece_alone(client: Client, bid: Bid, ada: User, chapter: Chapter) -> None:
    client.force_login(ada)
    answer = client.post(address("chapter-edit", bid), typed("x", chapter), headers=HTMX)
    assert "being counted" in answer.text
    assert "<textarea" not in answer.text


def test_asked_twice_it_is_counted_once_and_the_last_figure_stays(
    bid: Bid, ada: User, chapter: Chapter, printer: Any
) -> None:
    first = request_count(bid, "9", Language.EN, by=ada)
    assert request_count(bid, "9", Language.EN, by=ada).pk == first.pk
    assert counting.work(first.pk)
    assert not counting.work(first.pk)
    again = request_count(bid, "9", Language.EN, by=ada)
    assert (again.state, again.pages) == (JobState.QUEUED, Decimal("3.4"))
    printer("2.0")
    counting.work(again.pk)
    assert (the_count().state, the_count().pages, the_count().attempt) == (JobState.DONE, Decimal("2.0"), 2)


def test_whoever_lost_the_count_changes_nothing(
    bid: Bid, ada: User, chapter: Chapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = request_count(bid, "9", Language.EN, by=ada)

    def overtaken(*_: Any, **__: Any) -> Decimal:
        PageCount.objects.update(attempt=7)
        return Decimal(1)

    monkeypatch.setattr(counting, "length_of", overtaken)
    assert counting.work(count.pk)
    assert (the_count().state, the_count().pages, the_count().attempt) == (JobState.RUNNING, None, 7)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (CannotBuild(Sentence("“9” is nested too deeply.")), "nested too deeply"),
        (ValueError("x"), "The pages could not be counted"),
    ],
)
def test_what_can_t_be_counted_says_why(
    client: Client, bid: Bid, ada: User, chapter: Chapter, printer: Any, problem: Exception, words: str
) -> None:
    printer(problem)
    counting.work(request_count(bid, "9", Language.EN, by=ada).pk)
    assert the_count().state is JobState.FAILED
    client.force_login(ada)
    assert words in client.get(address("chapter-edit", bid)).text


def test_a_text_that_went_away_is_not_counted(bid: Bid, ada: User, chapter: Chapter, printer: Any) -> None:
    count = request_count(bid, "9", Language.EN, by=ada)
    chapter.delete()
    counting.work(count.pk)
    assert the_count().reason == "There is no text to count any more."


def test_a_count_whose_bell_was_lost_or_whose_worker_died_is_rung_for_again(
    bid: Bid, ada: User, chapter: Chapter, monkeypatch: pytest.MonkeyPatch, rung: list[int]
) -> None:
    count = request_count(bid, "9", Language.EN, by=ada)
    ring_waiting_jobs()
    past = clock.now() - timedelta(minutes=5)
    PageCount.objects.update(state=JobState.RUNNING, lease_until=past, attempt=1)
    ring_waiting_jobs()
    assert rung == [count.pk] * 2
    PageCount.objects.update(attempt=3)
    ring_waiting_jobs()
    assert len(rung) == 2
    assert the_count().state is JobState.FAILED


def test_a_broker_that_is_down_disturbs_nobody(
    bid: Bid, ada: User, chapter: Chapter, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def down(*_: Any, **__: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.count_pages, "apply_async", down)
    with django_capture_on_commit_callbacks(execute=True):
        request_count(bid, "9", Language.EN, by=ada)
    assert the_count().state is JobState.QUEUED


def test_the_press_counts_tenths_of_pages(bid: Bid, ada: User, chapter: Chapter) -> None:
    counts = []
    for html in (HTML, HTML + "<p>One more paragraph of words.</p>" * 15, HTML + "<p>One more paragraph.</p>" * 100):
        Chapter.objects.update(html=html)
        counting.work(request_count(bid, "9", Language.EN, by=ada).pk)
        counts.append(the_count().pages)
    assert the_count().reason == ""
    assert counts[0] < Decimal("0.5") < counts[1] < 1 < counts[2] < 4


def test_pages_of_a_chapter_cost_one_question(
    client: Client, bid: Bid, ada: User, chapter: Chapter, django_assert_num_queries: Any, printer: Any
) -> None:
    client.force_login(ada)
    client.get(address("chapter-edit", bid))
    with django_assert_num_queries(PIECE_QUERIES):
        client.get(address("chapter-pages", bid), headers=HTMX)
    counting.work(request_count(bid, "9", Language.EN, by=ada).pk)
    with django_assert_num_queries(PIECE_QUERIES):
        client.get(address("chapter-pages", bid), headers=HTMX)
