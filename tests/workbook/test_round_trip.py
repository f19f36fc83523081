"""What was exported and not touched is no change, whatever the budget and the language."""

from __future__ import annotations

from random import Random

import pytest
from django.utils.translation import override
from hypothesis import given, settings

from bids import bidfile, callfile
from bids.actions.demo_bids import CALL_OF, FILES
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.vocabulary import Language
from bids.workbook.write import NotWritable
from tests.rulebook.funding import strategies
from tests.workbook.budgets import a_hard_budget, a_hard_call
from tests.workbook.reading import differences, edited, written


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("reference", CALL_OF)
def test_the_demonstration_comes_back_as_it_went(reference: str, language: str) -> None:
    facts = bidfile.read((FILES / f"{reference}.json").read_text(encoding="utf-8"))
    call = callfile.read(callfile.load(facts.call))
    with override(language):
        assert differences(written(facts, call), facts, call, language) == []


@pytest.mark.parametrize("seed", range(12))
def test_so_do_budgets_that_are_hard_on_a_spreadsheet(seed: int) -> None:
    chance = Random(seed)
    facts, call = a_hard_budget(chance), a_hard_call(chance)
    content = written(facts, call)
    assert differences(content, facts, call) == []
    assert differences(edited(content, lambda book: None), facts, call) == []  # saved again by another programme


@settings(deadline=None, max_examples=60)
@given(strategies.bids(), strategies.calls())
def test_so_does_any_budget_that_fits(facts: BidFacts, call: CallFacts) -> None:
    try:
        content = written(facts, call)
    except NotWritable:
        return
    assert differences(content, facts, call) == []
