"""A figure is the same wherever it is read, also once letters were signed after the round was submitted."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from accounts.models import User
from bids.actions import exporting
from bids.models import Bid, SignatureRecord
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState, CommitmentStatus
from tests import factories
from tests.views.budget_pages import address


@pytest.fixture
def signed_since(bid: Bid, ada: User, clara: User) -> Bid:
    """Submitted with a letter that was only a promise; the case manager recorded its signature since."""
    bid.commitments.update(status=CommitmentStatus.PLEDGED, signed_on=None)
    factories.a_snapshot(Bid.objects.with_call().get(pk=bid.pk), ada)
    Bid.objects.filter(pk=bid.pk).update(state=BidState.SUBMITTED)
    letter = factories.a_desk_document(bid, clara)
    SignatureRecord.objects.create(
        bid=bid,
        commitment_key="c1",
        document=letter,
        by=clara,
        signed_on=date(2026, 1, 2),
        valid_until=date(2031, 1, 1),
    )  # fmt: skip
    return Bid.objects.with_call().get(pk=bid.pk)


def test_pages_agree_on_what_is_signed(client: Client, signed_since: Bid, ada: User) -> None:
    client.force_login(ada)
    pages = [client.get(address(name, signed_since)) for name in ("overview", "financing", "budget")]
    pages.append(client.get(address("why", signed_since, figure="uncovered")))
    (uncovered,) = {page.context["assessment"].uncovered for page in pages}
    pledged = signed_since.commitments.get().amount
    assert uncovered == max(Euro(), pages[0].context["assessment"].national - pledged)


@pytest.mark.parametrize("who", ["ada", "clara"])
def test_the_workbook_agrees_with_the_pages(
    client: Client, signed_since: Bid, ada: User, who: str, request: pytest.FixtureRequest
) -> None:
    content = exporting.budget_workbook(signed_since, by=request.getfixturevalue(who))
    totals = openpyxl.load_workbook(BytesIO(content), data_only=True)["Totals"]
    (told,) = (row[1].value for row in totals.iter_rows() if row[0].value == "Not signed for yet")
    client.force_login(ada)
    assert Euro.of(str(told)) == client.get(address("overview", signed_since)).context["assessment"].uncovered
