"""The bid's own fields: edited, refused, in conflict, read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids import callfile
from bids.models import Bid
from tests import factories


def address(name: str, bid: Bid) -> str:
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference})


def filled(bid: Bid, **more: Any) -> dict[str, Any]:
    """The form as a browser sends it back."""
    shown = {
        "title": bid.title, "acronym": bid.acronym, "track": bid.track, "language": "en", "version": bid.version,
        "starts_on": "2026-03-01", "duration_months": "36", "ownership_years": "5", "keywords": "AI, supercomputing",
        "rate_acquisition": "50", "rate_operation": "50", "economic_use_share": "10",
    }  # fmt: skip
    return shown | more


@pytest.fixture
def at_work(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def test_a_coordinator_describes_the_bid(at_work: Client, bid: Bid) -> None:
    typed = filled(
        bid, title="A  larger\tfactory", keywords="AI, , tandem,AI", rate_operation="12,5", abstract="Two <b>sites</b>."
    )
    assert at_work.post(address("basics-edit", bid), typed).status_code == 302
    bid.refresh_from_db()
    assert (bid.title, bid.keywords, str(bid.rate_operation)) == ("A larger factory", ["AI", "tandem"], "0.125")
    assert "Two &lt;b&gt;sites&lt;/b&gt;." in at_work.get(address("basics", bid)).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title": "x" * 501}, "at most 500 characters"),
        ({"rate_acquisition": "50.01"}, "The call pays at most 50"),
        ({"rate_operation": "1.234"}, "can be read in two ways"),
        ({"economic_use_share": "101"}, "Enter 100 or less"),
        ({"duration_months": "0"}, "greater than or equal to 1"),
        ({"duration_months": "99999999999999999999"}, "less than or equal to 1200"),
        ({"starts_on": "soon"}, "Enter a valid date"),
        ({"track": "secret"}, "Select a valid choice"),
        ({"title": "NUL \x00 inside"}, "ull characters"),
        ({"keywords": ",".join(f"k{n}" for n in range(60))}, "at most 50 keywords"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_saved(at_work: Client, bid: Bid, typed: dict[str, str], told: str) -> None:
    answer = at_work.post(address("basics-edit", bid), filled(bid) | typed)
    assert (answer.status_code, told in answer.text) == (200, True)
    bid.refresh_from_db()
    assert bid.version == 1


def test_the_frame_shows_the_bid_as_it_stands_not_as_it_was_typed(at_work: Client, bid: Bid) -> None:
    answer = at_work.post(address("basics-edit", bid), filled(bid, title="Typed", duration_months="0"))
    assert answer.context["bid"].title == "A small factory"
    assert 'value="Typed"' in answer.text


def test_two_people_at_once_lose_nothing(at_work: Client, bid: Bid) -> None:
    first, second = filled(bid, title="First"), filled(bid, title="Second")
    assert at_work.post(address("basics-edit", bid), first).status_code == 302
    answer = at_work.post(address("basics-edit", bid), second)
    assert (answer.status_code, "First" in answer.text, "Second" in answer.text) == (409, True, True)
    bid.refresh_from_db()
    assert bid.title == "First"


def test_others_read(client: Client, bid: Bid, bruno: User) -> None:
    client.force_login(bruno)
    page = client.get(address("basics", bid))
    assert (page.status_code, "A small factory" in page.text) == (200, True)
    assert client.get(address("basics-edit", bid)).status_code == 403


def test_a_stranger_finds_nothing(client: Client, foreign_bid: Bid, ada: User) -> None:
    client.force_login(ada)
    assert client.get(address("basics", foreign_bid)).status_code == 404
    assert client.get(address("basics-edit", foreign_bid)).status_code == 404


@pytest.mark.parametrize("reference", sorted(callfile.shipped()))
def test_every_call_has_its_form(at_work: Client, ada: User, reference: str) -> None:
    """What a call has no use for is left out, and what it asks for is there."""
    call = callfile.shipped()[reference]
    bid = factories.a_bid("BE-ANY", call_version=factories.a_call(reference).version_in_force())
    factories.a_bid_role(bid, ada, "coordinator")
    form = at_work.get(address("basics-edit", bid)).context["form"]
    assert ("track" in form.fields) == bool(call.tracks)
    assert ("rate_acquisition" in form.fields) == any(scheme.stream == "machine" for scheme in call.streams)
    assert ("linked_factory" in form.fields) == (call.instrument == "antenna")
