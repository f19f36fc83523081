"""Why the figures of the whole bid are what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bids.rulebook.funding import grounds
from bids.rulebook.funding.assessment import MachineShare, PartnerShare
from bids.rulebook.funding.commitments import is_committed
from bids.rulebook.funding.eligibility import Standing, standing_of
from bids.rulebook.funding.machine import machine_steps
from bids.rulebook.funding.reasons.case import Case, sum_by_stream
from bids.rulebook.funding.reasons.streams import in_short
from bids.rulebook.funding.trace import BID, Step, running_sum, step
from bids.rulebook.money import Euro, fraction
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import CommitmentStatus, Stream

_EU_SHARE = gettext_noop("The Union pays %(eu)s of %(total)s: a share of %(share)s.")
_NO_SHARE = gettext_noop("The bid costs nothing yet, so there is no share.")
_NO_ACCESS = gettext_noop("The bid has no cost of a machine, so the Union has no share of access.")


def _total(case: Case) -> Iterator[Step]:
    return sum_by_stream(case.rows, lambda share: share.total)


def _eligible(case: Case) -> Iterator[Step]:
    return running_sum(
        (key, Sentence(Stream(key).label), share.total) for key, share in case.assessment.streams.items()
    )


def _eu(case: Case) -> Iterator[Step]:
    """What decided in each stream, then their sum."""
    for key in case.assessment.streams:
        yield from in_short(case, Stream(key))
    yield from running_sum(
        (key, Sentence(Stream(key).label), share.eu) for key, share in case.assessment.streams.items()
    )


def _elsewhere(case: Case) -> Iterator[Step]:
    """Who else pays each of these lines, then their sum."""
    yield from (each for each in case.assessment.trace if each.rule == "elsewhere")
    yield from running_sum(
        (line.key, line.key, share.total)
        for line, share in case.rows
        if standing_of(line, None, case.partners)[0] is Standing.ELSEWHERE
    )


def _from_trace(case: Case, *rules: str) -> Iterator[Step]:
    """Steps that the assessment has already written down."""
    found = [each for each in case.assessment.trace if each.rule in rules]
    return iter(found) if found else running_sum(())


def _committed(case: Case) -> Iterator[Step]:
    return running_sum((each.key, each.payer, each.amount) for each in case.facts.commitments if is_committed(each))


def _signed(case: Case) -> Iterator[Step]:
    """The signatures that no longer count, then those that do."""
    expired = {each.of: each for each in case.assessment.trace if each.rule == "expired"}
    yield from expired.values()
    yield from running_sum(
        (each.key, each.payer, each.amount)
        for each in case.facts.commitments
        if each.status is CommitmentStatus.SIGNED and each.kind.is_national and each.key not in expired
    )


def _eu_share(case: Case) -> Iterator[Step]:
    found = case.assessment
    if found.eu_share is None:
        words = Sentence(_NO_SHARE)
    else:
        words = sentence(_EU_SHARE, eu=found.eu, total=found.total, share=fraction(found.eu_share))
    yield step("eu_share", BID, words, found.total, found.eu, grounds.HOUSE)


def _union_access_share(case: Case) -> Iterator[Step]:
    share = case.assessment.streams.get(Stream.MACHINE)
    if isinstance(share, MachineShare) and share.total:
        yield from machine_steps(share, case.scheme(Stream.MACHINE), case.facts.rates)
    else:
        yield step("access_share", BID, Sentence(_NO_ACCESS), Euro(), Euro(), grounds.MACHINE)


def _by_partner(case: Case, rule: str, stated: Callable[[PartnerShare], Euro | None]) -> Iterator[Step]:
    """What is said of each partner that states anything, then their sum."""
    yield from (each for each in case.assessment.trace if each.rule == rule)
    yield from running_sum(
        (key, case.name_of(key), amount)
        for key, share in case.assessment.partners.items()
        if (amount := stated(share)) is not None
    )


FIGURES: dict[str, Callable[[Case], Iterator[Step]]] = {
    "total": _total,
    "eligible": _eligible,
    "eu": _eu,
    "elsewhere": _elsewhere,
    "other": lambda case: _from_trace(case, "other"),
    "national": lambda case: _from_trace(case, "paid_elsewhere", "other", "national"),
    "committed": _committed,
    "signed": _signed,
    "uncovered": lambda case: _from_trace(case, "expired", "national", "uncovered"),
    "eu_share": _eu_share,
    "union_access_share": _union_access_share,
    "in_kind": lambda case: _by_partner(case, "in_kind", lambda share: share.in_kind),
    "revenues": lambda case: _by_partner(case, "revenues", lambda share: share.revenues),
    "surplus": lambda case: _by_partner(case, "surplus", lambda share: share.surplus),
}
