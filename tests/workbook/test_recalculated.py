"""What a spreadsheet works out from the formulas of our workbook is what we worked out, to the cent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from bids import bidfile, callfile
from bids.actions.demo_bids import CALL_OF, FILES
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from tests.office import CALC
from tests.workbook.budgets import a_hard_budget, a_hard_call
from tests.workbook.office import recalculated, values_of
from tests.workbook.reading import differences, written

pytestmark = CALC.needed
Numbers = dict[str, float]
SEEDS = range(5)


def numbers_of(content: bytes) -> Numbers:
    """Every number that is stored in any sheet, by its place."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in values_of(content).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }


def the_demonstration(reference: str) -> tuple[BidFacts, CallFacts]:
    facts = bidfile.read((FILES / f"{reference}.json").read_text(encoding="utf-8"))
    return facts, callfile.read(callfile.load(facts.call))


def a_hard_one(seed: int) -> tuple[BidFacts, CallFacts]:
    chance = Random(seed)
    return a_hard_budget(chance), a_hard_call(chance)


@dataclass(frozen=True)
class Trip:
    """A workbook as we wrote it, and as the spreadsheet saved it after working everything out."""

    facts: BidFacts
    call: CallFacts
    written: bytes
    saved: bytes


NAMES = (*CALL_OF, *(f"hard-{seed}" for seed in SEEDS))


@pytest.fixture(scope="module")
def trips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Trip]:
    """All of them at once: the spreadsheet takes seconds to start."""
    bids = {reference: the_demonstration(reference) for reference in CALL_OF}
    bids |= {f"hard-{seed}": a_hard_one(seed) for seed in SEEDS}
    contents = {name: written(*bid) for name, bid in bids.items()}
    saved = recalculated(contents, tmp_path_factory.mktemp("office"))
    return {name: Trip(*bids[name], contents[name], saved[name]) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_every_number_comes_to_the_same(name: str, trips: dict[str, Trip]) -> None:
    trip = trips[name]
    assert numbers_of(trip.saved) == pytest.approx(numbers_of(trip.written), rel=1e-15, abs=0)


@pytest.mark.parametrize("name", NAMES)
def test_what_it_saved_is_no_change(name: str, trips: dict[str, Trip]) -> None:
    trip = trips[name]
    assert differences(trip.saved, trip.facts, trip.call) == []


def test_a_changed_line_moves_the_totals_as_it_moves_ours(tmp_path: Path) -> None:
    facts, call = the_demonstration("BE-AIF-2025")
    first, *others = facts.budget
    dearer = replace(first, quantity=Decimal("257.0125"), unit_cost=Decimal("56250.3333"))
    edits = {("Budget lines", "I2"): 257.0125, ("Budget lines", "K2"): 56250.3333}
    edits[("Budget lines", "L131")] = 0.07  # a new line below the last
    edits[("Budget lines", "B131")], edits[("Budget lines", "F131")] = "Machine", "Energy"
    found = values_of(recalculated({"one": written(facts, call)}, tmp_path, edits)["one"])["Totals"]
    added = replace(first, key="new", quantity=None, unit_cost=None, category="energy", amount=Euro(7))
    money = assess(replace(facts, budget=(dearer, *others, added)), call)
    assert [str(Decimal(str(found[f"B{row}"].value)).quantize(Decimal("0.01"))) for row in (4, 5, 6, 10)] == [
        str(money.total), str(money.eligible), str(money.eu), str(money.national),
    ]  # fmt: skip
