"""Five thousand lines as a workbook: how long a person waits, and how much memory it takes."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from bids.actions.bidfiles import import_bid
from bids.models import Bid, BudgetLine
from bids.rulebook.facts import SiteFacts, WorkPackageFacts
from tests import factories
from tests.bench.timing import processor
from tests.rulebook.funding.volume import large_bid
from tests.views.budget_pages import address
from tests.workbook.reading import renamed

LINES = 5000
MIB = 300

pytestmark = [pytest.mark.deep, pytest.mark.timeout(900)]


@pytest.fixture
def large(ada: User) -> Bid:
    factories.a_call()
    facts = replace(
        large_bid(LINES), call=factories.FACTORY_CALL, reference="BIG", sites=(SiteFacts("north"), SiteFacts("south")),
        work_packages=tuple(WorkPackageFacts(f"wp{number}") for number in range(7)),
    )  # fmt: skip
    return Bid.objects.with_call().get(pk=import_bid(facts, by=ada).pk)


@contextmanager
def within(seconds: float, what: str) -> Iterator[None]:
    """Processor time of this process and of those it started and waited for, told beside the limit."""
    began, whole = processor(), peak()
    yield
    took = processor() - began
    sys.stdout.write(f"{what}: {took:.2f} s, {peak() - whole} MiB more than before, child {peak_of_children()} MiB\n")
    assert took <= seconds
    assert max(peak() - whole, peak_of_children()) <= MIB


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def peak_of_children() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def test_five_thousand_lines_go_and_come_back_in_time(client: Client, large: Bid, ada: User) -> None:
    client.force_login(ada)
    with within(3, "export"):
        content = client.get(address("budget-workbook", large)).content
    changed = renamed(content, LINES)
    with within(10, "import preview, every line changed"):
        file = SimpleUploadedFile("budget.xlsx", changed)
        answer = client.post(address("budget-import", large), {"file": file}, follow=True)
    assert answer.context["review"].counts["changed"] == LINES
    url, seal = answer.request["PATH_INFO"], answer.context["seal"]
    with within(20, "taking over, every line changed"):
        client.post(url, {"all": "1", "page": "1"})
        client.post(url, {"seal": seal, "page": "2", "apply": "1", "take": []}, follow=True)
    assert BudgetLine.objects.filter(bid=large, description__endswith="renamed").count() == LINES - 100
