"""What a formula works with and what it yields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bids.rulebook.call import CostModel
from bids.rulebook.funding.formulas.arithmetic import Product
from bids.rulebook.funding.grounds import Ground
from bids.rulebook.funding.trace import Step, step
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence, gettext_noop, sentence


@dataclass(frozen=True, slots=True)
class Terms:
    """What the call and the bid say that a formula depends on."""

    line: str
    opens: date | None
    duration: int | None  # months of the action
    model: CostModel | None


@dataclass(frozen=True, slots=True)
class Priced:
    """The price of a line with its reasons; nothing, and a problem in words, where it has none.

    `is_adjusted` says that part of a cent was rounded or a month was cut on the way.
    """

    amount: Euro = Euro()
    steps: tuple[Step, ...] = ()
    problem: Sentence | None = None
    is_adjusted: bool = False


def priced(
    terms: Terms, product: Product, ground: Ground, template: str, *, before: Euro | None = None, **params: Any
) -> Priced:
    """Round a product once and say how it came about; `amount` is added to the sentence."""
    amount = product.euro
    words = sentence(template, amount=amount, **params)
    only = step("pricing", terms.line, words, before or Euro(), amount, ground)
    return Priced(amount, (only,), is_adjusted=not product.is_whole)


def refused(terms: Terms, template: str, **params: Any) -> Priced:
    """No price, and a sentence that says what to do."""
    return Priced(problem=sentence(template, line=terms.line, **params))


def each(price: Decimal) -> Euro | Sentence:
    """The price of one unit as sentences show it: an amount, or finer than a cent with its currency."""
    product = Product.of(price)
    return product.euro if product.is_whole else sentence(gettext_noop("EUR %(price)s"), price=price)
