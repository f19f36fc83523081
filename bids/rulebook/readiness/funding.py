"""Questions about rates, requests and caps."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from bids.rulebook.call import Source
from bids.rulebook.funding import GrantShare
from bids.rulebook.funding.access import COMMERCIAL_MOST
from bids.rulebook.funding.eligibility import called
from bids.rulebook.funding.in_kind import overpaid
from bids.rulebook.money import Euro, fraction
from bids.rulebook.readiness.asking import Case, Remark
from bids.rulebook.readiness.certain import doubt_about_share
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import Stream


def acquisition_rate_is_allowed(case: Case) -> Iterator[Remark]:
    """C02: the Union pays at most half of the acquisition."""
    yield from _above(case, case.facts.rates.acquisition, "rate_acquisition_max", _ACQUISITION)


def operation_rate_is_allowed(case: Case) -> Iterator[Remark]:
    """C03: the Union pays at most half of the operation."""
    yield from _above(case, case.facts.rates.operation, "rate_operation_max", _OPERATION)


def stated_access_share_is_the_computed_one(case: Case) -> Iterator[Remark]:
    """C04: the Union's share of access that the text states follows from the money, at most half."""
    stated, computed = case.facts.stated_access_share, case.assessment.union_access_share
    scheme = case.call.scheme(Stream.MACHINE)
    most = scheme.access_share_max if scheme else None
    if stated is not None and computed is None:
        yield Remark(sentence(_NO_MACHINE, stated=fraction(stated)), "bid")
    elif stated is not None and computed is not None and stated != computed:
        words = sentence(_OTHER_SHARE, stated=stated, computed=computed)
        yield Remark(words, "bid", source=_of_the_machine(case, *_MACHINE_RATES))
    for share in dict.fromkeys((stated, computed)):
        if share is not None and most is not None and fraction(share) > most:
            words = sentence(_ACCESS, share=fraction(share), most=most)
            rests_on = ("access_share_max",) if share == stated else ("access_share_max", *_MACHINE_RATES)
            yield Remark(words, "bid", source=_of_the_machine(case, *rests_on))


def requests_and_caps_are_respected(case: Case) -> Iterator[Remark]:
    """C05: nobody requests more than its computed contribution; no stream pays more than its cap."""
    for partner in case.facts.partners:
        share = case.assessment.partners.get(partner.key)
        computed = share.computed if share else Euro()
        if partner.requested_eu is not None and partner.requested_eu > computed:
            words = sentence(_REQUESTED, partner=called(partner), requested=partner.requested_eu, computed=computed)
            yield Remark(words, f"partners/{partner.key}", source=doubt_about_share(case, partner.key))
    for name, stream in case.assessment.streams.items():
        if isinstance(stream, GrantShare) and stream.cap is not None and stream.eu > stream.cap:
            scheme = case.call.scheme(_stream(name))
            words = sentence(_CAP, stream=Sentence(_stream(name).label), eu=stream.eu, cap=stream.cap)
            yield Remark(words, "budget", source=scheme.cap_source if scheme else None)


def commercial_use_stays_within_its_ceiling(case: Case) -> Iterator[Remark]:
    """C34: at most a fifth of the Union's access time is sold."""
    share = case.facts.commercial_access_share
    if share is not None and share > COMMERCIAL_MOST:
        yield Remark(sentence(_COMMERCIAL, share=fraction(share), most=fraction(COMMERCIAL_MOST)), "bid")


def sums_differ_by_rounding(case: Case) -> Iterator[Remark]:
    """C35: contributions rounded per partner may exceed the rate on the total by cents."""
    for name, stream in case.assessment.streams.items():
        if not isinstance(stream, GrantShare) or stream.rate is None:
            continue
        at_once = stream.total.times(stream.rate)
        difference = stream.eu_before_cap - at_once
        if difference and abs(difference.cents) <= len(case.facts.partners):
            words = sentence(
                _ROUNDING, stream=Sentence(_stream(name).label), summed=stream.eu_before_cap, at_once=at_once
            )
            yield Remark(words, "budget")


