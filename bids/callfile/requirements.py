"""The documents and fields a call asks for, and the States that may take part."""

from __future__ import annotations

from dataclasses import replace

from bids.callfile.table import Table
from bids.callfile.values import identifier, one_of, refuse
from bids.rulebook.call import Requirement
from bids.rulebook.facts.countries import COUNTRIES, UNION_CODES
from bids.rulebook.text import gettext_noop, quoted, sentence

_GATES = ("submit", "recommend", "approve", "file")


def requirement(table: Table) -> Requirement:
    """One requirement; what blocks and names no gate stops submission."""
    with table:
        needed = Requirement(
            kind=table.must("kind", identifier, ""),
            severity=table.must("severity", one_of("block", "warn"), "warn"),
            gate=table.get("gate", one_of(*_GATES), None),
            annex=table.get("annex", identifier, ""),
            field=table.get("field", one_of("tco_verification"), ""),
            check=table.get("check", identifier, "C11"),
            source=table.source(),
        )
        if needed.severity == "warn" and needed.gate:
            table.refuse("gate", sentence(gettext_noop("A requirement that only warns has no gate: leave it out.")))
    return replace(needed, gate=needed.gate or "submit") if needed.severity == "block" else needed


def country(value: object) -> str:
    """A country by its ISO 3166-1 code; the Union's own two codes are refused with the one to write."""
    code = str(value)
    if code in UNION_CODES:
        template = gettext_noop("%(code)s is the Union's own code: write %(iso)s, it is printed as %(code)s.")
        raise refuse(template, code=code, iso=UNION_CODES[code])
    if code not in COUNTRIES:
        raise refuse(gettext_noop("%(code)s is no country code of ISO 3166-1."), code=quoted(value))
    return code
