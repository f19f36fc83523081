"""What the formulas of the hidden sheet of shares come to, from the assessment itself."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bids.rulebook.call import StreamScheme
from bids.rulebook.facts import PartnerFacts
from bids.rulebook.funding import EntityShare
from bids.rulebook.funding.share import rate_for
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Stream
from bids.workbook.book import Book
from bids.workbook.formulas import MILLION

NO_SUM = -1  # stands for a request or a cap that is not there


class ShareValues:
    """The figures of every partner in every grant stream, by name of the column."""

    def __init__(self, book: Book, schemes: Sequence[StreamScheme]) -> None:
        self.schemes = schemes
        self.entities = {(each.stream, each.partner): each for each in book.money.entities}
        keys = [partner.key for partner in book.facts.partners]
        before = {each.stream: [self._entity(each.stream, key).before_cap.cents for key in keys] for each in schemes}
        self.sums = {stream: sum(own) for stream, own in before.items()}
        self.floors = {
            each.stream: sum(divided(_cap(each), own, self.sums[each.stream])[2] for own in before[each.stream])
            for each in schemes
        }

    def of(self, scheme: StreamScheme, partner: PartnerFacts) -> dict[str, int]:
        mine = self._entity(scheme.stream, partner.key)
        both = sum(self._entity(each.stream, partner.key).computed.cents for each in self.schemes)
        asked = NO_SUM if partner.requested_eu is None else partner.requested_eu.cents
        asked_guess, asked_rest, _, _ = divided(asked, mine.computed.cents, both)
        cap, whole = _cap(scheme), self.sums[scheme.stream]
        guess, left_over, floor, rest = divided(cap, mine.before_cap.cents, whole)
        return {
            "direct": mine.direct.cents, "base": mine.indirect_base.cents, "indirect": mine.indirect.cents,
            "eligible": mine.eligible.cents, "rate": int(rate_for(scheme, partner.kind) * MILLION),
            "computed": mine.computed.cents, "asked": asked, "all": both, "asked_guess": asked_guess,
            "asked_rest": asked_rest, "before_cap": mine.before_cap.cents, "sum": whole, "cap": cap, "guess": guess,
            "left_over": left_over, "floor": floor, "rest": rest, "cents_left": cap - self.floors[scheme.stream],
            "eu": mine.eu.cents,
        }  # fmt: skip

    def _entity(self, stream: Stream, key: str) -> EntityShare:
        """A partner in a stream; all zeros where it has no cost that counts there."""
        found = self.entities.get((stream, key))
        return found or _nothing(stream, key)


def _nothing(stream: Stream, key: str) -> EntityShare:
    zero = Euro()
    return EntityShare(stream, key, zero, zero, zero, zero, Fraction(0), zero, zero, zero)


def divided(amount: int, weight: int, whole: int) -> tuple[int, int, int, int]:
    """Estimate, its rest, floor and true rest of a sum times a weight over the whole, as a spreadsheet finds them."""
    amount = max(amount, 0)
    guess = int(float(amount) * float(weight) / float(whole)) if whole > 0 else 0
    left_over = amount * weight - guess * whole
    return guess, left_over, *(divmod(amount * weight, whole) if whole else (guess, left_over))


def _cap(scheme: StreamScheme) -> int:
    return NO_SUM if scheme.eu_cap is None else scheme.eu_cap.cents
