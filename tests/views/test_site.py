"""Sites: added, edited, taken out; two editors at once; wrong people."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids.models import Bid, Machine, Site


@pytest.fixture
def site(bid: Bid) -> Site:
    return Site.objects.filter(bid=bid).first()


def address(name: str, bid: Bid, **more: Any) -> str:
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference, **more})


def filled(site: Site, **more: Any) -> dict[str, Any]:
    """The form of a site as a browser sends it back."""
    lists = {f"{name}-{part}": "0" for name in ("phases", "machines") for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {"name": site.name, "version": site.version, "country": "BE", **lists, **more}


def test_a_coordinator_revises_a_site(client: Client, bid: Bid, ada: User, site: Site) -> None:
    client.force_login(ada)
    answer = client.post(address("site-edit", bid, key=site.key), filled(site, name="Nexus", it_power_kw="1 500,5"))
    assert answer.status_code == 302
    site.refresh_from_db()
    assert (site.name, str(site.it_power_kw)) == ("Nexus", "1500.5")


def test_a_second_save_of_the_same_version_shows_both_texts(client: Client, bid: Bid, ada: User, site: Site) -> None:
    client.force_login(ada)
    url, first, second = (
        address("site-edit", bid, key=site.key),
        filled(site, name="First"),
        filled(site, name="Second"),
    )
    assert client.post(url, first).status_code == 302
    answer = client.post(url, second)
    assert answer.status_code == 409
    assert "First" in answer.text
    assert "Second" in answer.text
    site.refresh_from_db()
    assert site.name == "First"


def test_an_ambiguous_number_is_asked_about_and_stays_typed(client: Client, bid: Bid, ada: User, site: Site) -> None:
    client.force_login(ada)
    answer = client.post(address("site-edit", bid, key=site.key), filled(site, it_power_kw="1.234"))
    assert answer.status_code == 200
    assert "can be read in two ways" in answer.text
    assert 'value="1.234"' in answer.text


@pytest.mark.parametrize("name", ["sites", "site-add"])
def test_a_stranger_finds_nothing(client: Client, foreign_bid: Bid, ada: User, name: str) -> None:
    client.force_login(ada)
    assert client.get(address(name, foreign_bid)).status_code == 404


def test_a_viewer_reads_and_cannot_write(client: Client, bid: Bid, vic: User, site: Site) -> None:
    client.force_login(vic)
    assert client.get(address("sites", bid)).status_code == 200
    answer = client.post(address("site-edit", bid, key=site.key), filled(site, name="Mine"))
    assert answer.status_code == 403
    assert "role" in answer.text


def test_the_page_tells_what_the_share_of_the_union_is_worth_in_time(
    client: Client, bid: Bid, ada: User, site: Site
) -> None:
    """Half of 400 accelerators that run 95 % of a year."""
    client.force_login(ada)
    assert "Access to the machines" not in client.get(address("sites", bid)).text
    Machine.objects.filter(site__bid=bid).delete()
    Machine.objects.create(site=site, key="m1", name="Mare", accelerators=400, availability=Decimal("0.95"))
    Machine.objects.create(site=site, key="m2", name="Terra", accelerators=100)
    text = client.get(address("sites", bid)).text
    assert "run 3,328,800 accelerator hours a year" in text
    assert "Terra is not counted. Fill in its accelerators and its availability." in text
