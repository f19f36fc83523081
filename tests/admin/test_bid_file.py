"""The file of a bid as the ministry reads it: the round as it was frozen, whatever the consortium writes since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bids import snapshot
from bids.admin.pages import PAGES
from bids.models import Bid
from bids.rulebook.vocabulary import BidState
from tests import factories
from tests.admin.stories import HOSTILE, At, page_of

READ = ("bid", "bid-budget", "bid-lines", "bid-financing", "bid-consortium", "bid-sites", "bid-work", "bid-chapters",
        "bid-risks", "bid-documents", "bid-checks", "bid-benchmarks")  # fmt: skip
MANY_LINES = 500
MOST_QUESTIONS = 25


@pytest.fixture
def read(bid: Bid, ada: User, desk: SimpleNamespace, moved_to: Callable[[Bid, object], Bid]) -> Bid:
    """A bid with a bit of everything, in review."""
    factories.a_snapshot(bid, ada)
    return moved_to(bid, BidState.IN_REVIEW)


def test_every_page_that_is_read_is_on_the_list_above() -> None:
    """So that no page of the file escapes the stories below."""
    told = {*READ, "bid-why", "bid-chapter", "bid-document", "bid-linked"}
    judged = {name for _, _, name in PAGES} - told
    assert judged == {
        "bid-interest", "bid-people", "bid-assign", "bid-unassign", "bid-reviews", "bid-review", "bid-opinions",
        "bid-opinion-record", "bid-opinion-answer", "bid-opinion", "bid-papers", "bid-paper", "bid-dossiers",
        "bid-dossier-download", "bid-dossier-package", "bid-dossier-status", "bid-dossier-retry", "bid-history",
        "bid-publish",
    }  # fmt: skip


def test_each_page_shows_its_part_of_the_round(at: At, read: Bid, clara: User) -> None:
    for name, words in [
        ("bid", ("A small factory", "Two sites.", "SHA-256 of the round")),
        ("bid-budget", ("By partner", "2,000,000.00")),
        ("bid-lines", ("Engineers", "Storage", "566,666.67")),
        ("bid-financing", ("Federal State", "Minister")),
        ("bid-consortium", ("imec legal name", "0425260668")),
        ("bid-sites", ("Green Energy Park", "New machine")),
        ("bid-work", ("Services", "Site visit")),
        ("bid-chapters", ("Vision",)),
        ("bid-risks", ("Late delivery", "Users")),
        ("bid-documents", ("Letter", "aaaaaaaaaaaaaaaa")),
        ("bid-checks", ("What the checks say",)),
    ]:
        page = at(clara).get(page_of(read, name))
        assert page.status_code == 200
        assert [word for word in words if word not in page.text] == []


def test_what_the_consortium_writes_after_submitting_is_not_shown(at: At, read: Bid, ministry: SimpleNamespace) -> None:
    read.budget_lines.update(description="Typed after submission")
    read.partners.update(name="Renamed after submission")
    read.risks.update(description="Found after submission")
    Bid.objects.filter(pk=read.pk).update(abstract="Told after submission", title="Called so after submission")
    for name in READ:
        text = at(ministry.clara).get(page_of(read, name)).text
        assert "after submission" not in text.replace("Called so after submission", ""), name


def test_a_chapter_is_read_or_not_there(at: At, read: Bid, clara: User) -> None:
    assert "One vision." in at(clara).get(page_of(read, "bid-chapter", "1.1")).text
    for key in ("999", "x", "%00", "..%2F1"):
        assert at(clara).get(f"{page_of(read, 'bid-chapters')}{key}/").status_code == 404, key


def test_every_figure_leads_to_its_reasons(at: At, read: Bid, clara: User) -> None:
    for figure in ["total", "lines/L001/eu", "partners/cenaero/eu", "nothing", "lines/L999/eu", "a/b/c/d"]:
        known = figure in ("total", "lines/L001/eu", "partners/cenaero/eu")
        answer = at(clara).get(page_of(read, "bid-why", figure))
        assert answer.status_code == (200 if known else 404)


def test_an_earlier_round_stays_readable_and_keeps_its_links(
    at: At, read: Bid, clara: User, ada: User, second_round: Callable[[Bid], Bid]
) -> None:
    again = second_round(read)
    newest, first = (at(clara).get(page_of(again, "bid-lines") + asked).text for asked in ("", "?round=1"))
    assert ("Fewer engineers" in newest, "Fewer engineers" in first) == (True, False)
    assert f"{page_of(again, 'bid-budget')}?round=1" in first
    assert "earlier round 1" in first
    overview = at(clara).get(page_of(again))
    assert "Changed since the round before" in overview.text
    assert "Budget" in overview.text
    chapter = at(clara).get(page_of(again, "bid-chapter", "1") + "?round=1").text
    assert f"{page_of(again, 'bid-chapter', '2')}?round=1" in chapter


def test_a_round_that_is_not_there_is_not_there(at: At, read: Bid, clara: User) -> None:
    for typed in [*HOSTILE[1:], "0", "2", "99999", "1.0", "¹"]:
        assert at(clara).get(page_of(read, "bid-lines"), {"round": typed}).status_code == 404


def test_a_step_from_an_earlier_round_is_about_the_newest(
    at: At, read: Bid, clara: User, second_round: Callable[[Bid], Bid]
) -> None:
    again = second_round(read)
    page = at(clara).get(page_of(again) + "?round=1").text
    assert f'href="{page_of(again, "bid-step-request_changes")}"' in page
    form = at(clara).get(page_of(again, "bid-step-request_changes") + "?round=1").text
    assert again.snapshots.get(round=2).sha256 in form


def test_a_draft_shows_the_case_manager_title_and_parties_alone(at: At, bid: Bid, ministry: SimpleNamespace) -> None:
    page = at(ministry.clara).get(page_of(bid))
    assert (page.status_code, "A small factory" in page.text, "imec legal name" in page.text) == (200, True, True)
    assert "Two sites." not in page.text
    for name in READ[1:]:
        assert at(ministry.clara).get(page_of(bid, name)).status_code == 403, name
    for user in (ministry.dora, ministry.otto, ministry.rik):
        assert at(user).get(page_of(bid)).status_code == 404


def test_the_desk_shows_no_comment_or_score_to_the_consortium(
    at: At, judged: Bid, ada: User, ministry: SimpleNamespace
) -> None:
    """Ada's pages never hold what the ministry says among itself."""
    judged.reviews.update(comment="CANARY of a review")
    judged.opinions.update(text="CANARY of an opinion")
    for name in ("overview", "history", "readiness", "dossiers", "receipt"):
        page = at(ada).get(f"/bids/{judged.reference}/{'' if name == 'overview' else name + '/'}")
        assert (page.status_code, "CANARY" in page.text, "Rik" in page.text) == (200, False, False), name


