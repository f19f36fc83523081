"""What a spreadsheet works out from the formulas of our workbook is what we worked out, to the cent."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import openpyxl
import pytest

from bids import bidfile, callfile
from bids.actions.demo_bids import CALL_OF, FILES
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from bids.workbook.write import write
from tests.workbook.budgets import a_hard_budget, a_hard_call
from tests.workbook.office import needs_office, recalculated

pytestmark = needs_office
Numbers = dict[str, float]
SEEDS = range(5)


def workbook_of(facts: BidFacts, call: CallFacts) -> bytes:
    return write(facts, call, assess(facts, call), revision=1)


def numbers_of(book: openpyxl.Workbook) -> Numbers:
    """Every number of every sheet, by its place."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }


def stored(content: bytes) -> Numbers:
    return numbers_of(openpyxl.load_workbook(io.BytesIO(content), data_only=True))


def the_demonstration(reference: str) -> tuple[BidFacts, CallFacts]:
    facts = bidfile.read((FILES / f"{reference}.json").read_text(encoding="utf-8"))
    return facts, callfile.read(callfile.load(facts.call))


def a_hard_one(seed: int) -> tuple[BidFacts, CallFacts]:
    chance = Random(seed)
    return a_hard_budget(chance), a_hard_call(chance)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Numbers, Numbers]]:
    """Every workbook as we wrote it and as the spreadsheet works it out; it is started once for all."""
    bids = {reference: the_demonstration(reference) for reference in CALL_OF}
    bids |= {f"hard-{seed}": a_hard_one(seed) for seed in SEEDS}
    written = {name: workbook_of(*bid) for name, bid in bids.items()}
    found = recalculated(written, tmp_path_factory.mktemp("office"))
    return {name: (stored(content), numbers_of(found[name])) for name, content in written.items()}


@pytest.mark.parametrize("name", [*CALL_OF, *(f"hard-{seed}" for seed in SEEDS)])
def test_every_number_comes_to_the_same(name: str, both: dict[str, tuple[Numbers, Numbers]]) -> None:
    ours, theirs = both[name]
    assert theirs == pytest.approx(ours, rel=1e-15, abs=0)


def test_a_changed_line_moves_the_totals_as_it_moves_ours(tmp_path: Path) -> None:
    facts, call = the_demonstration("BE-AIF-2025")
    first, *others = facts.budget
    dearer = replace(first, quantity=Decimal("257.0125"), unit_cost=Decimal("56250.3333"))
    edits = {("Budget lines", "I2"): 257.0125, ("Budget lines", "K2"): 56250.3333}
    edits[("Budget lines", "L131")] = 0.07  # a new line below the last
    edits[("Budget lines", "B131")], edits[("Budget lines", "F131")] = "Machine", "Energy"
    found = recalculated({"one": workbook_of(facts, call)}, tmp_path, edits)["one"]["Totals"]
    added = replace(first, key="new", quantity=None, unit_cost=None, category="energy", amount=Euro(7))
    money = assess(replace(facts, budget=(dearer, *others, added)), call)
    assert [str(Decimal(str(found[f"B{row}"].value)).quantize(Decimal("0.01"))) for row in (4, 5, 6, 10)] == [
        str(money.total), str(money.eligible), str(money.eu), str(money.national),
    ]  # fmt: skip
