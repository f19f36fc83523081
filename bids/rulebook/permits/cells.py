"""How a row of the permit table is written: who, in which states, in which manner, on what conditions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bids.rulebook.permits.acts import Act
from bids.rulebook.permits.guards import (
    Guard,
    another_person_proposed,
    declared_no_conflict,
    has_no_known_conflict,
    is_assigned,
)
from bids.rulebook.permits.standing import Manner
from bids.rulebook.permits.states import States, states
from bids.rulebook.vocabulary import Role

ASSIGNED = frozenset({Role.REVIEWER, Role.FINANCE_INSPECTOR, Role.LEGAL_REVIEWER})
IMPARTIAL = ASSIGNED | {Role.APPROVER}
BEFORE_DECLARING = frozenset({Act.SEE_BID, Act.LIST_BIDS, Act.DECLARE_INTEREST})


@dataclass(frozen=True, slots=True)
class Cell:
    """What one role may do: `letters` as in the table, the states they stand for, the conditions."""

    letters: str
    states: States
    manner: Manner = Manner.DO
    guards: tuple[Guard, ...] = ()
    scope: str = ""


Cells = dict[Role, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """One act of the table; a role that has no cell may never do it.

    `number` is the row in the design; `token` the scope with which a token reaches the act, None
    for never; `section` the part of the bid meant where nobody names one; `without_bid` that the
    act may be about no bid at all; `anyone` what people without any role may do.
    """

    number: int
    act: Act
    cells: Cells
    step_up: bool = False
    token: str | None = None
    section: str = ""
    without_bid: bool = False
    anyone: tuple[Cell, ...] = ()


def at(letters: str, *guards: Guard, manner: Manner = Manner.DO, scope: str = "") -> Cell:
    """In these states, on these conditions."""
    return Cell(letters, states(letters), manner, guards, scope)


def propose(letters: str, *guards: Guard) -> Cell:
    """As the first of two persons."""
    return at(letters, *guards, manner=Manner.PROPOSE)


def confirm(letters: str, *guards: Guard) -> Cell:
    """As the second of two persons."""
    return at(letters, another_person_proposed, *guards, manner=Manner.CONFIRM)


def each(roles: Iterable[Role], *cells: Cell) -> Cells:
    """The same for several roles."""
    return dict.fromkeys(roles, cells)


def row(
    number: int,
    act: Act,
    *cells: Cells,
    token: str | None = None,
    section: str = "",
    step_up: bool = False,
    without_bid: bool = False,
    anyone: tuple[Cell, ...] = (),
) -> Row:
    """A row of the table, with what always holds for the people who have to be impartial."""
    merged = {
        role: tuple(_impartial(act, role, cell) for cell in found) for group in cells for role, found in group.items()
    }
    ordered = {role: merged[role] for role in Role if role in merged}
    return Row(number, act, ordered, step_up, token, section, without_bid, anyone)


def _impartial(act: Act, role: Role, cell: Cell) -> Cell:
    """Reviewers, Inspectors and legal reviewers are assigned; they and approvers declared no conflict."""
    guards: tuple[Guard, ...] = (is_assigned,) if role in ASSIGNED else ()
    if role in IMPARTIAL:
        guards += (has_no_known_conflict if act in BEFORE_DECLARING else declared_no_conflict,)
    return Cell(cell.letters, cell.states, cell.manner, guards + cell.guards, cell.scope)