def _with_lines(bid: Bid, lines: int) -> str:
    facts = snapshot.take(bid)
    line = facts.budget[1]
    return snapshot.canonical(
        replace(facts, budget=tuple(replace(line, key=f"N{number:04}") for number in range(lines)))
    )


@pytest.fixture
def asked(at: At) -> Callable[[User, Bid], dict[str, int]]:
    """How often each page of a bid's file asks the database, for one person."""

    def count(user: User, bid: Bid) -> dict[str, int]:
        counted, client = {}, at(user)
        for pattern, _, name in PAGES:
            if "<" in pattern:
                continue
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(page_of(bid, name))
            if answer.status_code == 200:
                counted[name] = len(queries)
        return counted

    return count


@pytest.mark.parametrize("name", ["clara", "rik", "ines", "otto"])
def test_a_page_asks_as_often_for_500_lines_as_for_one(
    read: Bid, ada: User, ministry: SimpleNamespace, asked: Callable[[User, Bid], dict[str, int]], name: str
) -> None:
    user = getattr(ministry, name)
    factories.a_snapshot(read, ada, text=_with_lines(read, 1))
    few = asked(user, read)
    factories.a_snapshot(read, ada, text=_with_lines(read, MANY_LINES))
    assert asked(user, read) == few
    assert {page: questions for page, questions in few.items() if questions > MOST_QUESTIONS} == {}
    assert len(few) > len(READ)


def test_the_steps_ask_as_often_too(
    at: At, read: Bid, ada: User, ministry: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    factories.a_snapshot(read, ada, text=_with_lines(read, MANY_LINES))
    client = at(ministry.clara)
    for name in ("request_changes", "recommend", "record_signature"):
        with django_assert_max_num_queries(MOST_QUESTIONS):
            assert client.get(page_of(read, f"bid-step-{name}")).status_code == 200
