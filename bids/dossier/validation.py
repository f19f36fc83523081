"""Does a PDF keep both standards? One function over `page`, the validator; nothing else knows it.

The validator is young: what is known to be wrong in it is set right here, each time by looking for
ourselves. It runs in the press, because it takes long files apart, there in a process that holds nothing else:

    python -m bids.dossier.validation FILE PROFILE     prints the breaches as JSON
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import page

from bids.dossier.profiles import STANDARDS

LENGTHS = "STREAM-LENGTH"  # it takes a last byte that is a carriage return for an end of line: 1 stream in 256
LENGTH = re.compile(rb"/Length (\d+)")
STREAM = re.compile(rb">>\s*stream\r?\n")
END_OF_STREAM = re.compile(rb"\r?\n?endstream\b")


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
    """What in this file breaks PDF/A-3a or PDF/UA-1; nothing where it keeps both."""
    return [breach for profile in STANDARDS for breach in breaches_of(pdf, profile)]


def breaches_of(pdf: Path, profile: str) -> list[Breach]:
    """What in this file breaks one of the standards.

    Only for files of our own making: the validator's own limits are off, those of the process stand.
    """
    found = [Breach(STANDARDS[profile], *broken) for broken in _broken(pdf, profile)]
    if any(LENGTHS in breach.rule for breach in found) and _lengths_are_right(pdf.read_bytes()):
        return [breach for breach in found if LENGTHS not in breach.rule]
    return found


def breaches_told_apart(pdf: Path, profile: str) -> list[dict[str, Any]]:
    """The same from a process of its own: the validator needs hundreds of MiB for a long file, beside them no room."""
    run = [sys.executable, "-m", __name__, str(pdf), profile]
    told: list[dict[str, Any]] = json.loads(subprocess.run(run, stdout=subprocess.PIPE, check=True).stdout)
    return told


def _broken(pdf: Path, profile: str) -> list[tuple[str, int, str]]:
    report = page.validate_pdf(str(pdf), profile=profile, limits=page.SafetyLimits.unlimited())
    times = Counter(failure.rule_id for failure in report.failures)
    first = {failure.rule_id: failure.message for failure in reversed(report.failures)}
    return [(rule, times[rule], first[rule]) for rule in sorted(times)]


def _lengths_are_right(pdf: bytes) -> bool:
    """Whether every stream ends just where it says; looked for one after the other, so that none hides in another."""
    end = 0
    while (found := STREAM.search(pdf, end)) is not None:
        length = LENGTH.findall(pdf, end, found.start())
        end = found.end() + int(length[-1]) if length else len(pdf)
        if not END_OF_STREAM.match(pdf, end):
            return False
    return True


if __name__ == "__main__":
    sys.stdout.write(json.dumps([breach.as_json() for breach in breaches_of(Path(sys.argv[1]), sys.argv[2])]))
