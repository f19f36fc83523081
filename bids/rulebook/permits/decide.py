"""The one question everybody asks: may this person do this, to this bid, now?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bids.rulebook.permits.acts import Act
from bids.rulebook.permits.cells import Cell, Row
from bids.rulebook.permits.guards import declared_no_conflict, has_no_known_conflict, is_assigned
from bids.rulebook.permits.standing import About, Decision, Manner, Standing
from bids.rulebook.permits.table import TABLE
from bids.rulebook.text import Sentence, gettext_noop, one_of, sentence
from bids.rulebook.vocabulary import BidState

NOTHING_MORE = About()

_MANNERS = list(Manner)
_OF_A_BID = (is_assigned, declared_no_conflict, has_no_known_conflict)  # nothing to ask without a bid
_NEARNESS = ("role", "state", "manner")  # any condition is nearer to a yes than these


def decide(act: Act, standing: Standing, state: BidState | None, about: About = NOTHING_MORE) -> Decision:
    """Allow what the table allows a person of this standing in this state; deny everything else.

    Of several roles the one that allows most counts; of several refusals the one nearest to a yes
    is told. `state` is None where the act is about no bid.
    """
    row = TABLE[act]
    if standing.token_scopes is not None and row.token not in standing.token_scopes:
        return Decision(False, "token", sentence(gettext_noop("This cannot be done with this access token.")))
    if row.section and not about.section:
        about = replace(about, section=_natural_section(row, about))
    answers = [_answer(row, cell, standing, state, about) for cell in _cells_of(row, standing)]
    allowed = [answer for answer in answers if answer.allowed]
    if allowed:
        return min(allowed, key=_rank)
    return max(answers, key=_nearness, default=Decision(False, "role", _not_your_role(row)))


def line_act(who: Standing, partner: str | None) -> Act:
    """Which act editing a budget line is: one's own costs, or another's. What no partner bears is nobody's own."""
    return Act.EDIT_OWN_BUDGET if partner in who.own_partner_keys else Act.EDIT_PARTNER_BUDGET


def visible(standing: Standing, state: BidState) -> bool:
    """Row 1: whether a person may know that a bid in this state exists."""
    return decide(Act.SEE_BID, standing, state).allowed


def _cells_of(row: Row, standing: Standing) -> Iterator[Cell]:
    yield from row.anyone
    for role, cells in row.cells.items():
        if role in standing.roles:
            yield from cells


def _answer(row: Row, cell: Cell, standing: Standing, state: BidState | None, about: About) -> Decision:
    """What one cell says."""
    if state not in cell.states and not (state is None and row.without_bid):
        return Decision(False, "state", _not_in_this_state(cell, state))
    if not about.somewhere and not cell.manner.serves(about.manner):
        return Decision(False, "manner", _not_in_this_manner(cell))
    for guard in cell.guards:
        reason = None if state is None and guard in _OF_A_BID else guard(standing, state, about)
        if reason is not None:
            return Decision(False, guard.__name__, reason)
    return Decision(True, "allowed", None, cell.manner, row.step_up, cell.scope)


def _natural_section(row: Row, about: About) -> str:
    """The part of the bid an act is about where nobody names one."""
    return f"{row.section}/{about.partner}" if row.act is Act.EDIT_PARTNER and about.partner else row.section


def _rank(answer: Decision) -> int:
    return _MANNERS.index(answer.manner) if answer.manner else 0


def _nearness(answer: Decision) -> int:
    return _NEARNESS.index(answer.code) if answer.code in _NEARNESS else len(_NEARNESS)


def _not_your_role(row: Row) -> Sentence:
    if not row.cells:
        return sentence(gettext_noop("Nobody may do this."))
    return sentence(
        gettext_noop("Your role does not allow this. It is for: %(roles)s."),
        roles=one_of([role.label for role in row.cells]),
    )


def _not_in_this_state(cell: Cell, state: BidState | None) -> Sentence:
    if state is None:
        return sentence(gettext_noop("This can only be done on a bid."))
    open_states = [label.label for label in BidState if label in cell.states]
    return sentence(
        gettext_noop("The bid's state is “%(state)s”. This can be done in: %(states)s."),
        state=Sentence(state.label),
        states=one_of(open_states),
    )


def _not_in_this_manner(cell: Cell) -> Sentence:
    if cell.manner is Manner.PROPOSE:
        return sentence(gettext_noop("You can propose this; another person has to confirm it."))
    if cell.manner is Manner.CONFIRM:
        return sentence(gettext_noop("This has to be proposed by a colleague first; you can then confirm it."))
    if cell.manner is Manner.READ:
        return sentence(gettext_noop("You can read here, but not write."))
    return sentence(gettext_noop("Another person has to confirm this."))
