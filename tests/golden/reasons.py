"""Every figure of a worked case and why, in words: `python -m tests.golden.reasons` writes reasons/NAME.txt anew.

Read the difference before it is kept: this is what people are told about their money.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bids.rulebook.funding import assess, explain, figures, why
from tests.golden.cases import CASES, Case

SHELF = Path(__file__).with_name("reasons")


def told(case: Case) -> str:
    """The summary as a terminal shows it, then figure by figure what leads to it."""
    found = assess(case.facts, case.call, on=case.on)
    return "\n".join([explain(found), "", *_figure_by_figure(case)]) + "\n"


def _figure_by_figure(case: Case) -> Iterator[str]:
    found = assess(case.facts, case.call, on=case.on)
    for name, value in figures(found).items():
        yield f"{name} = {value}"
        for step in why(found, case.facts, case.call, name):
            ground = f"{step.rule}, {step.source}: {step.before} -> {step.after}; {step.cite}"
            yield f"    {step.of}: {step.sentence} [{ground}]"


if __name__ == "__main__":
    SHELF.mkdir(exist_ok=True)
    for case in CASES:
        (SHELF / f"{case.name}.txt").write_text(told(case))
