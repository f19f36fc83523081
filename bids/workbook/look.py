"""What stands in a workbook that somebody brought: its stamp, the sheet of lines, and every cell as it is written.

Runs in a process of its own that may use little time and memory; the answer is plain data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from bids.workbook.columns import COST, FORMULA, HEADINGS, MOST_LINES, plain_heading
from bids.workbook.package import Refused, check
from bids.workbook.stamp import FAMILY, Stamp, from_cells
from bids.workbook.stamp import SHEET as STAMP

MOST_COLUMNS = 60
MOST_TEXT = 5_000_000  # characters of all cells together
HEADINGS_WITHIN = 20  # rows from the top
NO_END = 1_000_000  # columns no sheet has
FEWEST = 2  # columns that are known by name, for a row to be one of headings
OURS = frozenset(plain_heading(title) for titles in (FORMULA, COST) for title in titles.values())

Cell = list[str] | None  # its kind and what is written in it


def look(path: str, *, results: bool = False) -> dict[str, Any]:
    """Everything that is read of a workbook, or `refused` and why.

    `results` takes what formulas came to when the file was saved; else they are told apart as formulas.
    """
    try:
        check(path)
        return _found(openpyxl.load_workbook(path, read_only=True, data_only=results))
    except Refused as refused:
        return {"refused": refused.code, **refused.params}
    except MemoryError:
        return {"refused": "large", "most": 0}
    except (InvalidFileException, OSError, ValueError, TypeError, KeyError, AttributeError, IndexError, SyntaxError):
        return {"refused": "broken"}  # openpyxl says in many ways that parts of a workbook don't fit together


def _found(book: Any) -> dict[str, Any]:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    cells = _stamp_cells(sheets[STAMP]) if STAMP in sheets else []
    stamp = from_cells(cells)
    if stamp is None and cells[:1] and cells[0].startswith(FAMILY):
        raise Refused("version")
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheet, heading = _sheet_of_lines(stamp, sheets, visible)
    others = [each.title for each in visible if each is not sheet]
    return {"stamp": cells, "sheet": sheet.title, "others": others, **_table(sheet, heading)}


def _stamp_cells(sheet: Any) -> list[str]:
    sheet.reset_dimensions()
    values = (row[0].value if row else None for row in sheet.iter_rows(max_col=1, max_row=MOST_LINES))
    return [value for value in values if isinstance(value, str)]


def _sheet_of_lines(stamp: Stamp | None, sheets: dict[str, Any], visible: list[Any]) -> tuple[Any, int]:
    """The sheet the stamp names, else the first that has headings; with the row in which they stand."""
    named = [sheets[stamp.lines_sheet]] if stamp and stamp.lines_sheet in sheets else []
    for sheet in [*named, *visible]:
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_row=HEADINGS_WITHIN), 1):
            known = {HEADINGS[heading] for heading in _headings(row).values() if heading in HEADINGS}
            if len(known) >= FEWEST:
                return sheet, number
    raise Refused("no_headings")


def _headings(row: Iterable[Any]) -> dict[int, str]:
    """Column to heading, as they are compared."""
    return {
        cell.column: plain_heading(cell.value)
        for cell in row
        if isinstance(cell.value, str) and plain_heading(cell.value)
    }


def _table(sheet: Any, heading: int) -> dict[str, Any]:
    """The known columns, those that are not, and every row that has something in it."""
    rows = sheet.iter_rows()
    titles = next(row for number, row in enumerate(rows, 1) if number == heading)
    found = _headings(titles)
    columns = {at: HEADINGS[name] for at, name in found.items() if name in HEADINGS}
    twice = next((name for at, name in columns.items() if list(columns.values()).count(name) > 1), None)
    if twice:
        raise Refused("twice", headings=[titles[at - 1].value for at, name in columns.items() if name == twice])
    unknown = [titles[at - 1].value for at, name in found.items() if name not in HEADINGS and name not in OURS]
    last = min((at for at, name in found.items() if name in OURS), default=NO_END)
    read, idle = _rows(rows, heading, columns, last)
    places = {name: get_column_letter(at) for at, name in columns.items()}
    return {"heading": heading, "columns": places, "unknown": unknown, "rows": read, "idle": idle}


def _rows(rows: Iterator[Any], heading: int, columns: dict[int, str], last: int) -> tuple[list[Any], list[int]]:
    """The rows with something in a known column, and the numbers of those that have something elsewhere alone.

    From the column `last` on a workbook of ours holds what it computes.
    """
    read: list[Any] = []
    idle: list[int] = []
    text = 0
    for number, row in enumerate(rows, heading + 1):
        filled = {cell.column: written for cell in row if (written := _written(cell)) is not None}
        if min(filled, default=NO_END) >= last:
            continue
        if max(filled) > MOST_COLUMNS:
            raise Refused("columns", most=MOST_COLUMNS, row=number)
        cells = {columns[at]: written for at, written in filled.items() if at in columns}
        if len(read) + len(idle) == MOST_LINES:
            raise Refused("rows", most=MOST_LINES)
        text += sum(len(written[1]) for written in cells.values())
        if text > MOST_TEXT:
            raise Refused("text", most=MOST_TEXT)
        if cells:
            read.append([number, cells])
        else:
            idle.append(number)
    return read, idle


def _written(cell: Any) -> Cell:
    """A cell as its kind and its text: n number, s text, b yes or no, d day, f formula, e error; None where empty."""
    value = cell.value
    match value:
        case None:
            return None
        case bool():
            return ["b", "1" if value else ""]
        case int() | float():
            return ["n", format(value, ".15g")]  # what a spreadsheet shows of it
        case datetime() | date() | time() | timedelta():
            return ["d", str(value)]
        case str() if cell.data_type in ("f", "e"):
            return [cell.data_type, value[:200]]
        case str():
            return ["s", value] if value.strip() else None
    return ["f", "="]  # a formula over several cells
