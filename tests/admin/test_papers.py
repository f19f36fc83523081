"""Papers of the desk and documents of the bid: kept once, found again, and never shown in the browser."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from bids.actions.plain_pdf import letter
from bids.models import Bid, BidEvent, DeskDocument
from bids.rulebook.vocabulary import BidState
from tests import factories
from tests.admin.stories import HOSTILE, LETTER, At, a_paper, page_of

QUESTIONS = 10


def keep(client: Any, bid: Bid, **typed: Any) -> Any:
    given = {"kind": "other", "title": "Minutes", "file": a_paper()} | typed
    return client.post(page_of(bid, "bid-papers"), given)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_paper_is_kept_and_comes_back_as_it_was(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    assert keep(at(ministry.clara), in_review).headers["Location"] == page_of(in_review, "bid-papers")
    kept = DeskDocument.objects.get()
    answer = at(ministry.otto).get(page_of(in_review, "bid-paper", kept.pk))
    assert (answer.status_code, body(answer)) == (200, LETTER)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="BE-SOUND-other-{kept.pk}.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert BidEvent.objects.filter(name="paper_kept", about=f"paper/{kept.pk}").count() == 1


def test_what_is_wrong_is_said_at_its_box_and_nothing_is_kept(at: At, in_review: Bid, clara: User) -> None:
    for typed, box, told in [
        ({"title": ""}, "title", "required"),
        ({"title": "a\x00b"}, "title", "ull characters"),
        ({"title": "x" * 201}, "title", "200"),
        ({"kind": "secret"}, "kind", "valid choice"),
        ({"file": ""}, "file", "required"),
        ({"file": a_paper(b"")}, "file", "empty"),
        ({"file": a_paper(b"MZ\x90 not a pdf", "../../x.pdf")}, "file", "PDF"),
    ]:
        answer = keep(at(clara), in_review, **typed)
        assert answer.status_code == 200
        assert f'href="#id_{box}"' in answer.text
        assert told in answer.text
        if box != "title":
            assert 'value="Minutes"' in answer.text
        assert not DeskDocument.objects.exists()


def test_an_auditor_reads_the_papers_and_keeps_none(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    page = at(ministry.otto).get(page_of(in_review, "bid-papers"))
    assert (page.status_code, '<form method="post" enctype' in page.text) == (200, False)
    answer = keep(at(ministry.otto), in_review)
    assert (answer.status_code, "You can read here, but not write." in answer.text) == (403, True)
    assert not DeskDocument.objects.exists()


def test_the_consortium_and_reviewers_before_sending_find_no_paper(
    at: At, in_review: Bid, ministry: SimpleNamespace, ada: User
) -> None:
    paper = factories.a_desk_document(in_review, ministry.clara)
    for user, status in ((ada, 403), (ministry.rik, 403), (ministry.dora, 403), (ministry.leo, 200)):
        assert at(user).get(page_of(in_review, "bid-paper", paper.pk)).status_code == status


def test_a_paper_of_another_bid_is_not_in_this_file(
    at: At, in_review: Bid, foreign_bid: Bid, ministry: SimpleNamespace
) -> None:
    paper = factories.a_desk_document(foreign_bid, ministry.clara)
    for number in (paper.pk, 999999, 10**30):
        assert at(ministry.clara).get(page_of(in_review, "bid-papers") + f"{number}/").status_code == 404


def test_a_document_is_the_one_that_was_submitted(
    at: At, bid: Bid, ada: User, desk: SimpleNamespace, moved_to: Callable[[Bid, object], Bid]
) -> None:
    """What replaced it since is the consortium's business."""
    first, second = (factories.a_stored_file(letter(title, ["x"], "n", "s"), pages=1) for title in ("First", "Second"))
    document = factories.a_document(bid, "note", file=first)
    factories.a_snapshot(bid, ada)
    type(document).objects.filter(pk=document.pk).update(file=second, sha256=second.sha256)
    moved_to(bid, BidState.IN_REVIEW)
    answer = at(desk.rik).get(page_of(bid, "bid-document", "note"))
    assert body(answer) == first.path.read_bytes()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="BE-SMALL-note.pdf"'
    for key in ("nothing", "letter-federal", "a%00b", "..%2F..%2Fetc"):
        assert at(desk.rik).get(page_of(bid, "bid-documents") + f"{key}/").status_code == 404


def test_whatever_is_typed_is_no_accident(at: At, in_review: Bid, clara: User) -> None:
    for typed in HOSTILE:
        assert keep(at(clara), in_review, kind=typed, title=typed).status_code == 200
        assert not DeskDocument.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_papers_cost_the_same_for_one_and_for_three(
    at: At, in_review: Bid, clara: User, django_assert_num_queries: Callable[..., Any], rows: int
) -> None:
    for _ in range(rows):
        factories.a_desk_document(in_review, factories.a_user(), title="Kept")
    client = at(clara)
    with django_assert_num_queries(QUESTIONS):
        page = client.get(page_of(in_review, "bid-papers")).text
    assert page.count(">Kept</a>") == rows
