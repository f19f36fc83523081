"""An assessment written down: as the JSON others rely on, and as words for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bids.rulebook.funding.access import Access
from bids.rulebook.funding.assessment import Assessment, LineShare, MachineShare, PartnerShare, StreamShare, View
from bids.rulebook.funding.difference import ONLY_STATED, is_stated
from bids.rulebook.funding.trace import Step
from bids.rulebook.money import Euro

_INNER = {"rate_acquisition", "rate_operation", "computed"}  # for pages; not part of the promised JSON


def as_json(assessment: Assessment) -> dict[str, Any]:
    """The assessment as plain JSON: money, ratios and rates as decimal strings."""
    found = assessment
    return {
        "call": found.call,
        "rule_set": found.rule_set,
        "total": str(found.total),
        "eligible": str(found.eligible),
        "eu": str(found.eu),
        "national": str(found.national),
        "other": str(found.other),
        "elsewhere": str(found.elsewhere),
        "eu_share": _written(found.eu_share),
        "committed": str(found.committed),
        "uncovered": str(found.uncovered),
        "signed": str(found.signed),
        "union_access_share": _written(found.union_access_share),
        **{name: str(getattr(found, name)) for name in ONLY_STATED if is_stated(found, name)},
        **({} if found.access is None else {"access_hours": _hours(found.access)}),
        "streams": {key: _record(share) for key, share in found.streams.items()},
        "partners": {key: _record(share) for key, share in found.partners.items()},
        "sites": _views(found.sites),
        "categories": _views(found.categories),
        "years": _views(found.years),
        "work_packages": _views(found.work_packages),
        "lines": {key: _line(line) for key, line in found.lines.items()},
        "problems": {key: str(problem) for key, problem in found.problems().items()},
        "trace": [_step(step) for step in found.trace],
    }


def _hours(access: Access) -> dict[str, str | None]:
    """Whole accelerator hours a year, as decimal strings like every number here."""
    hours = {"available": access.available, "union": access.union, "commercial_most": access.commercial}
    return {name: str(count) for name, count in hours.items()} | {
        "commercial": None if access.wanted is None else str(access.wanted)
    }


def _record(share: StreamShare | PartnerShare) -> dict[str, Any]:
    told = (each.name for each in fields(share) if each.name not in _INNER and is_stated(share, each.name))
    return {name: _written(getattr(share, name)) for name in told}


def _views(views: Mapping[str, View]) -> dict[str, dict[str, str]]:
    return {key: {"total": str(view.total), "eu": str(view.eu)} for key, view in views.items()}


def _line(line: LineShare) -> dict[str, Any]:
    return {
        "stream": None if line.stream is None else line.stream.value,
        "amount": str(line.amount),
        "indirect": str(line.indirect),
        "total": str(line.total),
        "eligible": line.eligible,
        "eu": str(line.eu),
    }


def _step(step: Step) -> dict[str, str]:
    return {
        "rule": step.rule,
        "of": step.of,
        "sentence": str(step.sentence),
        "before": str(step.before),
        "after": str(step.after),
        "source": step.source,
        "cite": step.cite,
    }


def _written(number: Euro | Decimal | Fraction | bool | None) -> str | bool | None:
    """Amounts, ratios and rates as decimal strings; yes, no and nothing as they are."""
    if number is None or isinstance(number, bool):
        return number
    if isinstance(number, Fraction):
        return rate_in_figures(number)
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def rate_in_figures(rate: Fraction) -> str:
    """A rate as a decimal with at least two places: `0.50`, `0.175`."""
    places = next((places for places in range(2, 7) if (rate * 10**places).denominator == 1), 6)
    return f"{Decimal(round(rate * 10**places)).scaleb(-places):f}"


def explain(assessment: Assessment) -> str:
    """The figures and every step of why, as lines of plain English for a terminal."""
    return "\n".join([*_figures(assessment), *_reasons(assessment)])


def summary(assessment: Assessment) -> str:
    """The figures alone."""
    return "\n".join(_figures(assessment))


def _figures(found: Assessment) -> Iterator[str]:
    yield f"Funding under {found.rule_set}"
    for name in ("total", "eligible", "eu", "national", "other", "elsewhere", "committed", "signed", "uncovered"):
        yield f"  {name:<12}{getattr(found, name)!s:>20}"
    for name in ONLY_STATED:
        if is_stated(found, name):
            yield f"  {name.replace('_', ' '):<12}{getattr(found, name)!s:>20}"
    yield f"  {'eu share':<12}{_written(found.eu_share) or '-':>20}"
    if any(isinstance(share, MachineShare) for share in found.streams.values()):
        yield f"  {'access share':<12}{_written(found.union_access_share) or '-':>20}"
    if found.access is not None:
        yield from (f"  {words}" for words in found.access.sentences)
    for stream, share in found.streams.items():
        yield f"Stream {stream}"
        for name, figure in _record(share).items():
            yield f"  {name:<16}{'-' if figure is None else figure!s:>20}"
    for problem in found.problems().values():
        yield f"Counts nothing: {problem}"


def _reasons(found: Assessment) -> Iterator[str]:
    yield "Why"
    for step in found.trace:
        yield f"  {step.of}: {step.sentence} [{step.rule}: {step.before} -> {step.after}; {step.cite}]"
