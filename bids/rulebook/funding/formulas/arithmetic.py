"""Exact products of amounts and decimals, without a fraction object per line."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import NamedTuple

from bids.rulebook.money import Euro, quotient

_EXACT = Context(prec=400)  # far more digits than any product of typed figures has


class Product(NamedTuple):
    """An exact number of cents as numerator and denominator, before it is rounded."""

    numerator: int
    denominator: int

    @classmethod
    def of(cls, *factors: Decimal | int) -> Product:
        """Multiply factors given in EUR; the product is in cents."""
        numerator, denominator = 100, 1
        for factor in factors:
            upper, lower = factor.as_integer_ratio()
            numerator *= upper
            denominator *= lower
        return cls(numerator, denominator)

    @classmethod
    def of_euro(cls, amount: Euro, *factors: Decimal | int) -> Product:
        """Multiply an amount by factors."""
        numerator, denominator = cls.of(*factors)
        return cls(numerator * amount.cents, denominator * 100)

    def over(self, divisor: Decimal | int) -> Product:
        """Divide by something above zero."""
        upper, lower = divisor.as_integer_ratio()
        return Product(self.numerator * lower, self.denominator * upper)

    @property
    def euro(self) -> Euro:
        """The amount, half up to the cent."""
        return Euro(quotient(self.numerator, self.denominator))

    @property
    def is_whole(self) -> bool:
        """No part of a cent is left to round."""
        return self.numerator % self.denominator == 0


def exact_product(*factors: Decimal | int) -> Decimal:
    """Multiply decimals and lose no digit; idle zeros behind the point are left out."""
    upper, lower = Product.of(*factors)
    return _EXACT.divide(Decimal(upper), Decimal(100 * lower))
