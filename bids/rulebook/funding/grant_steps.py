"""Why the Union pays what it pays of a grant stream, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bids.rulebook.call import StreamScheme
from bids.rulebook.facts import PartnerFacts
from bids.rulebook.funding import grounds
from bids.rulebook.funding.assessment import EntityShare, GrantShare
from bids.rulebook.funding.eligibility import called
from bids.rulebook.funding.indirect import indirect_step
from bids.rulebook.funding.trace import Step, step
from bids.rulebook.money import Rounding
from bids.rulebook.text import Sentence, gettext_noop, sentence

_SHARE = {
    Rounding.HALF_UP: gettext_noop(
        "The Union pays %(partner)s %(rate)s of eligible costs of %(eligible)s, rounded half up to the cent: %(eu)s."
    ),
    Rounding.DOWN: gettext_noop(
        "The Union pays %(partner)s %(rate)s of eligible costs of %(eligible)s, rounded down to the cent: %(eu)s."
    ),
}
_REQUESTED = gettext_noop(
    "%(partner)s requests %(requested)s in all, less than the rate gives: %(part)s of it in %(stream)s."
)
_CAP = gettext_noop("The partners' parts in %(stream)s add up to %(sum)s. The call pays at most %(cap)s.")
_CAP_PART = gettext_noop("The cap of %(cap)s is shared by what each partner would get: %(part)s for %(partner)s.")

Partners = Mapping[str, PartnerFacts]


def grant_steps(
    share: GrantShare, entities: Iterable[EntityShare], scheme: StreamScheme, partners: Partners
) -> Iterator[Step]:
    """Everything that leads to the Union's part of one grant stream."""
    own = [entity for entity in entities if entity.stream is scheme.stream]
    for entity in own:
        yield from entity_steps(entity, scheme, partners)
    if share.capped:
        yield cap_step(share, scheme)
        for entity in own:
            yield cap_part_step(entity, share, partners)


def entity_steps(entity: EntityShare, scheme: StreamScheme, partners: Partners) -> Iterator[Step]:
    """From a partner's direct costs to its part before the cap."""
    partner = partners[entity.partner]
    if entity.indirect:
        yield indirect_step(entity, called(partner), scheme.cost_model)
    yield share_step(entity, scheme, partner)
    if entity.before_cap != entity.computed:
        yield _requested_step(entity, partner)


def share_step(entity: EntityShare, scheme: StreamScheme, partner: PartnerFacts) -> Step:
    """F9: the rate on the eligible costs of one partner."""
    words = sentence(
        _SHARE[scheme.rounding],
        partner=called(partner),
        rate=entity.rate,
        eligible=entity.eligible,
        eu=entity.computed,
    )
    return step("share", entity.partner, words, entity.eligible, entity.computed, grounds.of_rate(scheme))


def _requested_step(entity: EntityShare, partner: PartnerFacts) -> Step:
    words = sentence(
        _REQUESTED,
        partner=called(partner),
        requested=partner.requested_eu,
        part=entity.before_cap,
        stream=Sentence(entity.stream.label),
    )
    return step("requested", entity.partner, words, entity.computed, entity.before_cap, grounds.HOUSE)


def cap_step(share: GrantShare, scheme: StreamScheme) -> Step:
    """F13: the most the call pays for this stream."""
    words = sentence(_CAP, stream=Sentence(scheme.stream.label), sum=share.eu_before_cap, cap=share.cap)
    return step("cap", scheme.stream, words, share.eu_before_cap, share.eu, grounds.of_cap(scheme))


def cap_part_step(entity: EntityShare, share: GrantShare, partners: Partners) -> Step:
    """F14: a partner's part of the cap."""
    words = sentence(_CAP_PART, cap=share.cap, part=entity.eu, partner=called(partners[entity.partner]))
    return step("cap_part", entity.partner, words, entity.before_cap, entity.eu, grounds.SPLIT)
