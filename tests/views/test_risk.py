"""Risks and indicators: added, revised, removed; nothing half-saved."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids.models import Bid
from bids.rulebook.vocabulary import Level


def address(name: str, bid: Bid, **more: Any) -> str:
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference, **more})


def test_a_risk_is_added_with_its_packages(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    package = bid.work_packages.get(key="wp2")
    data = {"description": "No power", "likelihood": "low", "severity": "high", "work_packages": ["wp2"]}
    assert client.post(address("risk-add", bid), data).status_code == 302
    risk = bid.risks.last()
    assert (risk.description, risk.severity, risk.work_packages) == ("No power", Level.HIGH, [package.pk])


def test_a_risk_without_words_is_asked_for(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    answer = client.post(address("risk-add", bid), {"description": "  ", "mitigation": "Much"})
    assert "Say in a sentence what may go wrong" in answer.text
    assert "Much" in answer.text
    assert bid.risks.count() == 1


def test_a_stale_risk_shows_both_texts(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    url = address("risk-edit", bid, key="r1")
    for text, status in (("First words", 302), ("Second words", 409)):
        answer = client.post(url, {"description": text, "version": 1, "severity": "low"})
        assert answer.status_code == status
    assert "First words" in answer.text
    assert "Second words" in answer.text


def test_an_indicator_is_removed_once_asked(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    url = address("indicator-delete", bid, key="k1")
    assert client.get(url).status_code == 200
    assert bid.indicators.exists()
    client.post(url, {"version": 1})
    assert not bid.indicators.exists()


def test_hostile_words_stay_words(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    client.post(address("indicator-add", bid), {"name": "<script>alert(1)</script>", "unit": '"><b>'})
    page = client.get(address("risks", bid)).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
