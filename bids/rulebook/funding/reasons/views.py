"""Why a site, a category, a year or a work package costs what it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bids.rulebook.facts import CostFact
from bids.rulebook.funding.assessment import LineShare, View
from bids.rulebook.funding.eligibility import INDIRECT
from bids.rulebook.funding.reasons.case import Case, UnknownFigure, sum_by_stream
from bids.rulebook.funding.trace import MISSING, Step
from bids.rulebook.funding.views import divided
from bids.rulebook.money import Euro

_KEYS: dict[str, Callable[[CostFact], str]] = {
    "sites": lambda line: line.site or MISSING,
    "years": lambda line: str(line.year or MISSING),
    "work_packages": lambda line: line.work_package or MISSING,
}


def steps(case: Case, section: str, key: str, field: str) -> Iterator[Step]:
    """One figure of one bucket, added up stream by stream."""
    views: Mapping[str, View] = getattr(case.assessment, section)
    if key not in views or field not in ("total", "eu"):
        raise UnknownFigure(f"{section}/{key}/{field}")
    if section == "categories":
        return _category(case, key, field)
    of = _KEYS[section]
    rows = ((line, share) for line, share in case.rows if of(line) == key)
    return sum_by_stream(rows, lambda share: share.total if field == "total" else share.eu)


def _category(case: Case, key: str, field: str) -> Iterator[Step]:
    """A category holds its lines without their indirect costs; those are a category of their own."""
    categories = {line.key: line.category or MISSING for line in case.facts.budget}
    if key == INDIRECT:
        rows = ((line, share) for line, share in case.rows if share.indirect)
    else:
        rows = ((line, share) for line, share in case.rows if categories[line.key] == key)
    return sum_by_stream(rows, lambda share: _part(share, categories[share.key], key, field))


def _part(share: LineShare, category: str, key: str, field: str) -> Euro:
    """The line's amount or its indirect costs, or what the Union pays of the one or the other."""
    if field == "total":
        return share.indirect if key == INDIRECT else share.amount
    on_amount, on_indirect = divided(share.eu.cents, share.amount.cents, share.indirect.cents, category)
    return Euro(on_indirect if key == INDIRECT else on_amount)
