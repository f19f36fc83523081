"""The numbers an application form gives to its tables, so that an evaluator finds them."""

from __future__ import annotations

from bids.dossier.source import Source

NUMBERED = {
    "HE_RIA_IA": {
        "packages": "3.1a", "tasks": "3.1b", "deliverables": "3.1c", "milestones": "3.1d", "risks": "3.1e",
        "effort": "3.1f", "subcontracting": "3.1g", "purchases": "3.1h",
    },
}  # fmt: skip


def form_tables(source: Source) -> dict[str, str]:
    """By our name of the table; nothing for a form that does not number its tables."""
    return NUMBERED.get(source.call.template.id, {})
