"""Questions about who pays what the Union does not."""

from __future__ import annotations

from collections.abc import Iterator

from bids.rulebook.funding import Assessment, CapexShare
from bids.rulebook.money import Euro
from bids.rulebook.readiness.asking import Case, Remark
from bids.rulebook.readiness.certain import doubt_about
from bids.rulebook.text import gettext_noop, sentence

WHERE = "commitments"


def signed_money_covers_the_national_share(case: Case) -> Iterator[Remark]:
    """C07: the commitment of the State is a criterion of the regulation, so it is signed before approval."""
    money = case.assessment
    if money.uncovered.cents > 0:
        words = sentence(_UNSIGNED, national=money.national, signed=money.signed, uncovered=money.uncovered)
        yield Remark(words, WHERE, source=doubt_about(case, lambda best: best.national - money.signed))


def somebody_is_named_for_every_euro(case: Case) -> Iterator[Remark]:
    """C41: announced, pledged or signed, all commitments together cover what the Union leaves."""
    missing = _rest(case.assessment) - _promised(case)
    if missing.cents > 0:
        words = sentence(_UNNAMED, rest=_rest(case.assessment), promised=_promised(case), missing=missing)
        yield Remark(words, WHERE, source=doubt_about(case, lambda best: _rest(best) - _promised(case)))


def commitments_exceed_the_need(case: Case) -> Iterator[Remark]:
    """C35: more than is needed is only noted."""
    surplus = _promised(case) - _rest(case.assessment)
    if surplus.cents > 0:
        yield Remark(sentence(_SURPLUS, promised=_promised(case), surplus=surplus), WHERE)


def states_match_the_union(case: Case) -> Iterator[Remark]:
    """C43: in a gigafactory, State money at least equals the Union's."""
    for stream in case.assessment.streams.values():
        if isinstance(stream, CapexShare) and case.assessment.committed < stream.states_min:
            words = sentence(_STATES, states=case.assessment.committed, least=stream.states_min)
            yield Remark(words, WHERE)


def _rest(money: Assessment) -> Euro:
    """What the Union and other EU grants leave to be paid."""
    return money.total - money.eu - money.elsewhere


def _promised(case: Case) -> Euro:
    return Euro.total(each.amount for each in case.facts.commitments)


_UNSIGNED = gettext_noop(
    "Of a national share of %(national)s only %(signed)s is signed; signatures for %(uncovered)s are missing."
)
_UNNAMED = gettext_noop(
    "%(rest)s is not paid by the Union; the commitments name %(promised)s. Say who pays the missing %(missing)s."
)
_SURPLUS = gettext_noop("The commitments add up to %(promised)s, %(surplus)s more than is needed.")
_STATES = gettext_noop("States commit %(states)s; they have to give at least what the Union gives, %(least)s.")
