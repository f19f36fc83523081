"""Why any figure of an assessment is what it is, told on demand.

The trace of an assessment holds what every reader needs; the story of a single line, site or
partner is told here, from the same numbers, when somebody asks. The last step ends at the figure.
"""

from __future__ import annotations

from collections.abc import Iterator

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding.assessment import Assessment
from bids.rulebook.funding.reasons import bid, lines, partners, streams, views
from bids.rulebook.funding.reasons.case import Case, UnknownFigure
from bids.rulebook.funding.trace import Step

__all__ = ["UnknownFigure", "why"]


def why(assessment: Assessment, facts: BidFacts, call: CallFacts, figure: str) -> tuple[Step, ...]:
    """Explain a figure named by its place in the JSON of an assessment.

    `total`, `eu`, `union_access_share`, `streams/services/eu`, `partners/imec/eu`,
    `sites/zellik/total`, `lines/L001/eu`, ... Any other name raises UnknownFigure.
    """
    return tuple(_steps(Case(assessment, facts, call), figure))


def _steps(case: Case, figure: str) -> Iterator[Step]:
    match figure.split("/"):
        case [name] if name in bid.FIGURES:
            return bid.FIGURES[name](case)
        case ["streams", key, field]:
            return streams.steps(case, key, field)
        case ["partners", key, field]:
            return partners.steps(case, key, field)
        case ["lines", key, field]:
            return lines.steps(case, key, field)
        case [("sites" | "categories" | "years" | "work_packages") as section, key, field]:
            return views.steps(case, section, key, field)
    raise UnknownFigure(figure)
