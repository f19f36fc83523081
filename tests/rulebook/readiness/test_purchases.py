"""C19, C27, C28: what is bought, handed on and given out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bids.rulebook.money import Euro
from tests.rulebook.readiness.bids import DIGITAL, FACTORY, ask, factory, line, summary


def bought(amount: str, description: str = "", category: str = "C2") -> object:
    return line("L2", category=category, amount=Euro.of(amount), description=description)


def test_c19_fires_on_a_large_purchase_without_a_word() -> None:
    (found,) = ask("C19", factory, budget=(line("L1"), bought("15000.01")))
    assert summary([found]) == [("warn", None, "budget/L2")]
    assert "Imec buys for 15000.01 beside personnel of 100000.00" in str(found.sentence)


def test_c19_is_silent_at_the_threshold_with_a_description_on_travel_and_without_a_threshold() -> None:
    assert ask("C19", factory, budget=(line("L1"), bought("15000.00"))) == []
    assert ask("C19", factory, budget=(line("L1"), bought("90000.00", "Servers for the enclave"))) == []
    assert ask("C19", factory, budget=(line("L1"), bought("90000.00", category="C1"))) == []
    assert ask("C19", factory, DIGITAL, budget=(line("L1"), bought("90000.00"))) == []


def test_c27_fires_above_the_share_that_is_set() -> None:
    (found,) = ask("C27", factory, budget=(line("L1"), bought("42858.00", "Audit", "B")))
    assert summary([found]) == [("warn", None, "budget/L2")]
    assert "42858.00 of 142858.00 direct costs are subcontracted, more than 30 %" in str(found.sentence)


def test_c27_is_silent_at_the_share_on_lines_that_do_not_count_and_where_none_is_set() -> None:
    assert ask("C27", factory, budget=(line("L1"), bought("42857.14", "Audit", "B"))) == []
    elsewhere = replace(bought("90000.00", "Audit", "B"), funded_elsewhere=True)
    assert ask("C27", factory, budget=(line("L1"), elsewhere)) == []
    assert ask("C27", factory, budget=()) == []
    free = tuple(
        replace(scheme, cost_model=replace(scheme.cost_model, subcontracting_share_max=None))
        for scheme in FACTORY.streams
    )
    assert ask("C27", factory, replace(FACTORY, streams=free), budget=(bought("90000.00", "Audit", "B"),)) == []


def support(parties: str | None, each: str | None, amount: str | None = None) -> object:
    quantity, unit_cost = (Decimal(value) if value else None for value in (parties, each))
    given = Euro.of(amount) if amount else None
    return line("L2", category="D1", amount=given, quantity=quantity, unit="party", unit_cost=unit_cost)


def test_c28_fires_above_the_cap_and_where_the_number_of_parties_is_not_told() -> None:
    (found,) = ask("C28", factory, budget=(support("30", "60000.01"),))
    assert summary([found]) == [("warn", None, "budget/L2")]
    assert "gives each third party 60000.01; at most 60000.00" in str(found.sentence)
    (found,) = ask("C28", factory, budget=(support(None, None, "60000.01"),))
    assert "without saying to how many" in str(found.sentence)


def test_c28_is_silent_within_the_cap_and_where_there_is_none() -> None:
    assert ask("C28", factory, budget=(support("30", "60000.00"),)) == []
    assert ask("C28", factory, budget=(support(None, None, "60000.00"),)) == []
    assert ask("C28", factory, DIGITAL, budget=(support("30", "90000.00"),)) == []
