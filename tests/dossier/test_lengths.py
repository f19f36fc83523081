"""How long the chapters are: counted on the pages, told where the call says something of it, and bound to the words."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from accounts import clock
from accounts.models import User
from bids import snapshot
from bids.actions import surroundings
from bids.dossier import lengths
from bids.dossier.build import Sheets
from bids.dossier.contents import THE_APPLICATION, sheets
from bids.models import Bid, Chapter, Dossier
from bids.rulebook.call import Section
from bids.rulebook.vocabulary import DossierKind, Language
from tests import factories
from tests.dossier import sample

PART = THE_APPLICATION.template


def head(level: int, label: str, page: int, y: float) -> dict[str, Any]:
    return {"level": level, "label": label, "page": page, "x": 51.0, "y": y}


BOOK = [
    Sheets("summary", "Summary", "The bid at a glance", 1, [head(1, "Summary", 0, 770)], ()),
    Sheets("criteria", "Criteria", PART, 1, [head(1, "Criteria", 0, 770)], ()),
    Sheets(
        "chapter-1", "1. Excellence", PART, 5,
        [head(1, "1. Excellence", 0, 770), head(2, "1.1 Objectives", 0, 700), head(2, "1.2 Method", 3, 420)], (),
    ),
    Sheets("chapter-2", "2. Impact", PART, 2, [head(1, "2. Impact", 0, 770)], ()),
]  # fmt: skip


def limited(**limits: Any) -> Any:
    source = sample.small()
    sections = (Section("1.1", "Objectives", pages=2), Section("1.2", "Method", pages=2), Section("2", "Impact"))
    template = dataclasses.replace(source.call.template, sections=sections)
    return dataclasses.replace(source, call=dataclasses.replace(source.call, template=template, **limits))


def told(**limits: Any) -> list[str]:
    return [str(each) for each in lengths.remarks(limited(**limits), BOOK)]


def test_only_the_pages_of_chapters_are_counted() -> None:
    assert lengths.written_pages(BOOK) == 7
    assert lengths.written_pages(BOOK[:2]) == 0


INDICATED = "Chapter 1.1 takes about 4 pages; the form indicates 2. This only informs."


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({}, [INDICATED]),
        ({"page_limit": 7}, [INDICATED]),
        ({"page_limit": 6}, [str(lengths.TOO_LONG) % {"pages": 7, "limit": 6}, INDICATED]),
        ({"page_limit_suggested": 6}, ["The chapters take 7 pages; a similar call allows 6.", INDICATED]),
    ],
)
def test_a_limit_limits_and_what_is_indicated_informs(limits: dict[str, int], words: list[str]) -> None:
    assert told(**limits) == words


def test_where_pages_count_the_chapters_begin_on_a_page_of_their_own() -> None:
    assert "criteria" in [section.name for section in sheets(limited(page_limit=70)) if not section.inside]
    assert "criteria" in [section.name for section in sheets(sample.small()) if section.inside]


@pytest.fixture
def counted(bid: Bid, ada: User) -> Dossier:
    """A draft whose chapters took 71 pages."""
    facts = snapshot.take(bid)
    picture = factories.a_picture(bid)
    return Dossier.objects.create(
        bid=bid, kind=DossierKind.DRAFT, language=facts.language, source_digest=picture.sha256, picture=picture,
        state="done", file_sha256="ab" * 32, template_version="x", finished_at=clock.now(), created_by=ada,
        written_pages=71, written_digest=lengths.digest_of(facts),
    )  # fmt: skip


def known(bid: Bid, **limits: Any) -> Any:
    facts, call = snapshot.take(bid), dataclasses.replace(snapshot.call_of(bid), **limits)
    return lengths.known(bid, facts, call)


def test_a_count_holds_as_long_as_the_chapters_do(bid: Bid, counted: Dossier) -> None:
    assert known(bid, page_limit=70) == {"total": 71}
    assert known(bid) is None
    Bid.objects.filter(pk=bid.pk).update(title="The money may change, and the title")
    assert known(bid, page_limit=70) == {"total": 71}
    Chapter.objects.create(bid=bid, key="9", language=Language.EN, title="One more", html="<p>Words.</p>")
    assert known(bid, page_limit=70) is None


def test_a_bid_that_is_too_long_is_not_submitted(bid: Bid, ada: User, counted: Dossier) -> None:
    call = dataclasses.replace(snapshot.call_of(bid), page_limit=70, marks={})
    situation = surroundings.surroundings(bid, ada, snapshot.take(bid), call)
    found = [each for each in situation.findings or () if each.check == "C12"]
    assert [(each.severity, each.gate, str(each.sentence)) for each in found] == [
        ("block", "submit", "The written part has 71 pages; the call allows 70.")
    ]
