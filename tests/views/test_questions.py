"""How many questions a page asks the database: one number per page, whether its lists are short or long."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.models import User
from bids.models import Bid, BidEvent, BudgetLine, Dossier, LateAttempt, Link
from bids.rulebook.money import Euro
from bids.rulebook.scenarios import Change, LeverName
from bids.rulebook.vocabulary import DossierKind, Language, Role, Stream
from tests import factories

LONGER = Change(LeverName.DURATION, "", Decimal(48))
MOST = 25  # of a page of a bid, at any size

# Page, what its address names, and how often it asks: 17 times for the picture, 6 times for who is there.
ASKED: list[tuple[str, dict[str, Any], int]] = [
    ("overview", {}, 24),
    ("basics", {}, 23),
    ("basics-edit", {}, 23),
    ("partners", {}, 24),
    ("partner-edit", {"key": "imec"}, 25),
    ("partner-confirm", {"key": "imec"}, 25),
    ("sites", {}, 23),
    ("site-add", {}, 24),
    ("site-edit", {"key": "zellik"}, 25),
    ("link-edit", {"key": "tandem"}, 25),
    ("work-plan", {}, 23),
    ("work-package-add", {}, 24),
    ("work-package-edit", {"key": "wp1"}, 25),
    ("budget", {}, 12),
    ("line-add", {}, 16),
    ("line-edit", {"key": "L001"}, 17),
    ("line-price", {}, 14),
    ("financing", {}, 23),
    ("commitment-edit", {"key": "c1"}, 25),
    ("chapters", {}, 24),
    ("chapter", {"key": "1.1", "language": "en"}, 24),
    ("chapter-edit", {"key": "1.1", "language": "en"}, 25),
    ("risks", {}, 23),
    ("risk-edit", {"key": "r1"}, 25),
    ("indicator-edit", {"key": "k1"}, 24),
    ("documents", {}, 24),
    ("document-edit", {"key": "letter-federal"}, 25),
    ("readiness", {}, 23),
    ("dossiers", {}, 24),
    ("history", {}, 25),
    ("receipt", {}, 25),
    ("people", {}, 25),
    ("person-add", {}, 24),
    ("step", {"name": "lock"}, 23),
    ("copy", {}, 25),
    ("export", {}, 22),
    ("discard", {}, 23),
    ("why", {"figure": "total"}, 13),
    ("scenarios", {}, 24),
    ("scenario-add", {}, 23),
    ("sensitivity", {}, 23),
    ("solve", {}, 22),
    ("scenario", {"key": "SC001"}, 24),
    ("scenario-edit", {"key": "SC001"}, 23),
    ("scenario-adopt", {"key": "SC001"}, 23),
    ("scenario-adopted", {"key": "SC001"}, 24),
    ("scenario-change-add", {"key": "SC001"}, 23),
    ("scenario-change-edit", {"key": "SC001", "number": 1}, 23),
]
BESIDE_THE_BIDS = [("home", 8), ("list", 4), ("start", 8), ("import", 4)]


def grow(bid: Bid, ada: User, more: int) -> None:
    """So many more rows in every list of the bid, each pointing at all it can point at."""
    for number in range(more):
        partner = factories.a_partner(bid)
        site = factories.a_site(bid, host=partner)
        factories.a_phase(site)
        factories.a_machine(site)
        factories.a_phase(bid.sites.get(key="zellik"))
        factories.a_machine(bid.sites.get(key="zellik"))
        Link.objects.create(bid=bid, key=f"link{number}", start=site, end=bid.sites.get(key="zellik"))
        package = bid.work_packages.get(key="wp1")
        package.efforts.create(partner=partner, months="1")
        package.tasks.create(key=f"task{number}", lead=partner)
        package.deliverables.create(key=f"deliverable{number}", lead=partner)
        package.milestones.create(key=f"milestone{number}")
        factories.a_line(bid, partner=partner, site=site, work_package=factories.a_work_package(bid, lead=partner))
        factories.a_line(bid, partner=bid.partners.get(key="imec"), site=site)
        letter = factories.a_document(bid, partner=partner, uploaded_by=ada)
        factories.a_document(bid, partner=partner, uploaded_by=ada, removed_at=clock.now(), removed_by=ada)
        factories.a_commitment(bid, document=letter)
        factories.a_chapter(bid, f"2.{number}", assigned_to=partner, state="draft")
        factories.a_risk(bid, work_packages=[package.pk])
        factories.an_indicator(bid)
        factories.a_confirmation(partner, ada, mandate=letter)
        factories.a_bid_role(bid, factories.a_user(), Role.VIEWER, partner)
        LateAttempt.objects.create(
            bid=bid, move="submit", by=ada, received_at=clock.now(), closed_at=clock.now(), receipt=f"L-{number}"
        )
        factories.an_adoption(factories.a_scenario(bid, ada, "", LONGER), ada)
        BidEvent.objects.append(bid, "chapter_changed", by=ada, roles={Role.COORDINATOR}, about="chapters/1.1")
        Dossier.objects.create(
            bid=bid, picture=factories.a_picture(bid), source_digest=f"{number:064d}", template_version="tests",
            kind=DossierKind.DRAFT, language=Language.EN, created_by=ada,
        )  # fmt: skip


def many_lines(bid: Bid, count: int) -> None:
    partner, site = bid.partners.get(key="imec"), bid.sites.get(key="zellik")
    BudgetLine.objects.bulk_create(
        BudgetLine(
            bid=bid, key=f"N{number:03d}", position=100 + number, stream=Stream.SERVICES, partner=partner, site=site,
            category="C3", year=2026, amount=Euro(100_00 + number), description=f"Line {number}",
        )
        for number in range(count)
    )  # fmt: skip


def asked_by(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as questions:
        assert client.get(url).status_code == 200, url
    return len(questions)


@pytest.mark.parametrize(("more", "lines"), [(1, 0), (3, 0), (0, 500)])
def test_a_page_of_a_bid_asks_the_same_questions_at_any_size(
    client: Client, bid: Bid, ada: User, more: int, lines: int
) -> None:
    factories.a_confirmation(bid.partners.get(key="imec"), ada)  # which what follows makes lapse
    factories.a_scenario(bid, ada, "The first", LONGER, key="SC001")
    grow(bid, ada, more)
    many_lines(bid, lines)
    client.force_login(ada)
    found = [
        (name, about, asked_by(client, reverse(f"bids:{name}", kwargs={"reference": bid.reference, **about})))
        for name, about, _ in ASKED
    ]
    assert found == ASKED


def test_no_page_of_a_bid_asks_too_many() -> None:
    assert [name for name, _, asked in ASKED if asked > MOST] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_beside_the_bids_asks_the_same_questions_however_many_there_are(
    client: Client, ada: User, clara: User, rows: int
) -> None:
    for number in range(rows):
        call = factories.a_call(("GENERIC-HE-CSA", "GENERIC-HE-RIA", "GENERIC-HE-IA")[number])
        version = factories.a_call_version(call)
        bid = factories.a_bid(f"BE-{number}", state="changes_requested", call_version=version)
        factories.a_bid_role(bid, ada, Role.COORDINATOR, factories.a_partner(bid))
        BidEvent.objects.append(bid, "bid_started", by=ada, roles={Role.COORDINATOR})
        factories.a_chapter(bid, assigned_to=bid.partners.get(), state="draft")
        factories.a_change_request(factories.a_snapshot(bid, ada), clara)
        factories.an_organisation(f"House {number}", ada)
    client.force_login(ada)
    assert [(name, asked_by(client, reverse(f"bids:{name}"))) for name, _ in BESIDE_THE_BIDS] == BESIDE_THE_BIDS
