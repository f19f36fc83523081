"""The budget as a workbook: who may take which lines away."""

from __future__ import annotations

import io
from collections.abc import Callable
from types import SimpleNamespace

import openpyxl
import pytest
from django.test import Client

from accounts.models import User
from bids import snapshot
from bids.models import Bid
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState
from tests import factories
from tests.views.budget_pages import address


def lines_of(client: Client, bid: Bid) -> list[str]:
    """The keys of the lines in the workbook this person gets."""
    answer = client.get(address("budget-workbook", bid))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{bid.reference}-budget.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["Budget lines"]
    return [key for (key,) in sheet.iter_rows(min_row=2, max_col=1, values_only=True) if key]


def test_the_coordinator_takes_the_whole_budget_away(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    assert lines_of(client, bid) == [line.key for line in snapshot.take(bid).budget]
    assert address("budget-workbook", bid) in client.get(address("budget", bid)).text


def test_a_finance_officer_takes_the_own_lines_away(client: Client, bid: Bid, fien: User) -> None:
    client.force_login(fien)
    assert lines_of(client, bid) == [line.key for line in snapshot.take(bid).budget if line.partner == "imec"]


@pytest.mark.parametrize("name", ["bruno", "vic"])
def test_others_are_told_that_it_is_not_theirs(
    client: Client, bid: Bid, name: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(name))
    assert client.get(address("budget-workbook", bid)).status_code == 403
    assert address("budget-workbook", bid) not in client.get(address("budget", bid)).text


def test_while_changes_are_made_the_ministry_reads_the_round(
    client: Client, bid: Bid, ada: User, desk: SimpleNamespace, moved_to: Callable[[Bid, object], Bid]
) -> None:
    factories.a_snapshot(bid, ada)
    factories.a_line(bid, "SECRET", description="not yet submitted", amount=Euro(1))
    client.force_login(desk.clara)
    answer = client.get(address("budget-workbook", moved_to(bid, BidState.CHANGES_REQUESTED)))
    content = str(_texts(answer.content))
    assert ("L001" in content, "SECRET" in content) == (True, False)


def _texts(content: bytes) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [row for sheet in book for row in sheet.iter_rows(values_only=True)]


def test_amounts_no_spreadsheet_keeps_are_refused_in_words(client: Client, bid: Bid, ada: User) -> None:
    factories.a_line(bid, "X1", amount=Euro(10**12))
    client.force_login(ada)
    answer = client.get(address("budget-workbook", bid), follow=True)
    assert "larger than a spreadsheet keeps to the cent" in answer.text
