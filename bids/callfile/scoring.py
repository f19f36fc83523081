"""How a bid to a call is scored: scales, criteria, weights and thresholds."""

from __future__ import annotations

from decimal import Decimal

from bids.callfile.table import Table
from bids.callfile.values import decimal, each, flag, identifier, text
from bids.rulebook.call import CriteriaSet, Criterion, Track
from bids.rulebook.text import gettext_noop, sentence


def criteria_set(table: Table) -> CriteriaSet:
    """One set of criteria with the scale it is scored on."""
    with table, table.table("scale") as scale:
        criteria = tuple(_criterion(entry) for entry in table.tables("criteria", by="id"))
        if not criteria:
            table.refuse("criteria", sentence(gettext_noop("A set of criteria needs at least one.")))
        scale.get("id", identifier, "")
        scale.source()
        return CriteriaSet(
            id=table.must("id", identifier, ""),
            criteria=criteria,
            overall_threshold=table.get("overall_threshold", decimal, None),
            ranking_weights=_ranking_weights(table, criteria),
            scale_min=scale.must("min", decimal, Decimal(0)),
            scale_max=scale.must("max", decimal, Decimal(5)),
            scale_step=scale.must("step", decimal, Decimal("0.5")),
            scale_labels=scale.get("labels", each(text), ()),
            source=table.source(),
            weights_source=table.source("weights_source"),
        )


def _criterion(table: Table) -> Criterion:
    with table:
        return Criterion(
            id=table.must("id", identifier, ""),
            title=table.must("title", text, ""),
            weight=table.get("weight", decimal, Decimal(1)),
            threshold=table.get("threshold", decimal, None),
            pass_fail=table.get("pass_fail", flag, False),
            aspects=table.get("aspects", each(text), ()),
        )


def _ranking_weights(table: Table, criteria: tuple[Criterion, ...]) -> dict[str, Decimal]:
    """Weights that order bids without deciding whether they pass."""
    with table.table("ranking_weights") as weights:
        found = {criterion.id: weights.get(criterion.id, decimal, None) for criterion in criteria}
    return {name: weight for name, weight in found.items() if weight is not None}


def track(table: Table) -> Track:
    """One of the ways a call can be answered."""
    with table:
        return Track(
            id=table.must("id", identifier, ""),
            title=table.must("title", text, ""),
            criteria_set=table.must("criteria_set", identifier, ""),
        )
