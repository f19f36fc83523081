"""All questions, asked in one order; what they answer, weighed."""

from __future__ import annotations

from collections.abc import Iterable

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Assessment
from bids.rulebook.readiness.asking import Case, Check, Remark
from bids.rulebook.readiness.checks import CHECKS
from bids.rulebook.readiness.finding import Finding
from bids.rulebook.readiness.situation import Situation

ALONE = Situation()  # as when only a bid file is at hand


# What a line is told beside its row; of two linked bids only the page of both tells (C39).
OF_LINES = frozenset({"C01", "C06", "C14", "C15", "C19", "C20", "C21", "C27", "C28", "C29", "C38"})


def findings(
    facts: BidFacts, call: CallFacts, assessment: Assessment, situation: Situation = ALONE
) -> tuple[Finding, ...]:
    """What every check finds, in the order of the checks and, within each, of the bid."""
    return _asked(CHECKS, Case(facts, call, assessment, situation))


def findings_in_lines(facts: BidFacts, call: CallFacts, assessment: Assessment) -> tuple[Finding, ...]:
    """The same of single lines alone, for a table that shows thousands: no other question is asked."""
    return _asked((check for check in CHECKS if check.id in OF_LINES), Case(facts, call, assessment, ALONE))


def _asked(checks: Iterable[Check], case: Case) -> tuple[Finding, ...]:
    return tuple(_weighed(check, remark, case.call) for check in checks for remark in check.question(case))


def _weighed(check: Check, remark: Remark, call: CallFacts) -> Finding:
    severity, is_house_rule, softened = remark.severity or check.severity, _is_house_rule(check, remark), ""
    if severity == "block" and is_house_rule:
        softened = call.warn_only.get(check.id, "")
    if severity == "block" and (softened or not _is_certain(remark)):
        severity = "warn"
    return Finding(
        check=check.id,
        severity=severity,
        gate=(remark.gate or check.gate) if severity == "block" else None,
        sentence=remark.sentence,
        where=remark.where,
        source=_basis(check, remark),
        is_house_rule=is_house_rule,
        softened=softened,
    )


def _is_certain(remark: Remark) -> bool:
    """What is not certain never blocks."""
    return remark.source is None or remark.source.is_certain


def _is_house_rule(check: Check, remark: Remark) -> bool:
    return remark.source.is_house_rule if remark.source and remark.source.mark else check.is_house_rule


def _basis(check: Check, remark: Remark) -> str:
    return (remark.source.key or remark.source.mark if remark.source else "") or check.basis
