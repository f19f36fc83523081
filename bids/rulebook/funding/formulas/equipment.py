"""Equipment: depreciation within the action, or its full cost (F6)."""

from __future__ import annotations

from bids.rulebook.facts import DepreciationPricing, FullCostPricing
from bids.rulebook.funding import grounds
from bids.rulebook.funding.formulas.arithmetic import Product
from bids.rulebook.funding.formulas.figured import Priced, Terms, priced, refused
from bids.rulebook.funding.trace import Step, step
from bids.rulebook.money import Euro, fraction
from bids.rulebook.text import gettext_noop, sentence

_NO_LIFE = gettext_noop("%(line)s: the useful life must be at least one month. Fill it in.")
_DEPRECIATION = gettext_noop(
    "%(price)s over a life of %(life)s months, %(months)s of them in the action, used for it at %(share)s: %(amount)s."
)
_CUT = gettext_noop(
    "%(line)s asks for %(asked)s months; only %(months)s count: no more than the action and the useful life."
)
_FULL_COST = gettext_noop("%(price)s in full, used for the action at %(share)s: %(amount)s.")


def depreciation(terms: Terms, pricing: DepreciationPricing) -> Priced:
    """F6: only the months within the action, and never more than the equipment's life."""
    if pricing.life_months <= 0:
        return refused(terms, _NO_LIFE)
    months = min(pricing.months_in_action, pricing.life_months, terms.duration or pricing.life_months)
    figured = priced(
        terms,
        _depreciated(pricing, months),
        grounds.EQUIPMENT,
        _DEPRECIATION,
        before=pricing.price,
        price=pricing.price,
        life=pricing.life_months,
        months=months,
        share=fraction(pricing.share_of_use),
    )
    if months == pricing.months_in_action:
        return figured
    return Priced(figured.amount, (_cut(terms, pricing, months, figured.amount), *figured.steps), is_adjusted=True)


def _depreciated(pricing: DepreciationPricing, months: int) -> Product:
    return Product.of_euro(pricing.price, months, pricing.share_of_use).over(pricing.life_months)


def _cut(terms: Terms, pricing: DepreciationPricing, months: int, amount: Euro) -> Step:
    """What the months that lie outside the action or the life would have added."""
    uncut = _depreciated(pricing, pricing.months_in_action).euro
    words = sentence(_CUT, line=terms.line, asked=pricing.months_in_action, months=months)
    return step("months", terms.line, words, uncut, amount, grounds.EQUIPMENT)


def full_cost(terms: Terms, pricing: FullCostPricing) -> Priced:
    """The option some calls give: the whole price, by the share of use."""
    product = Product.of_euro(pricing.price, pricing.share_of_use)
    share = fraction(pricing.share_of_use)
    return priced(terms, product, grounds.EQUIPMENT, _FULL_COST, before=pricing.price, price=pricing.price, share=share)
