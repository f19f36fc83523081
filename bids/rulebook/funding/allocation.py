"""Dividing sums among lines, partners and streams, so that no cent is lost (F14)."""

from __future__ import annotations

from collections.abc import Sequence

from bids.rulebook.funding.ledger import Entry
from bids.rulebook.money import split_cents


def spread_indirect(entries: Sequence[Entry], cents: int) -> None:
    """Give each line of the base its part of the indirect costs, by amount; ties to the smaller key."""
    parts = split_cents(cents, [entry.amount for entry in entries], [entry.line.key for entry in entries])
    for entry, part in zip(entries, parts, strict=True):
        entry.indirect = part


def spread_eu(entries: Sequence[Entry], cents: int) -> None:
    """Give each eligible line its part of the Union's money, by total; ties to the smaller key."""
    parts = split_cents(cents, [entry.total for entry in entries], [entry.line.key for entry in entries])
    for entry, part in zip(entries, parts, strict=True):
        entry.eu = part
