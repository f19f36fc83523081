"""Questions about what is bought, given out and handed on to others."""

from __future__ import annotations

from collections.abc import Iterator

from bids.rulebook.funding import GrantShare
from bids.rulebook.funding.eligibility import called
from bids.rulebook.funding.purchases import large_purchases
from bids.rulebook.money import Euro, fraction
from bids.rulebook.readiness.asking import Case, Remark
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import Category


def large_purchases_are_justified(case: Case) -> Iterator[Remark]:
    """C19: table 3.1h tells what each large purchase is for; it is made of the descriptions of lines."""
    for each in large_purchases(case.facts, case.call, case.assessment):
        silent = [line.key for line in each.lines if not line.description.strip()]
        if silent:
            words = sentence(
                _UNJUSTIFIED, partner=called(each.partner), purchases=each.purchases, personnel=each.personnel,
                line=silent[0],
            )  # fmt: skip
            yield Remark(words, f"budget/{silent[0]}")


def subcontracting_stays_small(case: Case) -> Iterator[Remark]:
    """C27: a consortium does the work itself; above a share that the call sets, somebody will ask."""
    for scheme in case.call.streams:
        share, most = case.assessment.streams.get(scheme.stream), scheme.cost_model.subcontracting_share_max
        if most is None or not isinstance(share, GrantShare) or not share.direct:
            continue
        lines = [line for line in case.facts.budget if line.stream is scheme.stream and line.category == Category.B]
        handed_on = Euro.total(
            case.assessment.lines[line.key].amount for line in lines if case.assessment.lines[line.key].eligible
        )
        if handed_on.cents > fraction(most) * share.direct.cents:
            words = sentence(
                _SUBCONTRACTING, stream=Sentence(scheme.stream.label), amount=handed_on, direct=share.direct,
                most=fraction(most),
            )  # fmt: skip
            yield Remark(words, f"budget/{lines[0].key}")


def support_stays_within_its_cap(case: Case) -> Iterator[Remark]:
    """C28: no third party gets more than the cap; a line tells by how many parties times how much each."""
    for line in case.facts.budget:
        scheme = case.call.scheme(line.stream)
        cap = scheme.cost_model.third_party_cap if scheme else None
        if cap is None or line.category != Category.D1:
            continue
        if line.quantity is not None and line.unit_cost is not None:
            if 100 * fraction(line.unit_cost) > cap.cents:
                yield Remark(sentence(_ABOVE, line=line.key, each=line.unit_cost, cap=cap), f"budget/{line.key}")
        elif case.assessment.lines[line.key].amount > cap:
            yield Remark(sentence(_UNTOLD, line=line.key, cap=cap), f"budget/{line.key}")


_UNJUSTIFIED = gettext_noop(
    "%(partner)s buys for %(purchases)s beside personnel of %(personnel)s: each purchase has to be justified "
    "(table 3.1h), but %(line)s has no description."
)
_SUBCONTRACTING = gettext_noop(
    "Stream “%(stream)s”: %(amount)s of %(direct)s direct costs are subcontracted, more than %(most)s. "
    "Say in the work plan why others have to do it."
)
_ABOVE = gettext_noop("%(line)s gives each third party %(each)s; at most %(cap)s is foreseen.")
_UNTOLD = gettext_noop(
    "%(line)s gives more than %(cap)s to third parties without saying to how many. "
    "State the number and the amount each."
)
