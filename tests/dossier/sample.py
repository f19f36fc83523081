"""Sources to print: a small bid that is set in a second, and the Belgian factory as it stands in the demo."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from bids import bidfile, callfile
from bids.dossier.source import Source
from bids.rulebook.facts import (
    BidFacts,
    ChapterFacts,
    CommitmentFacts,
    CostFact,
    DeliverableFacts,
    DocumentFacts,
    IndicatorFacts,
    LinkFacts,
    MachineFacts,
    MilestoneFacts,
    PartnerFacts,
    RiskFacts,
    SiteFacts,
    TaskFacts,
    WorkPackageFacts,
)
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from bids.rulebook.readiness.finding import Finding
from bids.rulebook.text import sentence
from bids.rulebook.vocabulary import (
    CommitmentStatus,
    DossierKind,
    Language,
    Level,
    PartnerKind,
    PartnerRole,
    PayerKind,
    Stream,
)
from config.env import BASE_DIR

FACTORY = "EUROHPC-2024-CEI-AI-02"
ANTENNA = "HORIZON-JU-EUROHPC-2025-AIFA-01"
COORDINATOR = PartnerRole.COORDINATOR
DIGEST = "0123456789abcdef" * 4
TAKEN = datetime(2025, 6, 12, 9, 30, tzinfo=UTC)


def small_bid(**changes: Any) -> BidFacts:
    """Two partners, two sites, one work package, three lines: enough to have every section."""
    bid = BidFacts(
        call=FACTORY,
        title="A small factory on two sites",
        track="new_machine",
        reference="BE-SMALL",
        acronym="SMALL",
        abstract="One machine, one service.",
        starts_on=datetime(2026, 3, 1, tzinfo=UTC).date(),
        duration_months=36,
        economic_use_share=Decimal("0.10"),
        commercial_access_share=Decimal("0.10"),
        partners=(
            PartnerFacts("north", "North University", "North", "BE", "BE-VLG", PartnerKind.PUBLIC, COORDINATOR),
            PartnerFacts("south", "South Institute", "South", "BE", "BE-WAL", PartnerKind.NON_PROFIT),
        ),
        sites=(
            SiteFacts("zell", "Zellik hall", host="north", country="BE", it_power_kw=Decimal(600), pue=Decimal("1.2"),
                      grid_power_kw=Decimal(1000), latitude=Decimal("50.88"), longitude=Decimal("4.27"),
                      machines=(MachineFacts("m1", "Tandem", accelerators=256, accelerator_kw=Decimal("1.2")),)),
            SiteFacts("char", "Charleroi hall", host="south", latitude=Decimal("50.4"), longitude=Decimal("4.4")),
        ),
        links=(LinkFacts("l1", "zell", "char", Decimal(400), "a carrier"),),
        work_packages=(
            WorkPackageFacts("wp1", "Services", "north", 1, 36, {"north": Decimal(10), "south": Decimal("4.5")},
                             (TaskFacts("t1.1", "Open the desk", 1, 6, "north"),),
                             (DeliverableFacts("d1.1", "A report", 12, "south", "report", "public"),),
                             (MilestoneFacts("m1", "Desk is open", 6, "a visit"),)),
        ),
        budget=(
            CostFact("L001", Stream.MACHINE, None, "zell", None, "acquisition", 2026, "The machine", Euro(100000000)),
            CostFact("L002", Stream.SERVICES, "north", "zell", "wp1", "A1", 2026, "People", Euro.of("100000.00")),
            CostFact("L003", Stream.SERVICES, "south", "char", "wp1", "B", 2027, "An audit", Euro.of("30000.01")),
        ),
        commitments=(
            CommitmentFacts("c1", "Federal State", PayerKind.FEDERAL, Euro.of("577500.00"), CommitmentStatus.SIGNED,
                            document="letter"),
        ),
        chapters=(
            ChapterFacts("1", title="Executive summary", html="<p>What we <strong>propose</strong>.</p>"),
            ChapterFacts("3", title="System", html="<h4>A machine</h4><ul><li>one</li><li>two</li></ul>"),
        ),
        risks=(RiskFacts("r1", "The machine comes late", Level.MEDIUM, Level.HIGH, "Order early", ("wp1",)),),
        indicators=(IndicatorFacts("k1", "Users", "people", Decimal(0), Decimal(200), 36),),
        documents=(DocumentFacts("letter", "member_state_commitment", "Letter of the State", "ab" * 32, 2),),
    )  # fmt: skip
    return dataclasses.replace(bid, **changes)


def long_bid() -> BidFacts:
    """A hundred and twenty pages of text and a thousand lines."""
    bid = small_bid()
    paragraph = "<p>" + "We build one machine and one service for everybody who asks. " * 20 + "</p>"
    head = "<thead><tr><th>Step</th><th>Month</th></tr></thead>"
    table = f"<table>{head}<tbody><tr><td>One</td><td>3</td></tr></tbody></table>"
    chapters = (ChapterFacts(key, html=(paragraph * 6 + table + "<h4>More</h4>") * 20) for key in ("1", "2", "3"))
    lines = (dataclasses.replace(bid.budget[1], key=f"L{number:04}") for number in range(1, 1001))
    return dataclasses.replace(bid, chapters=tuple(chapters), budget=tuple(lines))


def source_of(facts: BidFacts, **changes: Any) -> Source:
    """A submitted round of these facts, or what `changes` make of it."""
    call = callfile.shipped()[facts.call]
    source = Source(
        facts=facts,
        call=call,
        assessment=assess(facts, call),
        findings=(Finding("C25", "warn", None, sentence("The link is not costed."), "sites", "HOUSE"),),
        kind=DossierKind.SUBMISSION,
        language=Language.EN,
        digest=DIGEST,
        made_at=TAKEN,
        round=1,
        received_at=TAKEN,
        check_url=f"https://tandem.example/verify/{DIGEST}/",
        engine="0.0.0",
    )
    return dataclasses.replace(source, **changes)


def small(facts: BidFacts | None = None, **changes: Any) -> Source:
    """The small bid under a call that asks for three chapters only."""
    source = source_of(facts or small_bid())
    template = source.call.template
    few = dataclasses.replace(template, sections=tuple(s for s in template.sections if s.number in ("1", "2", "3")))
    return dataclasses.replace(source, call=dataclasses.replace(source.call, template=few), **changes)


def draft(**changes: Any) -> Source:
    return small(kind=DossierKind.DRAFT, round=None, received_at=None, **changes)


def with_chapter(html: str) -> Source:
    """The small bid with this text in its third chapter."""
    return small(small_bid(chapters=(ChapterFacts("3", title="System", html=html),)))


def demo(reference: str = "BE-AIF-2025", **changes: Any) -> Source:
    """A Belgian bid of the demonstration, with all its lines and chapters."""
    path = BASE_DIR / "bids" / "demo" / f"{reference}.json"
    return source_of(bidfile.read(path.read_text()), is_demo=True, **changes)
