"""Which lines count for Union money, and why the others do not.

Nothing is thrown away: a line that does not count stays in the total with its reason. Only stated
indirect costs (category E) are left out of every sum, because the rules compute them (C14).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from bids.rulebook.call import StreamScheme
from bids.rulebook.facts import CostFact, PartnerFacts
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import Category, PartnerRole, Stream

INDIRECT = Category.E.value  # the category of indirect costs, in every cost model


class Standing(Enum):
    """How a line enters the sums."""

    COUNTS = auto()  # eligible: the Union pays a part of it
    ELSEWHERE = auto()  # in the total; somebody else's grant or an associated partner pays it
    APART = auto()  # in the total, but the Union pays nothing of it
    COMPARED = auto()  # in no sum


_COMPARED = gettext_noop("%(line)s states indirect costs. They are compared with the computed ones, never added.")
_ELSEWHERE = gettext_noop("%(line)s is funded by another EU grant. The same cost can't be paid twice.")
_ASSOCIATED = gettext_noop("%(line)s is a cost of %(partner)s, an associated partner, who gets no Union money.")
_NO_STREAM = gettext_noop("%(line)s belongs to no stream. Choose one, else the Union pays nothing for it.")
_LACKING = gettext_noop("%(line)s belongs to the stream %(stream)s, which this call does not have.")
_NO_CATEGORY = gettext_noop("%(line)s has no category. Choose one, else the Union pays nothing for it.")
_FOREIGN_CATEGORY = gettext_noop(
    "%(line)s has the category %(category)s, which the stream %(stream)s does not know. Choose one of its own."
)
_NO_PARTNER = gettext_noop("%(line)s names no partner of this bid. The cost of a grant belongs to a beneficiary.")


def standing_of(
    line: CostFact, scheme: StreamScheme | None, partners: Mapping[str, PartnerFacts]
) -> tuple[Standing, Sentence | None]:
    """How a line enters the sums, and the reason where it does not count."""
    if line.category == INDIRECT:
        return Standing.COMPARED, sentence(_COMPARED, line=line.key)
    if line.funded_elsewhere:
        return Standing.ELSEWHERE, sentence(_ELSEWHERE, line=line.key)
    partner = partners.get(line.partner) if line.partner is not None else None
    if partner is not None and partner.role is PartnerRole.ASSOCIATED:
        return Standing.ELSEWHERE, sentence(_ASSOCIATED, line=line.key, partner=called(partner))
    obstacle = _stream_obstacle(line, scheme) or _partner_obstacle(line, partner)
    return (Standing.COUNTS if obstacle is None else Standing.APART), obstacle


def _stream_obstacle(line: CostFact, scheme: StreamScheme | None) -> Sentence | None:
    if line.stream is None:
        return sentence(_NO_STREAM, line=line.key)
    if scheme is None:
        return sentence(_LACKING, line=line.key, stream=Sentence(line.stream.label))
    if not line.category:
        return sentence(_NO_CATEGORY, line=line.key)
    known = scheme.cost_model.groups if line.stream is Stream.MACHINE else scheme.cost_model.categories
    if line.category not in known:
        return sentence(_FOREIGN_CATEGORY, line=line.key, category=line.category, stream=Sentence(line.stream.label))
    return None


def _partner_obstacle(line: CostFact, partner: PartnerFacts | None) -> Sentence | None:
    if partner is None and line.stream is not None and line.stream.is_grant:
        return sentence(_NO_PARTNER, line=line.key)
    return None


def called(partner: PartnerFacts) -> str:
    """What sentences call a partner."""
    return partner.short_name or partner.name or partner.key
