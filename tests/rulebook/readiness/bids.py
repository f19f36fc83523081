"""A factory bid and an antenna bid with which nothing is wrong; each test breaks one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from bids import callfile
from bids.rulebook.calendar import BRUSSELS
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import (
    BidFacts,
    ChapterFacts,
    CommitmentFacts,
    CostFact,
    DeliverableFacts,
    DocumentFacts,
    PartnerFacts,
    RiskFacts,
    SiteFacts,
    WorkPackageFacts,
)
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from bids.rulebook.readiness import Finding, OpinionGiven, ReviewGiven, Situation, findings
from bids.rulebook.vocabulary import (
    CommitmentStatus,
    Language,
    Level,
    OpinionVerdict,
    PartnerKind,
    PartnerRole,
    PayerKind,
    Stream,
)

CALLS = callfile.shipped()
FACTORY = CALLS["EUROHPC-2024-CEI-AI-02"]
ANTENNA = CALLS["HORIZON-JU-EUROHPC-2025-AIFA-01"]
SIBLING = CALLS["HORIZON-JU-EUROHPC-2026-COAIF-03"]
GIGAFACTORY = CALLS["EUROHPC-2026-CEI-AIGF-01"]
DIGITAL = CALLS["GENERIC-DEP-SIMPLE"]

NOW = datetime(2025, 5, 5, 9, 0, tzinfo=BRUSSELS)


def line(key: str, **given: Any) -> CostFact:
    plain = {"stream": Stream.SERVICES, "partner": "imec", "category": "A1", "amount": Euro.of("100000.00")}
    return CostFact(key, **plain | {"description": key} | given)


def signed(key: str, amount: str, **given: Any) -> CommitmentFacts:
    plain = {"payer": "Federal State", "kind": PayerKind.FEDERAL, "status": CommitmentStatus.SIGNED}
    return CommitmentFacts(key, amount=Euro.of(amount), **plain | given)


_english = ChapterFacts("1", Language.EN, html="<p>One machine on two sites.</p>")
# The authorities read it in Dutch and French (template CEI_AI_FACTORY).
summary_in_three_languages = (
    _english,
    *(
        ChapterFacts("1", language, html=f"<p>{language}</p>", source_digest=_english.digest)
        for language in (Language.NL, Language.FR)
    ),
)

factory = BidFacts(
    call=FACTORY.id,
    title="Tandem",
    track="new_machine",
    tco_verification="Audited each year.",
    economic_use_share=Decimal("0.10"),
    commercial_access_share=Decimal("0.20"),
    stated_access_share=Decimal("0.5"),
    duration_months=36,
    partners=(
        PartnerFacts("imec", "Imec", country="BE", kind=PartnerKind.NON_PROFIT, role=PartnerRole.COORDINATOR),
        PartnerFacts("cenaero", "Cenaero", country="BE", kind=PartnerKind.NON_PROFIT),
    ),
    sites=(
        SiteFacts(
            "charleroi",
            "Charleroi",
            host="cenaero",
            country="BE",
            it_power_kw=Decimal(1500),
            grid_power_kw=Decimal(2500),
            cooling="Water.",
            network_gbps=Decimal(400),
            security="Fence.",
        ),
    ),
    work_packages=(
        WorkPackageFacts(
            "wp1", "Services", "imec", 1, 36, deliverables=(DeliverableFacts("d1", "Report", 36, "imec"),)
        ),
    ),
    budget=(
        line("M1", stream=Stream.MACHINE, partner=None, category="acquisition"),
        line("S1", amount=Euro.of("80000.00")),
    ),
    # machine 100 000 at half, services 80 000 + 25 % at half: the Union pays 100 000 of 200 000
    commitments=(signed("c1", "100000.00"),),
    chapters=summary_in_three_languages,
    risks=(RiskFacts("r1", "Late power", Level.LOW, Level.HIGH, "A second line."),),
    documents=tuple(
        DocumentFacts(kind, kind) for kind in ("member_state_commitment", "host_authority_agreement", "site_documents")
    ),
)

antenna = BidFacts(
    call=ANTENNA.id,
    title="Antenna",
    linked_factory="lumi-aif",
    economic_use_share=Decimal(0),
    partners=factory.partners,
    budget=(line("S1", amount=Euro.of("80000.00")),),
    commitments=(signed("c1", "50000.00"),),
    documents=tuple(DocumentFacts(kind, kind) for kind in ("member_state_commitment", "linked_factory_letter")),
)

known = Situation(
    now=NOW,
    cutoff=NOW + timedelta(days=56),
    desk_closes=NOW + timedelta(days=20),
    round=1,
    page_counts={"total": 60},
    reviews=tuple(
        ReviewGiven(
            reviewer_id=person, round=1, is_sent=True, scores_every_criterion=True, reviewer_edited_the_bid=False
        )
        for person in (11, 12)
    ),
    opinions=(OpinionGiven(kind="finance", verdict=OpinionVerdict.FAVOURABLE, has_lapsed=False),),
)


def ask(
    check: str, facts: BidFacts, call: CallFacts = FACTORY, situation: Situation = known, **changes: Any
) -> list[Finding]:
    """What one check finds in a bid with these changes."""
    changed = replace(facts, **changes)
    return [finding for finding in findings(changed, call, assess(changed, call), situation) if finding.check == check]


def summary(found: list[Finding]) -> list[tuple[str, str | None, str]]:
    """Severity, gate and place of findings."""
    return [(finding.severity, finding.gate, finding.where) for finding in found]
