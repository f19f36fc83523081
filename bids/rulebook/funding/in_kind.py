"""What a partner brings in kind, and what it earns: told beside the funding, and no part of it.

Both are about the grant streams of one partner. A partner that states neither State money nor other
money of the Union makes no contribution in kind that anybody asks for; one that expects no revenues
has no surplus.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bids.rulebook.facts import PartnerFacts
from bids.rulebook.funding import grounds
from bids.rulebook.funding.assessment import PartnerShare
from bids.rulebook.funding.eligibility import called
from bids.rulebook.funding.trace import Step, step
from bids.rulebook.money import Euro
from bids.rulebook.text import gettext_noop, sentence

_IN_KIND = gettext_noop(
    "%(partner)s contributes in kind what nobody pays: eligible costs of %(eligible)s, less %(eu)s from the Union "
    "in this call, %(state)s from States and %(other)s of other Union money: %(in_kind)s."
)
_OVERPAID = gettext_noop(
    "%(partner)s contributes nothing in kind: %(eu)s from the Union in this call, %(state)s from States and %(other)s "
    "of other Union money are %(over)s more than its eligible costs of %(eligible)s."
)
_SURPLUS = gettext_noop(
    "%(partner)s expects revenues of %(revenues)s. With %(eu)s from the Union that is %(surplus)s more than its "
    "eligible costs of %(eligible)s. The grant agreement says whether the surplus is deducted."
)
_NO_SURPLUS = gettext_noop(
    "%(partner)s expects revenues of %(revenues)s. With %(eu)s from the Union that is no more than its eligible costs "
    "of %(eligible)s, so there is no surplus."
)


def paid_by_others(card: PartnerFacts) -> Euro | None:
    """What States and other money of the Union pay towards a partner's costs; None where it states neither."""
    stated = [amount for amount in (card.state_money, card.other_union_money) if amount is not None]
    return Euro.total(stated) if stated else None


def overpaid(card: PartnerFacts, share: PartnerShare) -> Euro:
    """By how much a partner gets more than its eligible costs, from the Union and from States."""
    return max(Euro(), share.eu + (paid_by_others(card) or Euro()) - share.eligible)


def in_kind(card: PartnerFacts, eligible: Euro, eu: Euro) -> Euro | None:
    """Eligible costs, less what this call, States and other programmes of the Union pay; at least nothing."""
    others = paid_by_others(card)
    return None if others is None else max(Euro(), eligible - eu - others)


def surplus(card: PartnerFacts, eligible: Euro, eu: Euro) -> Euro | None:
    """What revenues and the Union's money make more than the eligible costs; the Union's money stays as it is."""
    return None if card.expected_revenues is None else max(Euro(), eu + card.expected_revenues - eligible)


def beside_steps(partners: Iterable[PartnerFacts], shares: Mapping[str, PartnerShare]) -> Iterator[Step]:
    """Partner by partner, in the order of their keys."""
    for card in sorted(partners, key=lambda partner: partner.key):
        share = shares[card.key]
        if share.in_kind is not None:
            yield in_kind_step(card, share, share.in_kind)
        if share.surplus is not None:
            yield surplus_step(card, share, share.surplus)


def in_kind_step(card: PartnerFacts, share: PartnerShare, brought: Euro) -> Step:
    """What is left of the eligible costs when all that pay have paid."""
    words = sentence(
        _OVERPAID if overpaid(card, share) else _IN_KIND,
        partner=called(card),
        eligible=share.eligible,
        eu=share.eu,
        state=card.state_money or Euro(),
        other=card.other_union_money or Euro(),
        in_kind=brought,
        over=overpaid(card, share),
    )
    return step("in_kind", card.key, words, share.eligible, brought, grounds.IN_KIND)


def surplus_step(card: PartnerFacts, share: PartnerShare, left: Euro) -> Step:
    """Whether the partner would have more than it spends."""
    words = sentence(
        _SURPLUS if left else _NO_SURPLUS,
        partner=called(card),
        revenues=card.expected_revenues,
        eu=share.eu,
        eligible=share.eligible,
        surplus=left,
    )
    return step("surplus", card.key, words, card.expected_revenues or Euro(), left, grounds.REVENUES)
