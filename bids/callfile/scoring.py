"""How a bid to a call is scored: scales, criteria, weights and thresholds."""

from __future__ import annotations

from decimal import Decimal

from bids.callfile.table import Table, titles
from bids.callfile.values import decimal, each, flag, identifier, text
from bids.rulebook.call import CriteriaSet, Criterion, Track
from bids.rulebook.text import gettext_noop, sentence

WEIGHTS = "weights_source"  # where weights and thresholds come from, unless one of them says it itself


def criteria_set(table: Table) -> CriteriaSet:
    """One set of criteria with the scale it is scored on."""
    with table, table.table("scale") as scale:
        criteria = tuple(_criterion(entry, table) for entry in table.tables("criteria", by="id"))
        if not criteria:
            table.refuse("criteria", sentence(gettext_noop("A set of criteria needs at least one.")))
        scale.get("id", identifier, "")
        scale.source()
        return CriteriaSet(
            id=table.must("id", identifier, ""),
            criteria=criteria,
            overall_threshold=table.shared("overall_threshold", decimal, None, table, WEIGHTS),
            ranking_weights=_ranking_weights(table, criteria),
            scale_min=scale.must("min", decimal, Decimal(0)),
            scale_max=scale.must("max", decimal, Decimal(5)),
            scale_step=scale.must("step", decimal, Decimal("0.5")),
            scale_labels=scale.get("labels", each(text), ()),
            source=table.source(),
            weights_source=table.source(WEIGHTS),
        )


def _criterion(table: Table, around: Table) -> Criterion:
    with table:
        return Criterion(
            id=table.must("id", identifier, ""),
            title=table.must("title", text, ""),
            titles=titles(table),
            weight=table.shared("weight", decimal, Decimal(1), around, WEIGHTS),
            threshold=table.shared("threshold", decimal, None, around, WEIGHTS),
            pass_fail=table.get("pass_fail", flag, False),
            aspects=table.get("aspects", each(text), ()),
        )


def _ranking_weights(table: Table, criteria: tuple[Criterion, ...]) -> dict[str, Decimal]:
    """Weights that order bids without deciding whether they pass."""
    with table.table("ranking_weights") as weights:
        found = {one.id: weights.shared(one.id, decimal, None, table, WEIGHTS) for one in criteria}
    return {name: weight for name, weight in found.items() if weight is not None}


def track(table: Table) -> Track:
    """One of the ways a call can be answered."""
    with table:
        return Track(
            id=table.must("id", identifier, ""),
            title=table.must("title", text, ""),
            criteria_set=table.must("criteria_set", identifier, ""),
        )
