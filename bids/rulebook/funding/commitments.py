"""Who pays what the Union does not: other money, the national share, and how far it is covered (F10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bids.rulebook.facts import CommitmentFacts
from bids.rulebook.funding import grounds
from bids.rulebook.funding.trace import BID, Step, step
from bids.rulebook.money import Euro
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import CommitmentStatus

_EXPIRED = gettext_noop("%(payer)s signed for %(amount)s, valid until %(until)s: it no longer counts.")
_ELSEWHERE = gettext_noop(
    "Of %(total)s, %(elsewhere)s is paid elsewhere: by another EU grant, or by associated partners."
)
_OTHER = gettext_noop("Own means, private equity and loans that are signed (%(signed)s) pay %(other)s.")
_NATIONAL = gettext_noop(
    "National share: %(total)s, less %(eu)s from the Union, %(elsewhere)s paid elsewhere and %(other)s of other money."
)
_UNCOVERED = gettext_noop("Of a national share of %(national)s, %(signed)s is signed: %(uncovered)s is not covered.")


@dataclass(frozen=True, slots=True)
class Cover:
    """The part the Union does not pay, and the promises that stand against it."""

    other: Euro
    national: Euro
    committed: Euro
    signed: Euro
    uncovered: Euro
    signed_other: Euro


def cover(commitments: Iterable[CommitmentFacts], rest: Euro, on: date | None) -> Cover:
    """Share out what is left after the Union and the lines paid elsewhere; `rest` is never negative."""
    known = list(commitments)
    standing = [commitment for commitment in known if is_signed(commitment, on)]
    signed_other = Euro.total(each.amount for each in standing if not each.kind.is_national)
    signed = Euro.total(each.amount for each in standing if each.kind.is_national)
    other = min(rest, signed_other)
    national = rest - other
    committed = Euro.total(each.amount for each in known if is_committed(each))
    return Cover(other, national, committed, signed, max(Euro(), national - signed), signed_other)


def is_signed(commitment: CommitmentFacts, on: date | None) -> bool:
    """Signed and, where a day is given, still valid on it; the last day counts."""
    return commitment.status is CommitmentStatus.SIGNED and not is_expired(commitment, on)


def is_expired(commitment: CommitmentFacts, on: date | None) -> bool:
    return on is not None and commitment.valid_until is not None and commitment.valid_until < on


def is_committed(commitment: CommitmentFacts) -> bool:
    """National money that is at least pledged."""
    return commitment.kind.is_national and commitment.status is not CommitmentStatus.ANNOUNCED


def expiry_steps(commitments: Iterable[CommitmentFacts], on: date | None) -> Iterator[Step]:
    """The signatures that no longer count."""
    for each in sorted(commitments, key=lambda commitment: commitment.key):
        if each.status is CommitmentStatus.SIGNED and is_expired(each, on):
            words = sentence(_EXPIRED, payer=each.payer or each.key, amount=each.amount, until=each.valid_until)
            yield step("expired", each.key, words, each.amount, Euro(), grounds.HOUSE)


def cover_steps(found: Cover, total: Euro, eu: Euro, elsewhere: Euro) -> Iterator[Step]:
    """From the total to the national share, and to what nobody has signed for."""
    if elsewhere:
        words = sentence(_ELSEWHERE, total=total, elsewhere=elsewhere)
        yield step("paid_elsewhere", BID, words, total, total - elsewhere, grounds.NATIONAL)
    if found.signed_other:
        words = sentence(_OTHER, signed=found.signed_other, other=found.other)
        yield step("other", BID, words, found.signed_other, found.other, grounds.NATIONAL)
    words = sentence(_NATIONAL, total=total, eu=eu, elsewhere=elsewhere, other=found.other)
    yield step("national", BID, words, total, found.national, grounds.NATIONAL)
    words = sentence(_UNCOVERED, national=found.national, signed=found.signed, uncovered=found.uncovered)
    yield step("uncovered", BID, words, found.national, found.uncovered, grounds.NATIONAL)
