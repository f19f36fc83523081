"""The rules of this tool's own making that block under a call: the ministry may switch each to warn."""

from __future__ import annotations

from dataclasses import dataclass

from bids.rulebook.call import CallFacts, Source
from bids.rulebook.readiness.asking import Check
from bids.rulebook.readiness.checks import CHECKS

RESTS_ON = {"C10": "participating_states", "C12": "page_limit"}  # checks of a number that may be a house rule


@dataclass(frozen=True, slots=True)
class HouseRule:
    """A check that blocks by a rule of this tool; `softened` is why it only warns under this call, if it does."""

    check: str
    asks: str
    gate: str
    softened: str = ""


def house_rules(call: CallFacts) -> tuple[HouseRule, ...]:
    """In the order of the checks."""
    return tuple(
        HouseRule(check.id, check.asks, check.gate or "", call.warn_only.get(check.id, ""))
        for check in CHECKS
        if check.severity == "block" and (check.is_house_rule or _is_one_here(check, call))
    )


def _is_one_here(check: Check, call: CallFacts) -> bool:
    """The law asks the question, but what this call wants of it is our own."""
    number = call.marks.get(RESTS_ON.get(check.id, ""), Source())
    asked = [one for one in call.requirements if one.check == check.id and one.severity == "block"]
    return number.is_house_rule or any(one.source.is_house_rule for one in asked)
