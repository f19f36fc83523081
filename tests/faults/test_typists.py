"""Many people save through the pages at the same moment: nobody's text is lost, and nobody meets an error."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from statistics import median

import pytest
from django.test import Client
from django.urls import reverse

from bids.actions.audit import faults_of_the_trail
from bids.models import Bid, BudgetLine, Chapter
from bids.rulebook.vocabulary import Role
from tests import factories, measured
from tests.faults.crowd import at_once
from tests.faults.typist import Typist, inside, over_http
from tests.house import House, house

LINE = reverse("bids:line-edit", args=["BE-SMALL", "L001"])
CHAPTER = reverse("bids:chapter-edit", args=["BE-SMALL", "1.1", "en"])
PEOPLE, SAVES = 3, 3  # of each kind


def typists(bid: Bid, role: Role) -> list[Typist]:
    """People of Cenaero at browsers of their own."""
    found = []
    for number in range(PEOPLE):
        user = factories.a_user(f"{role} {number}")
        factories.a_bid_role(bid, user, role, bid.partners.get(key="cenaero"))
        client = Client()
        client.force_login(user)
        found.append(Typist(inside(client)))
    return found


def write(typist: Typist, address: str, box: str, person: int) -> None:
    for turn in range(SAVES):
        typist.save(address, **{box: f"Written by {person}, turn {turn}"})


@pytest.mark.django_db(transaction=True)
def test_people_on_the_same_line_and_on_the_same_chapter_lose_nothing(bid: Bid) -> None:
    """Each save that was accepted stands in the trail, once, and the last one in the row."""
    bid.chapters.update(assigned_to=bid.partners.get(key="cenaero"))
    officers, editors = typists(bid, Role.FINANCE_OFFICER), typists(bid, Role.PARTNER_EDITOR)
    on_the_line = [partial(write, one, LINE, "description", number) for number, one in enumerate(officers)]
    on_the_chapter = [partial(write, one, CHAPTER, "text", number) for number, one in enumerate(editors)]
    assert at_once([*on_the_line, *on_the_chapter]) == [None] * PEOPLE * 2
    everything = sorted(f"Written by {person}, turn {turn}" for person in range(PEOPLE) for turn in range(SAVES))
    lines = [event.after["description"] for event in bid.events.filter(name="budget_line_changed")]
    texts = [event.after["html"] for event in bid.events.filter(name="chapter_changed")]
    assert sorted(lines) == everything
    assert sorted(texts) == [f"<p>{text}</p>" for text in everything]
    line, chapter = BudgetLine.objects.get(bid=bid, key="L001"), Chapter.objects.get(bid=bid, key="1.1", language="en")
    assert (line.version, line.description) == (1 + PEOPLE * SAVES, lines[-1])
    assert (chapter.version, chapter.html) == (1 + PEOPLE * SAVES, texts[-1])
    assert list(faults_of_the_trail()) == []


@pytest.mark.deep
@pytest.mark.worker
@pytest.mark.timeout(3600)
def test_twenty_people_save_forty_times_in_a_running_house(tmp_path: Path, stores: dict[str, str]) -> None:
    """Nine saves of ten on a row of their own, where nothing ever comes between; every tenth on what all share."""
    with house(tmp_path, **stores) as one:
        chapters = one.run("-m", "tests.faults.writers_story").split()
        one.open()
        writers = [
            *((signed_in(one, f"officer.{n}"), LINE, "L001", f"W{n:02}", "description") for n in range(10)),
            *((signed_in(one, f"editor.{n}"), CHAPTER, "1.1", own, "text") for n, own in enumerate(chapters)),
        ]
        told = at_once([partial(forty, *writer) for writer in writers], patience=3000)
        assert told == [None] * 20
        names = Counter(row["name"] for row in one.rows("SELECT name FROM bids_bidevent"))
        assert (names["budget_line_changed"], names["chapter_changed"]) == (400, 400)
        assert "database is locked" not in one.log()
        assert "as they were" in one.manage("verify_audit")
        tell([writer[0] for writer in writers], one.database)


def signed_in(one: House, login: str) -> Typist:
    return Typist(over_http(one.address, f"{login}@example.org", factories.PASSWORD))


def forty(typist: Typist, address: str, shared: str, own: str, box: str) -> None:
    for turn in range(40):
        row = address if turn % 10 == 0 else address.replace(shared, own)
        typist.save(row, **{box: f"Turn {turn} of {own}"})


def tell(typists: list[Typist], database: str) -> None:
    seconds = sorted(second for typist in typists for second in typist.seconds)
    conflicts = sum(typist.conflicts for typist in typists)
    p95 = seconds[int(len(seconds) * 0.95)]
    measured.keep(
        f"20 people × 40 saves through the pages of a running house, {database}",
        f"800 kept, 0 errors, {conflicts} conflicts told; a save {median(seconds):.2f} s, 95 % within {p95:.2f} s",
        aim="0 lost, 0 errors",
        command="make deep",
    )
