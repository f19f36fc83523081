"""The questions as a whole: order, weight, and what may block."""

from __future__ import annotations

import inspect
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bids.rulebook.call import CallFacts, Source
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from bids.rulebook.readiness import (
    CHECKS,
    GATES,
    Situation,
    blocks,
    findings,
    findings_by_gate,
    findings_in_lines,
    house_rules,
)
from bids.rulebook.readiness.asking import Check
from bids.rulebook.readiness.run import OF_LINES
from tests.rulebook.readiness.bids import ANTENNA, CALLS, DIGITAL, FACTORY, antenna, ask, factory, known, line


@pytest.mark.parametrize(("facts", "call"), [(factory, FACTORY), (antenna, ANTENNA)])
def test_a_sound_bid_is_told_nothing_that_blocks_or_warns(facts: BidFacts, call: CallFacts) -> None:
    found = findings(facts, call, assess(facts, call), known)
    assert [(finding.check, finding.severity) for finding in found] == [("C40", "info")]


def test_from_a_file_what_only_the_desk_knows_is_not_known() -> None:
    found = findings(factory, FACTORY, assess(factory, FACTORY))
    assert [(finding.check, finding.severity) for finding in found] == [
        ("C13", "info"),
        ("C16", "info"),
        ("C17", "info"),
        ("C40", "info"),
    ]
    assert str(found[1].sentence) == "The reviews: not known from a file."


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_an_empty_draft_can_be_asked_about_under_every_call(call: CallFacts) -> None:
    draft = BidFacts(call=call.id, title="Draft")
    for finding in findings(draft, call, assess(draft, call)):
        assert str(finding.sentence)
        assert finding.severity in ("block", "warn", "info")
        assert (finding.gate in GATES) == (finding.severity == "block")


def test_findings_come_in_the_order_of_the_checks_and_of_the_bid() -> None:
    broken = replace(factory, budget=(line("L2", stream=None), line("L1", stream=None)), commitments=())
    found = findings(broken, FACTORY, assess(broken, FACTORY), known)
    order = list(dict.fromkeys(check.id for check in CHECKS))
    assert [finding.check for finding in found] == sorted((finding.check for finding in found), key=order.index)
    assert [finding.where for finding in found if finding.check == "C01"] == ["budget/L2", "budget/L1"]
    assert found == findings(broken, FACTORY, assess(broken, FACTORY), known)


def test_findings_are_sorted_by_what_they_stop() -> None:
    broken = replace(factory, commitments=(), budget=(*factory.budget, line("L9", amount=None)))
    found = findings(broken, FACTORY, assess(broken, FACTORY), replace(known, reviews=()))
    by_gate = {gate: [finding.check for finding in some] for gate, some in findings_by_gate(found).items()}
    assert by_gate == {"submit": ["C06", "C41"], "recommend": ["C16"], "approve": ["C07"], "file": []}
    assert [finding.check for finding in blocks(found, "submit")] == ["C06", "C41"]


def test_the_ministry_may_switch_a_house_rule_to_warn() -> None:
    softer = replace(FACTORY, warn_only={"C41": "The letters follow by post.", "C07": "no house rule"})
    (finding,) = ask("C41", factory, softer, commitments=())
    assert (finding.severity, finding.gate, finding.is_house_rule) == ("warn", None, True)
    assert finding.softened == "The letters follow by post."
    (finding,) = ask("C07", factory, softer, commitments=())
    assert (finding.severity, finding.gate, finding.is_house_rule) == ("block", "approve", False)
    assert finding.softened == ""


def test_a_document_that_only_we_ask_for_is_a_house_rule_too() -> None:
    softer = replace(FACTORY, warn_only={"C11": "The plans are under review."})
    found = ask("C11", factory, softer, documents=())
    assert [(finding.severity, finding.is_house_rule) for finding in found] == [
        ("block", False),
        ("block", False),
        ("warn", True),
    ]


def test_each_call_has_its_house_rules() -> None:
    assert [rule.check for rule in house_rules(FACTORY)] == ["C01", "C06", "C11", "C16", "C41"]
    assert [rule.check for rule in house_rules(ANTENNA)] == ["C01", "C06", "C16", "C41"]
    assert {rule.softened for rule in house_rules(replace(FACTORY, warn_only={"C41": "Later."}))} == {"", "Later."}


def with_states(mark: str) -> CallFacts:
    return replace(FACTORY, participating_states=("FR",), marks={"participating_states": Source("S1", mark)})


@pytest.mark.parametrize(
    ("mark", "severity"),
    [("RECALLED 0.9", "block"), ("RECALLED 0.85", "warn"), ("INFERRED", "warn"), ("SEEN", "block")],
)
def test_what_is_not_certain_warns_but_never_blocks(mark: str, severity: str) -> None:
    assert [finding.severity for finding in ask("C10", factory, with_states(mark))] == [severity, severity]


def test_a_base_of_indirect_costs_that_was_not_read_only_warns() -> None:
    stated = (line("L1"), line("E1", category="E", amount=Euro.of("1.00")))
    (finding,) = ask("C14", replace(factory, call=DIGITAL.id), DIGITAL, budget=stated)
    assert (finding.severity, finding.gate, finding.source) == ("warn", None, "RECALLED 0.8")


def reference() -> dict[str, dict[str, str]]:
    """The checks as the domain reference weighs them."""
    path = Path(__file__).with_name("checks.yaml")
    return {check["id"]: check for check in yaml.safe_load(path.read_text())["checks"]}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_weight_and_gate_are_those_of_the_reference(check: Check) -> None:
    wanted = reference()[check.id]
    gate = wanted.get("gate", "submit") if wanted["severity"] == "block" else None
    assert (check.severity, check.gate) == (wanted["severity"], gate)
    assert check.is_house_rule == (wanted["basis"] == "HOUSE")


def test_every_check_of_this_version_is_asked() -> None:
    assert {check.id for check in CHECKS} == set(reference())


def test_situations_are_unknown_by_default() -> None:
    assert Situation().reviews is None
    assert Situation().page_counts is None


def test_the_questions_of_single_lines_are_those_that_lead_to_one() -> None:
    """Told from the source: a file that leads nowhere to a line has none of them, any other only those named here."""
    for check in CHECKS:
        leads_to_lines = '"budget/' in inspect.getsource(sys.modules[check.question.__module__])
        assert (check.id in OF_LINES) is (leads_to_lines and check.id not in {"C18", "C37", "C39"}), check.id


@pytest.mark.parametrize("changes", [
    {"budget": (line("L1", stream=None), line("L2", amount=None), line("L3", funded_elsewhere=True),
                line("L4", category="none"), line("L5", category="E", amount=Euro(1)))},
    {"budget": (line("L1", partner="nobody", description=""), line("L2", category="B", amount=Euro(10**12)),
                line("L3", category="D1", amount=Euro(10**12)))},
])  # fmt: skip
def test_the_table_tells_of_a_line_what_readiness_tells(changes: dict[str, object]) -> None:
    facts = replace(factory, **changes)
    money = assess(facts, FACTORY)
    told = tuple(each for each in findings(facts, FACTORY, money) if each.where.startswith("budget/"))
    assert findings_in_lines(facts, FACTORY, money) == told
    assert len({each.check for each in told}) > 1
