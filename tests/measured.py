"""Figures we measured, kept in `docs/measured.md` where MEASURED=1 (`make bench`, `make deep`) and printed always."""

from __future__ import annotations

import os
import sys
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "measured.md"
HEAD = ("What", "Figure", "Aim", "Command", "Cores, load", "On")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; a newer figure for the same thing takes the place of the older."""

    what: str
    figure: str
    aim: str
    command: str
    machine: str
    on: str


def keep(what: str, figure: str, *, aim: str = "", command: str, quietly: bool = False) -> None:
    """Say a figure, and keep it if the command that measures was asked to."""
    if not quietly:
        sys.stdout.write(f"{what}: {figure}{f' (aim: {aim})' if aim else ''}\n")
    if os.environ.get("MEASURED") == "1":
        load = f"{os.cpu_count()}, {os.getloadavg()[0]:.1f}"
        rewrite(PAGE, Figure(what, figure, aim, f"`{command}`", load, date.today().isoformat()))


def rewrite(page: Path, newest: Figure) -> None:
    """The page with this figure in its table."""
    told, table = halves(page.read_text(encoding="utf-8"))
    known = {figure.what: figure for figure in table} | {newest.what: newest}
    rows = [HEAD, ("---",) * len(HEAD), *(astuple(figure) for figure in known.values())]
    page.write_text(told + "".join(f"| {' | '.join(row)} |\n" for row in rows), encoding="utf-8")


def halves(text: str) -> tuple[str, list[Figure]]:
    """What is said before the table, and the figures in it."""
    told, bar, table = text.partition("| " + HEAD[0])
    rows = [line.strip("| \n").split(" | ") for line in (bar + table).splitlines()[2:]]
    return told, [Figure(*(cell.strip() for cell in row)) for row in rows]
