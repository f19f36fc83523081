"""What views will hand to the templates, with figures that look like a bid's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator

from bids.rulebook.funding.trace import Step
from bids.rulebook.money import Euro
from bids.rulebook.readiness.finding import Finding
from bids.rulebook.sections import BidSection
from bids.rulebook.text import sentence
from bids.rulebook.vocabulary import BidState, Role
from tests.ui import pictures
from tests.ui.site_form import phase_rows, wrong_form

NOW = datetime(2026, 11, 20, 13, 2, tzinfo=UTC)
BID = SimpleNamespace(reference="BE-AIF-2025", acronym="BE-AIF", state=BidState.DRAFT)
SECTIONS = [
    {"name": "basics", "url": "#", "title": "Bid identity", "group": "1. The bid", "state": "complete", "count": 0},
    {"name": "partners", "url": "#", "title": "Partners", "group": "2. Consortium", "state": "complete", "count": 0},
    {
        "name": "sites",
        "url": "#",
        "title": "Sites and machines",
        "group": "2. Consortium",
        "state": "draft",
        "count": 2,
    },
    {"name": "work-plan", "url": "#", "title": "Work plan", "group": "3. Plan", "state": "complete", "count": 0},
    {"name": "risks", "url": "#", "title": "Risks and indicators", "group": "3. Plan", "state": "draft", "count": 0},
    {"name": "budget", "url": "#", "title": "Budget lines", "group": "4. Money", "state": "draft", "count": 1},
    {"name": "financing", "url": "#", "title": "Who pays the rest", "group": "4. Money", "state": "draft", "count": 0},
    {"name": "chapters", "url": "#", "title": "Chapters", "group": "5. Text", "state": "empty", "count": 0},
    {
        "name": "documents",
        "url": "#",
        "title": "Letters and annexes",
        "group": "5. Text",
        "state": "closed",
        "count": 0,
    },
]
WORKSPACE: dict[str, Any] = {
    "bid": BID,
    "sections": SECTIONS,
    "closes": NOW + timedelta(days=21, hours=2),
    "demo_note": True,
    "rehearsal": {
        "desk_closes": NOW + timedelta(days=21),
        "cutoff": NOW + timedelta(days=56),
        "real_deadline": datetime(2025, 8, 21, 15, 0, tzinfo=UTC),
    },
}
LINES = [
    ("L001", "AI engineers, first line of support", "imec", "Zellik", "A1 Personnel", "445500.00", "50 %", "222750.00"),
    (
        "L002",
        "Accelerated partition, 400 units",
        "–",
        "Charleroi",
        "D Supercomputer",
        "23400000.00",
        "50 %",
        "11700000.00",
    ),
    (
        "L003",
        "Legal review of the agreement",
        "Cenaero",
        "Charleroi",
        "B Subcontracting",
        "25605.25",
        "50 %",
        "12802.62",
    ),
    ("L004", "Data-centre cooling, second loop", "VUB", "Zellik", "C2 Equipment", "1415438.47", "35 %", "495403.46"),
    ("L005", "Training programme for companies", "UCLouvain", "–", "A1 Personnel", "906638.37", "50 %", "453319.19"),
    ("L006", "Energy over five years", "–", "Zellik", "O Operation", "7919703.78", "50 %", "3959851.89"),
]


def figures() -> list[dict[str, Any]]:
    return [
        {"label": "Total cost", "value": Euro.of("80000000.50"), "why_url": "#"},
        {
            "label": "EU contribution",
            "value": Euro.of("38500000.00"),
            "why_url": "#",
            "note": "Services capped at the call's maximum",
        },
        {"label": "EU share", "share": Decimal("0.481250"), "why_url": "#"},
    ]


def findings() -> list[Finding]:
    return [
        Finding(
            "C07",
            "block",
            "approve",
            sentence("Signed commitments cover %(a)s of %(b)s.", a=Euro.of("12000000"), b=Euro.of("38000000")),
            "commitments",
            "x",
        ),
        Finding(
            "C13",
            "warn",
            None,
            sentence("The site %(site)s is ready on %(day)s, after its machine.", site="Zellik", day=date(2027, 3, 1)),
            "sites/zellik",
            "x",
        ),
        Finding("C16", "info", None, sentence("Pages are not known from a file."), "chapters", "x"),
    ]


def steps() -> tuple[Step, ...]:
    return (
        Step(
            rule="rate",
            of="L001",
            sentence=sentence("The Union pays %(rate)s of it.", rate=Fraction(1, 2)),
            before=Euro.of("445500"),
            after=Euro.of("222750"),
            source="x",
            cite="Council Regulation (EU) 2024/1732, article 4",
        ),
        Step(
            "cap",
            "services",
            sentence("The call caps the services grant."),
            Euro.of("222750"),
            Euro.of("200000"),
            "x",
            "AI-02 call document, section 3 (to be confirmed)",
        ),
    )


def conflict() -> dict[str, Any]:
    long = "The consortium is led by imec.\nDecisions are taken by the steering board."
    return {
        "who": "Bruno Lambert",
        "when": NOW,
        "version": 7,
        "url": "#",
        "cancel_url": "#",
        "fields": [
            {
                "name": "amount",
                "label": "Amount",
                "mine": "445 500,00",
                "theirs": "440 000,00",
                "long": False,
                "same": False,
            },
            {
                "name": "text",
                "label": "Description",
                "mine": long,
                "theirs": long.replace("imec", "Cenaero"),
                "long": True,
                "same": False,
            },
            {"name": "unit", "label": "Unit", "mine": "month", "theirs": "month", "long": False, "same": True},
            {
                "name": "category",
                "label": "Category",
                "mine": "A1",
                "theirs": "B",
                "theirs_words": "B Subcontracting",
                "options": [("A1", "A1 Personnel"), ("B", "B Subcontracting")],
                "same": False,
            },
        ],
    }


def events() -> list[dict[str, Any]]:
    return [
        {
            "at": NOW,
            "who": "Ada Peeters",
            "role": Role.COORDINATOR,
            "what": sentence("Line %(key)s was changed.", key="L004"),
            "changes": [{"label": "Amount", "before": Euro.of("1400000"), "after": Euro.of("1415438.47")}],
        },
        {
            "at": NOW - timedelta(days=2),
            "who": "Clara Dubois",
            "role": Role.CASE_MANAGER,
            "what": sentence("Changes were asked for."),
            "note": "Please explain the second cooling loop.\nThe letter of Elia is missing.",
        },
    ]


def everything() -> dict[str, Any]:
    """The context of the page that shows every component."""
    return WORKSPACE | {
        "here": "sites",
        "form": wrong_form(),
        "benchmarks": SimpleNamespace(wave=SimpleNamespace(words="Bids published in 2025."), measures=[]),
        "asked": SimpleNamespace(
            due_at=NOW + timedelta(days=10), opened=[BidSection.BUDGET], reason="Please lower the travel, or say why."
        ),
        "undo": {"sentence": sentence("Line %(key)s was removed.", key="L004"), "url": "#", "fields": {"version": 3}},
        "plots": [
            pictures.share_plot(),
            pictures.partner_plot(),
            pictures.coverage_plot(),
            pictures.bar_plot(),
            pictures.map_plot(),
            pictures.waterfall_plot(),
            pictures.tornado_plot(),
            pictures.grouped_plot(),
        ],
        "wide_plot": pictures.gantt_plot(),
        "figures": figures(),
        "findings": findings(),
        "steps": steps(),
        "conflict": conflict(),
        "events": events(),
        "page": Paginator(range(120), 25).page(2),
        "jobs": [
            {
                "title": "Submission dossier, French",
                "state": "running",
                "percent": 62,
                "step": "Budget lines",
                "status_url": "/job",
            },
            {"title": "Draft dossier, English", "state": "done", "url": "#", "size": "3.1 MB"},
            {
                "title": "Review dossier",
                "state": "failed",
                "problem": "The letter of Elia could not be read.",
                "retry_url": "#",
            },
        ],
        "steps_of_life": [
            {"title": "Draft", "state": "done"},
            {"title": "Locked", "state": "done"},
            {"title": "Submitted", "state": "current", "note": "20 November"},
            {"title": "In review", "state": "ahead"},
            {"title": "Approved", "state": "ahead"},
            {"title": "Filed", "state": "ahead"},
        ],
        "tabs": [
            {"title": "By partner", "url": "#", "current": True, "count": 5},
            {"title": "By site", "url": "#", "current": False, "count": 2},
            {"title": "By year", "url": "#", "current": False, "count": None},
        ],
        "offers": [
            {"label": "Lock for the final check", "url": "#", "open": True, "reasons": []},
            {
                "label": "Submit",
                "url": "#",
                "open": False,
                "reasons": [sentence("Two partners have not confirmed their costs.")],
            },
            {"label": "Withdraw", "url": "#", "open": True, "danger": True, "reasons": []},
        ],
        "entries": phase_rows(),
        "columns": ["Partner", "Machine (€)", "Services (€)", "Platform (€)"],
        "rows": [
            {"name": name, "url": "#", "amounts": pictures.euros(*amounts), "why_url": "#"}
            for name, *amounts in pictures.PARTNERS
        ],
        "total": {"name": "Total", "amounts": pictures.euros("62150000.00", "16200000.00", "1650000.00")},
    }


def overview() -> dict[str, Any]:
    return WORKSPACE | {
        "here": "overview",
        "figures": figures(),
        "findings": findings(),
        "events": events(),
        "plots": [pictures.share_plot(), pictures.coverage_plot(), pictures.partner_plot()],
    }


def budget() -> dict[str, Any]:
    names = ("key", "description", "partner", "site", "category", "total", "rate", "eu")
    lines = [dict(zip(names, line, strict=True)) for line in LINES * 4]
    for number, line in enumerate(lines, start=1):
        line |= {
            "key": f"L{number:03}",
            "total": Euro.of(line["total"]),
            "eu": Euro.of(line["eu"]),
            "editing": number in (3, 4),
        }
    return WORKSPACE | {
        "here": "budget",
        "demo_note": False,
        "rehearsal": None,
        "lines": lines,
        "figures": figures(),
        "plots": [pictures.share_plot(), pictures.bar_plot()],
        "total": Euro.of("136452104.00"),
        "eu": Euro.of("67399508.64"),
    }
