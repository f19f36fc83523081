"""The permit table told to others: as data for tools, as a page for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bids.rulebook.permits.cells import Cell, Row
from bids.rulebook.permits.guards import Guard
from bids.rulebook.permits.states import LETTERS
from bids.rulebook.permits.table import TABLE
from bids.rulebook.vocabulary import BidState, Role

_INITIALS = {
    Role.COORDINATOR: "CO", Role.PARTNER_EDITOR: "PE", Role.FINANCE_OFFICER: "FO", Role.VIEWER: "VW",
    Role.REVIEWER: "RV", Role.FINANCE_INSPECTOR: "FI", Role.LEGAL_REVIEWER: "LG", Role.APPROVER: "AP",
    Role.CASE_MANAGER: "CM", Role.AUDITOR: "AU", Role.SYSTEM_ADMIN: "SA",
}  # fmt: skip

_INTRODUCTION = """# Who may do what

Generated from `bids/rulebook/permits/table.py` by `manage.py draw_rules`; do not edit. What is not in the
table is refused, to superusers as to everybody.

Letters are states:

{letters}

`S+` means from S to the end, `*` always, `*-T` until closed. Numbers are conditions, told below the table. "1st"
proposes and "2nd" confirms: two different persons. "Step-up": the person has proved who they are within five
minutes. "Token": the scope with which an access token reaches the act; without one, none does.

The roles of the consortium, then those of the ministry:

{roles}
"""


def as_data() -> dict[str, Any]:
    """The whole table: roles, states, acts with their cells, and every condition in a sentence."""
    return {
        "roles": {role.value: role.label for role in Role},
        "states": {letter: [state.value for state in BidState if state in group] for letter, group in LETTERS.items()},
        "acts": [_row_as_data(row) for row in TABLE.values()],
        "conditions": {guard.__name__: promise(guard) for guard in _all_guards()},
    }


def as_page() -> str:
    """The table as Markdown, conditions numbered in the order in which they appear."""
    numbers = {guard: number for number, guard in enumerate(_all_guards(), start=1)}
    letters = "\n".join(f"- **{letter}** {_group_name(letter)}" for letter in LETTERS)
    roles = "\n".join(f"- **{short}** {role.label}" for role, short in _INITIALS.items())
    heads = ["#", "Act", *_INITIALS.values(), "Step-up", "Token"]
    lines = [
        _INTRODUCTION.format(letters=letters, roles=roles),
        _line(heads),
        _line(["---"] * len(heads)),
        *(_line(_row_as_words(row, numbers)) for row in TABLE.values()),
        "",
        "## Conditions",
        "",
        *(f"{number}. `{guard.__name__}`: {promise(guard)}" for guard, number in numbers.items()),
    ]
    return "\n".join(lines) + "\n"


def promise(guard: Guard) -> str:
    """What a condition asks: the first line of its docstring."""
    return (guard.__doc__ or "").partition("\n")[0]


def _row_as_data(row: Row) -> dict[str, Any]:
    return {
        "row": row.number,
        "act": row.act.value,
        "label": row.act.label,
        "step_up": row.step_up,
        "token": row.token,
        "without_bid": row.without_bid,
        "roles": {role.value: [_cell_as_data(cell) for cell in cells] for role, cells in row.cells.items()},
        "anyone": [_cell_as_data(cell) for cell in row.anyone],
    }


def _cell_as_data(cell: Cell) -> dict[str, Any]:
    return {
        "states": [state.value for state in BidState if state in cell.states],
        "manner": cell.manner.value,
        "conditions": [guard.__name__ for guard in cell.guards],
        "scope": cell.scope,
    }


def _row_as_words(row: Row, numbers: dict[Guard, int]) -> Iterator[str]:
    yield str(row.number)
    yield f"{row.act.label} (`{row.act.value}`)"
    for role in _INITIALS:
        cells = row.cells.get(role, ()) + row.anyone
        yield "; ".join(_cell_as_words(cell, numbers) for cell in cells) or "-"
    yield "yes" if row.step_up else ""
    yield f"`{row.token}`" if row.token else ""


_MANNERS = {"do": "", "propose": "1st ", "confirm": "2nd ", "read": "read "}


def _cell_as_words(cell: Cell, numbers: dict[Guard, int]) -> str:
    letters = cell.letters if not cell.letters.isalpha() else " ".join(cell.letters)
    conditions = ", ".join(str(numbers[guard]) for guard in cell.guards)
    words = f"{_MANNERS[cell.manner]}{letters}".replace("*", r"\*")
    return f"{words} <sup>{conditions}</sup>" if conditions else words


def _group_name(letter: str) -> str:
    """What a letter stands for: the state's own name, or that it is closed, for the many ends."""
    states = [state for state in BidState if state in LETTERS[letter]]
    return states[0].label if len(states) == 1 else "Closed: " + ", ".join(state.label for state in states)


def _all_guards() -> list[Guard]:
    """Every condition once, in the order of the table."""
    cells = (cell for row in TABLE.values() for some in (*row.cells.values(), row.anyone) for cell in some)
    return list(dict.fromkeys(guard for cell in cells for guard in cell.guards))


def _line(words: Iterator[str] | list[str]) -> str:
    return f"| {' | '.join(words)} |"
