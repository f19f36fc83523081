"""The life of a bid told to people: a diagram, a table of steps, and what each step asks."""

from __future__ import annotations

from collections.abc import Iterator

from bids.rulebook.vocabulary import BidState
from bids.rulebook.workflow.guards.asking import Guard
from bids.rulebook.workflow.moves import Move
from bids.rulebook.workflow.states import CLOSED
from bids.rulebook.workflow.table import MOVES

_INTRODUCTION = """# The life of a bid

Generated from `bids/rulebook/workflow/table.py` by `manage.py draw_rules`; do not edit. A button is open when
nothing stands against the step; a closed one gives the reasons. What the person says with a step is checked when
the step is taken. Steps that change no state, and first votes that wait for a second, are in the table only.
"""


def as_page() -> str:
    """The workflow as Markdown with a Mermaid diagram."""
    lines = [
        _INTRODUCTION,
        "```mermaid",
        *_diagram(),
        "```",
        "",
        "| Step | From | To | By | Asks about the bid | Asks what is said | Step-up |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(f"| {' | '.join(_words(move))} |" for move in MOVES.values()),
        "",
        "## What is asked",
        "",
        *(f"- `{guard.__name__}`: {_promise(guard)}" for guard in _all_guards()),
    ]
    return "\n".join(lines) + "\n"


def _diagram() -> Iterator[str]:
    yield "stateDiagram-v2"
    yield f"    [*] --> {BidState.DRAFT.value}"
    for state in BidState:
        yield f"    state {_quoted(state)} as {state.value}"
    for move in MOVES.values():
        for start in move.starts:
            for end in move.ends_from(start):
                if end is not start:
                    yield f"    {start.value} --> {end.value}: {move.name}"
    for state in BidState:
        if state in CLOSED:
            yield f"    {state.value} --> [*]"


def _quoted(state: BidState) -> str:
    return f'"{state.label}"'


def _words(move: Move) -> Iterator[str]:
    yield f"{move.label} (`{move.name}`)"
    yield "; ".join(start.label for start in move.starts)
    ends = dict.fromkeys(end for start in move.starts for end in move.ends_from(start))
    yield "; ".join(end.label for end in ends) if move.ends else "stays"
    yield "; ".join(_by(move))
    yield ", ".join(f"`{guard.__name__}`" for guard in move.guards)
    yield ", ".join(f"`{guard.__name__}`" for guard in move.asks)
    yield "yes" if move.step_up else ""


def _by(move: Move) -> list[str]:
    """Who takes a step; where it differs by state, with the state."""
    if move.by_clock:
        return ["the clock"]
    whole = dict.fromkeys(move.starts.values())
    if len(whole) == 1:
        return sorted(role.label for role in next(iter(whole)))
    return [
        f"{role.label} ({start.label})"
        for start, roles in move.starts.items()
        for role in sorted(roles, key=lambda role: role.label)
    ]


def _all_guards() -> list[Guard]:
    return list(dict.fromkeys(guard for move in MOVES.values() for guard in (*move.guards, *move.asks)))


def _promise(guard: Guard) -> str:
    return (guard.__doc__ or "").partition("\n")[0]
