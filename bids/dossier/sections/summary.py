"""The bid on one page: what it is, what it costs, who pays."""

from __future__ import annotations

from typing import Any

from bids.dossier.sections.budget import stream_rows
from bids.dossier.sections.figures import of_payers
from bids.dossier.source import Source
from bids.rulebook.vocabulary import MachineStatus


def fill(source: Source) -> dict[str, Any]:
    planned = [m for site in source.facts.sites for m in site.machines if m.status is MachineStatus.PLANNED]
    return {
        "accelerators": sum(machine.accelerators or 0 for machine in planned),
        "plots": of_payers(source),
        "streams": stream_rows(source),
        "lines": len(source.facts.budget),
    }
