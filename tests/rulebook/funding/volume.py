"""A large bid of every kind of line, always the same for the same size.

Run as a script it assesses one and prints seconds and MiB: `python -m tests.rulebook.funding.volume 100000`.
"""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import replace
from decimal import Decimal

from bids.rulebook.facts import BidFacts, CostFact, DepreciationPricing, PartnerFacts, PersonMonthsPricing
from bids.rulebook.funding import as_json, assess
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Stream
from tests.rulebook.funding.calls import FACTORY, GRANT_CATEGORIES, OWNERSHIP

PARTNERS = 23


def large_bid(lines: int) -> BidFacts:
    partners = tuple(PartnerFacts(f"p{number:02}") for number in range(PARTNERS))
    return BidFacts(
        call="CALL",
        title="A large bid",
        duration_months=36,
        partners=partners,
        budget=tuple(_line(number) for number in range(lines)),
    )


def _line(number: int) -> CostFact:
    """One fifth each: machine, quantity, depreciation, person-months, and a plain amount."""
    line = CostFact(
        f"L{number:06}",
        Stream.SERVICES,
        f"p{number % PARTNERS:02}",
        ("north", "south", None)[number % 3],
        f"wp{number % 7}",
        GRANT_CATEGORIES[number % len(GRANT_CATEGORIES)],
        2026 + number % 4,
        description="A line",
    )
    amount = Euro(100_00 + number * 7919 % 1_000_000)
    match number % 5:
        case 0:
            category = OWNERSHIP.categories[number % len(OWNERSHIP.categories)]
            return replace(line, stream=Stream.MACHINE, partner=None, category=category, amount=amount)
        case 1:
            return replace(line, quantity=Decimal("3.25"), unit_cost=Decimal("81.13"))
        case 2:
            return replace(line, pricing=DepreciationPricing(amount, 60, 34, Decimal("0.8")))
        case 3:
            return replace(line, pricing=PersonMonthsPricing(Decimal("1.5"), Decimal("825.00")))
    return replace(line, amount=amount)


def main(lines: int) -> None:
    facts = large_bid(lines)
    before = time.process_time()
    found = assess(facts, FACTORY)
    assessed = time.process_time()
    as_json(found)
    written = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(
        f"{lines} lines: assess {assessed - before:.2f} s, as_json {written - assessed:.2f} s, peak {peak} MiB\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
