"""What a share of a machine is worth in time: accelerator hours a year."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from bids.rulebook.funding.formulas.arithmetic import exact_product
from bids.rulebook.funding.formulas.energy import HOURS_PER_YEAR


class AccessHours(NamedTuple):
    """Accelerator hours a year: all, the Union's, and the most of those for commercial use."""

    available: Decimal
    union: Decimal
    commercial: Decimal


def access_hours(
    accelerators: int, availability: Decimal, union_share: Decimal, commercial_ceiling: Decimal
) -> AccessHours:
    """Count the hours the accelerators really run, and share them."""
    available = exact_product(accelerators, HOURS_PER_YEAR, availability)
    union = exact_product(available, union_share)
    return AccessHours(available, union, exact_product(union, commercial_ceiling))
