"""Does a PDF keep both standards? One function over `page`, the validator; nothing else knows it.

The validator is young: what is known to be wrong in it is set right here, each time by looking for
ourselves. It runs in the press, because it takes long files apart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import page
import pikepdf

STANDARDS = {"3a": "PDF/A-3a", "ua1": "PDF/UA-1"}
LENGTHS = "STREAM-LENGTH"  # it takes a last byte that is a carriage return for an end of line: 1 stream in 256


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken, how often, and where first."""

    standard: str
    rule: str
    times: int
    example: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def breaches(pdf: Path) -> list[Breach]:
    """What in this file breaks PDF/A-3a or PDF/UA-1; nothing where it keeps both.

    Only for files of our own making: the validator's own limits are off, those of the process stand.
    """
    found = [_breach(name, broken) for profile, name in STANDARDS.items() for broken in _broken(pdf, profile)]
    lengths_are_right = any(LENGTHS in breach.rule for breach in found) and not _damages(pdf)
    return [breach for breach in found if not (lengths_are_right and LENGTHS in breach.rule)]


def _broken(pdf: Path, profile: str) -> list[tuple[str, int, str]]:
    report = page.validate_pdf(str(pdf), profile=profile, limits=page.SafetyLimits.unlimited())
    times = Counter(failure.rule_id for failure in report.failures)
    first = {failure.rule_id: failure.message for failure in reversed(report.failures)}
    return [(rule, times[rule], first[rule]) for rule in sorted(times)]


def _breach(standard: str, broken: tuple[str, int, str]) -> Breach:
    return Breach(standard, *broken)


def _damages(pdf: Path) -> list[str]:
    """What qpdf has to say of the file, whose every stream it reads to the end: a wrong length is among it."""
    with pikepdf.open(pdf) as opened:
        return list(opened.check_pdf_syntax())