def statements_need_a_certificate(case: Case) -> Iterator[Remark]:
    """C36: from a threshold on, a partner's financial statements need a certificate."""
    names = {partner.key: called(partner) for partner in case.facts.partners}
    for entity in case.assessment.entities:
        scheme = case.call.scheme(entity.stream)
        threshold = scheme.cost_model.cfs_threshold if scheme else None
        if threshold is not None and entity.eu >= threshold:
            words = sentence(_CERTIFICATE, partner=names[entity.partner], eu=entity.eu, threshold=threshold)
            yield Remark(words, f"partners/{entity.partner}")


def nobody_is_paid_more_than_its_costs(case: Case) -> Iterator[Remark]:
    """C44: the Union and the States together pay at most the whole of a partner's eligible costs."""
    for partner in case.facts.partners:
        share = case.assessment.partners[partner.key]
        over = overpaid(partner, share)
        if share.in_kind is not None and over:
            words = sentence(_OVERPAID, partner=called(partner), eligible=share.eligible, over=over)
            yield Remark(words, f"partners/{partner.key}")


def revenues_may_be_deducted(case: Case) -> Iterator[Remark]:
    """C45: revenues and the Union's money are more than the costs."""
    for partner in case.facts.partners:
        left = case.assessment.partners[partner.key].surplus
        if left:
            words = sentence(_REVENUES, partner=called(partner), revenues=partner.expected_revenues, surplus=left)
            yield Remark(words, f"partners/{partner.key}")


def _above(case: Case, asked: Decimal | None, name: str, template: str) -> Iterator[Remark]:
    scheme = case.call.scheme(Stream.MACHINE)
    most: Fraction | None = getattr(scheme, name, None)
    if asked is not None and most is not None and fraction(asked) > most:
        words = sentence(template, asked=fraction(asked), most=most)
        yield Remark(words, "bid", source=_of_the_machine(case, name))


def _of_the_machine(case: Case, *names: str) -> Source | None:
    """Where a number of the machine stream comes from; of several the first that is not certain."""
    found = [case.call.marks.get(f"streams/{Stream.MACHINE.value}/{name}", Source()) for name in names]
    return next((source for source in found if not source.is_certain), found[0])


def _stream(name: str) -> Stream:
    return next(stream for stream in Stream if stream.value == name)


_MACHINE_RATES = ("rate_acquisition_max", "rate_operation_max")
_ACQUISITION = gettext_noop("The bid asks for %(asked)s of the acquisition; the Union pays at most %(most)s.")
_OPERATION = gettext_noop("The bid asks for %(asked)s of the operation; the Union pays at most %(most)s.")
_NO_MACHINE = gettext_noop("The bid states a Union access share of %(stated)s, but its budget has no machine.")
_OTHER_SHARE = gettext_noop("The bid states a Union access share of %(stated)s; its budget gives %(computed)s.")
_ACCESS = gettext_noop("The Union's share of access is %(share)s; it can be at most %(most)s.")
_REQUESTED = gettext_noop("%(partner)s requests %(requested)s; its costs give %(computed)s at most.")
_CAP = gettext_noop("The stream “%(stream)s” gets %(eu)s from the Union, more than its cap of %(cap)s.")
_COMMERCIAL = gettext_noop("%(share)s of the Union's access time is for commercial use; at most %(most)s is allowed.")
_ROUNDING = gettext_noop(
    "Stream “%(stream)s”: contributions rounded per partner add up to %(summed)s; "
    "the rate on the total gives %(at_once)s."
)
_CERTIFICATE = gettext_noop(
    "%(partner)s gets %(eu)s; from %(threshold)s on its financial statements need a certificate of an auditor."
)
_OVERPAID = gettext_noop(
    "%(partner)s gets %(over)s more from the Union and from States than its eligible costs of %(eligible)s. "
    "The same cost can't be paid twice: lower what it requests, or correct its card."
)
_REVENUES = gettext_noop(
    "%(partner)s expects revenues of %(revenues)s, which leaves %(surplus)s more than it spends. "
    "The grant agreement says whether the Union deducts it."
)
