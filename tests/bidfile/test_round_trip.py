"""What is written reads back to the same, and what is read writes back to the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bids import bidfile
from bids.rulebook.facts import BidFacts, PartnerFacts
from bids.rulebook.money import Euro
from tests.bidfile.documents import facts, small

SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@SETTINGS
@given(bid=facts())
def test_facts_read_back_from_their_file(bid: BidFacts) -> None:
    written = bidfile.as_dict(bid)
    assert bidfile.read(written) == bid
    assert bidfile.as_dict(bidfile.read(json.dumps(written))) == written


def test_a_complete_file_writes_back_to_itself() -> None:
    complete = bidfile.as_dict(bidfile.read(small()))
    assert bidfile.as_dict(bidfile.read(json.dumps(complete).encode())) == complete


@pytest.mark.parametrize("name", ["BE-AIF-2025", "BE-AIFA-2025"])
def test_the_demo_bids_write_back_to_themselves(name: str) -> None:
    content = (Path(__file__).parents[2] / "bids" / "demo" / f"{name}.json").read_bytes()
    assert bidfile.as_dict(bidfile.read(content)) == json.loads(content)


def test_every_field_is_written_with_explicit_nulls() -> None:
    written = bidfile.as_dict(BidFacts(call="GENERIC-HE-RIA", title="A draft"))
    assert list(written)[:3] == ["format", "call", "title"]
    assert written["format"] == "tandem-bid/1"
    assert written["linked_factory"] is None
    assert written["budget"] == []
    assert written["rates"] == {"acquisition": None, "operation": None}


def test_fields_that_came_later_are_written_only_where_they_say_something() -> None:
    """The digest of a bid that was frozen before there were such fields stays what it was."""
    bid = BidFacts(call="GENERIC-HE-RIA", title="A draft", partners=(PartnerFacts("imec"),))
    later = {"state_money", "other_union_money", "expected_revenues"}
    assert not later & bidfile.as_dict(bid)["partners"][0].keys()
    assert "state_money" not in bidfile.canonical(bid)
    stated = replace(bid, partners=(PartnerFacts("imec", state_money=Euro()),))
    assert later & bidfile.as_dict(stated)["partners"][0].keys() == {"state_money"}
    nulls = bidfile.as_dict(bid)
    nulls["partners"][0] |= dict.fromkeys(later)
    assert bidfile.canonical(bidfile.read(nulls)) == bidfile.canonical(bid)


def test_numbers_stay_as_they_were_typed() -> None:
    document = small()
    document["rates"] = {"acquisition": "0.50", "operation": "0.5"}
    document["budget"][0]["quantity"] = "54.0"
    bid = bidfile.read(document)
    assert (str(bid.rates.acquisition), str(bid.rates.operation)) == ("0.50", "0.5")
    assert bidfile.as_dict(bid)["budget"][0]["quantity"] == "54.0"


def test_whole_amounts_are_read_and_written_with_cents() -> None:
    document = small()
    document["commitments"][0]["amount"] = "8000000"
    assert bidfile.read(document).commitments[0].amount == Euro(800_000_000)
    assert bidfile.as_dict(bidfile.read(document))["commitments"][0]["amount"] == "8000000.00"


def test_the_ends_of_a_link_are_called_from_and_to() -> None:
    link = bidfile.read(small()).links[0]
    assert (link.start, link.end) == ("zellik", "charleroi")


def test_only_format_call_and_title_are_needed() -> None:
    bid = bidfile.read({"format": "tandem-bid/1", "call": "GENERIC-HE-RIA", "title": "A draft"})
    assert bid == BidFacts(call="GENERIC-HE-RIA", title="A draft")


def test_canonical_text_does_not_depend_on_the_order_of_names() -> None:
    document = small()
    turned = dict(reversed(document.items()))
    text = bidfile.canonical(bidfile.read(document))
    assert bidfile.canonical(bidfile.read(turned)) == text
    assert json.loads(text)["title"] == "Two sites, one machine room"
    assert ", " not in text.replace("Two sites, one", "")
    assert bidfile.read(text) == bidfile.read(document)


def test_text_of_every_language_survives() -> None:
    title = "Usine d'IA à Charleroi – «KI-Fabrik» €, Ω, 工厂, 🏭"
    assert bidfile.read(json.dumps(small(title=title))).title == title
    assert json.loads(bidfile.canonical(bidfile.read(small(title=title))))["title"] == title


def test_days_and_decimals_have_their_own_types() -> None:
    bid = bidfile.read(small(starts_on="2026-03-01", economic_use_share="0.10"))
    assert (bid.starts_on, bid.economic_use_share) == (date(2026, 3, 1), Decimal("0.10"))
