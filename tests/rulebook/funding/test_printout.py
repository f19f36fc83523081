"""The JSON others rely on, and the words of the terminal."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from bids.rulebook.facts import BidFacts, CostFact
from bids.rulebook.funding import as_json, assess, explain, summary
from bids.rulebook.funding.printout import rate_in_figures
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Stream
from tests.golden.cases import (
    ANTENNA_CUT_AT_THE_CAP,
    CASES,
    FACTORY_WITH_EVERYTHING,
    IN_KIND_AND_REVENUES,
    REQUEST_OVER_TWO_STREAMS,
    Case,
)
from tests.rulebook.funding.calls import ANTENNA

PROMISED = {
    "call", "rule_set", "total", "eligible", "eu", "national", "other", "elsewhere", "eu_share", "committed",
    "uncovered", "signed", "union_access_share", "streams", "partners", "sites", "categories", "years",
    "work_packages", "lines", "trace",
}  # fmt: skip
STREAMS = {
    "machine": {"acquisition", "operation", "total", "eu_acquisition", "eu_operation", "eu"},
    "services": {"direct", "indirect_base", "indirect", "total", "rate", "eu_before_cap", "cap", "eu", "capped"},
}

PARTNER = {
    "direct", "indirect", "eligible", "rate", "eu", "national", "machine_total", "machine_eu", "total",
}  # fmt: skip


def written(case: Case) -> dict[str, object]:
    return as_json(assess(case.facts, case.call, on=case.on))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_promised_keys_are_there_and_everything_is_plain_json(case: Case) -> None:
    found = written(case)
    stated = {"in_kind", "revenues", "surplus"} if case is IN_KIND_AND_REVENUES else set()
    assert set(found) == PROMISED | {"problems"} | stated
    assert json.loads(json.dumps(found)) == found


def test_each_record_has_its_promised_keys() -> None:
    found = written(FACTORY_WITH_EVERYTHING)
    assert {key: set(record) for key, record in found["streams"].items()} == STREAMS
    for record in found["partners"].values():
        assert set(record) >= {
            "direct",
            "indirect",
            "eligible",
            "rate",
            "eu",
            "national",
            "machine_total",
            "machine_eu",
        }
    for record in found["lines"].values():
        assert set(record) == {"stream", "amount", "indirect", "total", "eligible", "eu"}
    for step in found["trace"]:
        assert set(step) == {"rule", "of", "sentence", "before", "after", "source", "cite"}
        assert all(isinstance(value, str) and value for value in step.values())


@pytest.mark.parametrize(
    ("rate", "figures"),
    [
        (Fraction(1, 2), "0.50"),
        (Fraction(1), "1.00"),
        (Fraction(0), "0.00"),
        (Fraction(7, 40), "0.175"),
        (Fraction(17, 100), "0.17"),
        (Fraction(1, 3), "0.333333"),
        (Fraction("0.1234567"), "0.123457"),
        (Fraction("0.123456"), "0.123456"),
    ],
)
def test_a_rate_has_at_least_two_places(rate: Fraction, figures: str) -> None:
    assert rate_in_figures(rate) == figures


def test_the_terminal_reads_every_figure_and_every_step() -> None:
    found = assess(FACTORY_WITH_EVERYTHING.facts, FACTORY_WITH_EVERYTHING.call)
    text = explain(found)
    assert text.splitlines()[0] == "Funding under EUROHPC-2024-CEI-AI-02@1"
    assert "access share" in text
    assert "Counts nothing: S8 has no price." in text
    for step in found.trace:
        assert str(step.sentence) in text
    assert "access share" not in explain(assess(ANTENNA_CUT_AT_THE_CAP.facts, ANTENNA_CUT_AT_THE_CAP.call))


def test_what_has_no_value_is_a_dash() -> None:
    """Without costs there is no share of the Union, and without a cap nothing to show for it."""
    empty = assess(type(FACTORY_WITH_EVERYTHING.facts)(call="CALL", title="Empty"), FACTORY_WITH_EVERYTHING.call)
    told = [" ".join(line.split()) for line in summary(empty).splitlines()]
    assert {"eu share -", "access share -"} <= set(told)
    request = assess(REQUEST_OVER_TWO_STREAMS.facts, REQUEST_OVER_TWO_STREAMS.call)
    assert f"  cap{'-':>33}" in summary(request).splitlines()


def test_no_share_is_written_in_plain_figures() -> None:
    line = CostFact("L1", Stream.SERVICES, category="B", amount=Euro(100))
    assert as_json(assess(BidFacts(call="CALL", title="A bid", budget=(line,)), ANTENNA))["eu_share"] == "0.000000"


def test_the_summary_is_the_figures_without_the_steps() -> None:
    found = assess(FACTORY_WITH_EVERYTHING.facts, FACTORY_WITH_EVERYTHING.call)
    figures, _, reasons = explain(found).partition("\nWhy\n")
    assert summary(found) == figures
    assert len(reasons.splitlines()) == len(found.trace)
