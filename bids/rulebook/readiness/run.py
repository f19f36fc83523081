"""All questions, asked in one order; what they answer, weighed."""

from __future__ import annotations

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Assessment
from bids.rulebook.readiness.asking import Case, Check, Remark
from bids.rulebook.readiness.checks import CHECKS
from bids.rulebook.readiness.finding import Finding
from bids.rulebook.readiness.situation import Situation

ALONE = Situation()  # as when only a bid file is at hand


def findings(
    facts: BidFacts, call: CallFacts, assessment: Assessment, situation: Situation = ALONE
) -> tuple[Finding, ...]:
    """What every check finds, in the order of the checks and, within each, of the bid."""
    case = Case(facts, call, assessment, situation)
    return tuple(_weighed(check, remark, situation) for check in CHECKS for remark in check.question(case))


def _weighed(check: Check, remark: Remark, situation: Situation) -> Finding:
    severity = remark.severity or check.severity
    if severity == "block" and not _may_block(check, remark, situation):
        severity = "warn"
    return Finding(
        check=check.id,
        severity=severity,
        gate=(remark.gate or check.gate) if severity == "block" else None,
        sentence=remark.sentence,
        where=remark.where,
        source=_basis(check, remark),
        is_house_rule=_is_house_rule(check, remark),
    )


def _may_block(check: Check, remark: Remark, situation: Situation) -> bool:
    """What is not certain never blocks; a house rule does, unless the ministry switched it to warn."""
    if remark.source is not None and not remark.source.is_certain:
        return False
    return not (_is_house_rule(check, remark) and check.id in situation.warn_only)


def _is_house_rule(check: Check, remark: Remark) -> bool:
    return remark.source.is_house_rule if remark.source and remark.source.mark else check.is_house_rule


def _basis(check: Check, remark: Remark) -> str:
    return (remark.source.key or remark.source.mark if remark.source else "") or check.basis
