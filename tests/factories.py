"""One small factory per model: what a test doesn't care about is filled in, what it names is used."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from accounts import clock
from accounts.models import Membership, Organisation, User
from bids import callfile, snapshot
from bids.actions.calls import load_calls
from bids.models import (
    Adoption,
    Approval,
    Assignment,
    Bid,
    BidRole,
    BudgetLine,
    Call,
    CallRole,
    CallVersion,
    ChangeRequest,
    Chapter,
    Commitment,
    Confirmation,
    DeskDocument,
    Document,
    Dossier,
    Indicator,
    InterestDeclaration,
    Letter,
    Link,
    Machine,
    Opinion,
    Partner,
    Phase,
    Picture,
    Recommendation,
    Review,
    Risk,
    Scenario,
    Score,
    Seal,
    Site,
    Snapshot,
    StoredFile,
    WorkPackage,
)
from bids.rulebook.facts import (
    BidFacts,
    ChapterFacts,
    CommitmentFacts,
    CostFact,
    DeliverableFacts,
    DepreciationPricing,
    DocumentFacts,
    IndicatorFacts,
    LinkFacts,
    MachineFacts,
    MilestoneFacts,
    PartnerFacts,
    PhaseFacts,
    RatesFacts,
    RiskFacts,
    SiteFacts,
    TaskFacts,
    WorkPackageFacts,
)
from bids.rulebook.money import Euro
from bids.rulebook.scenarios import Change, written
from bids.rulebook.vocabulary import (
    ApprovalVerdict,
    ChapterState,
    CommitmentStatus,
    DossierKind,
    Interest,
    JobState,
    Language,
    Level,
    MachineStatus,
    OpinionKind,
    OpinionVerdict,
    PartnerKind,
    PartnerRole,
    PayerKind,
    Role,
    Stream,
)

PASSWORD = "tandem-tests"
FACTORY_CALL = "EUROHPC-2024-CEI-AI-02"

_numbers = count(1)


def a_user(name: str = "", **fields: Any) -> User:
    name = name or f"Person {next(_numbers)}"
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}@example.org")
    return User.objects.create_user(email, PASSWORD, name=name, **fields)


def an_organisation(short_name: str = "", *people: User, **fields: Any) -> Organisation:
    short_name = short_name or f"Organisation {next(_numbers)}"
    given = {"name": f"{short_name} legal name", "short_name": short_name, "kind": "non_profit", "country": "BE"}
    organisation = Organisation.objects.create(**given | fields)
    Membership.objects.bulk_create(Membership(user=user, organisation=organisation) for user in people)
    return organisation


def a_call(reference: str = FACTORY_CALL) -> Call:
    """A shipped call with its real data, loaded once."""
    if not Call.objects.filter(reference=reference).exists():
        load_calls([callfile.load(reference)])
    return Call.objects.get(reference=reference)


def a_call_version(call: Call | None = None) -> CallVersion:
    return (call or a_call()).version_in_force()


def a_bid(reference: str = "", **fields: Any) -> Bid:
    """An empty draft."""
    reference = reference or f"BID-{next(_numbers)}"
    given = {"title": f"Bid {reference}", "call_version": None, "language": Language.EN}
    given |= fields
    given["call_version"] = given["call_version"] or a_call_version()
    return Bid.objects.get(pk=Bid.objects.create(reference=reference, **given).pk)


def a_partner(bid: Bid, key: str = "", **fields: Any) -> Partner:
    key = key or f"partner{next(_numbers)}"
    given = {"name": f"{key} legal name", "short_name": key, "country": "BE", "kind": PartnerKind.NON_PROFIT}
    return Partner.objects.create(bid=bid, key=key, **given | fields)


def a_site(bid: Bid, key: str = "", **fields: Any) -> Site:
    return Site.objects.create(bid=bid, key=key or f"site{next(_numbers)}", **fields)


def a_phase(site: Site, key: str = "", **fields: Any) -> Phase:
    return Phase.objects.create(site=site, key=key or f"phase{next(_numbers)}", **fields)


def a_machine(site: Site, key: str = "", **fields: Any) -> Machine:
    return Machine.objects.create(site=site, key=key or f"machine{next(_numbers)}", **fields)


def a_link(start: Site, end: Site, key: str = "", **fields: Any) -> Link:
    return Link.objects.create(bid=start.bid, start=start, end=end, key=key or f"link{next(_numbers)}", **fields)


def a_work_package(bid: Bid, key: str = "", **fields: Any) -> WorkPackage:
    return WorkPackage.objects.create(bid=bid, key=key or f"wp{next(_numbers)}", **fields)


def a_line(bid: Bid, key: str = "", **fields: Any) -> BudgetLine:
    given = {"stream": Stream.SERVICES, "category": "C3", "year": 2026, "amount": Euro.of("1000.00")}
    return BudgetLine.objects.create(bid=bid, key=key or f"L{next(_numbers):03d}", **given | fields)


def a_commitment(bid: Bid, key: str = "", **fields: Any) -> Commitment:
    given = {"payer": "Federal State", "kind": PayerKind.FEDERAL, "amount": Euro.of("1000.00")}
    return Commitment.objects.create(bid=bid, key=key or f"c{next(_numbers)}", **given | fields)


def a_chapter(bid: Bid, key: str = "1.1", **fields: Any) -> Chapter:
    return Chapter.objects.create(bid=bid, key=key, **{"title": f"Section {key}", "html": "<p>Text.</p>"} | fields)


def a_risk(bid: Bid, key: str = "", **fields: Any) -> Risk:
    return Risk.objects.create(bid=bid, key=key or f"r{next(_numbers)}", **fields)


def an_indicator(bid: Bid, key: str = "", **fields: Any) -> Indicator:
    return Indicator.objects.create(bid=bid, key=key or f"k{next(_numbers)}", **fields)


def a_stored_file(content: bytes = b"", **fields: Any) -> StoredFile:
    return StoredFile.objects.keep(content or f"file {next(_numbers)}".encode(), **fields)


def a_scenario(bid: Bid, by: User, name: str = "", *changes: Change, **fields: Any) -> Scenario:
    number = next(_numbers)
    given = {"key": f"SC{number:03d}", "name": name or f"Scenario {number}", "changes": written(changes)}
    return Scenario.objects.create(bid=bid, created_by=by, **given | fields)


def an_adoption(scenario: Scenario, by: User, **fields: Any) -> Adoption:
    sums = dict.fromkeys(("total_before", "total_after", "eu_before", "eu_after"), Euro())
    given = {"name": scenario.name, "changes": scenario.changes, "rows": [], "by": by}
    return Adoption.objects.create(bid=scenario.bid, scenario=scenario, **sums | given | fields)


def a_document(bid: Bid, key: str = "", **fields: Any) -> Document:
    file = fields.pop("file", None) or a_stored_file()
    given = {"kind": "other", "title": "A letter", "file": file, "sha256": file.sha256, "pages": file.pages}
    return Document.objects.create(bid=bid, key=key or f"doc{next(_numbers)}", **given | fields)


def a_desk_document(bid: Bid, by: User, **fields: Any) -> DeskDocument:
    given = {"kind": "letter", "title": "A letter", "uploaded_by": by}
    file = fields.pop("file", None) or a_stored_file()
    return DeskDocument.objects.create(bid=bid, file=file, **given | fields)


def a_confirmation(partner: Partner, by: User, **fields: Any) -> Confirmation:
    """As if the partner had just confirmed what is in the tables."""
    digest = snapshot.partner_digest(snapshot.take(partner.bid), partner.key)
    return Confirmation.objects.create(**{"partner": partner, "by": by, "digest": digest} | fields)


def a_bid_role(bid: Bid, user: User, role: Role, partner: Partner | None = None) -> BidRole:
    return BidRole.objects.create(bid=bid, user=user, role=role, partner=partner)


def a_call_role(user: User, role: Role, call: Call | None = None) -> CallRole:
    return CallRole.objects.create(user=user, role=role, call=call)


def an_assignment(bid: Bid, user: User, role: Role, **fields: Any) -> Assignment:
    return Assignment.objects.create(bid=bid, user=user, role=role, **fields)


def a_declaration(bid: Bid, user: User, interest: Interest = Interest.NONE, **fields: Any) -> InterestDeclaration:
    return InterestDeclaration.objects.create(bid=bid, user=user, interest=interest, **fields)


def a_snapshot(bid: Bid, by: User, **fields: Any) -> Snapshot:
    """The bid as it stands, frozen as its next round."""
    text = fields.pop("text", None) or snapshot.canonical(snapshot.take(bid))
    number = fields.pop("round", bid.round + 1)
    given = {
        "text": text, "sha256": snapshot.digest(text), "revision": bid.revision, "call_version": bid.call_version,
        "rule_set": str(bid.call_version), "engine_version": "tests", "received_at": clock.now(),
        "desk_closes": bid.desk_closes, "receipt": f"R-{next(_numbers)}", "by": by,
    }  # fmt: skip
    frozen = Snapshot.objects.create(bid=bid, round=number, **given | fields)
    Bid.objects.filter(pk=bid.pk).update(round=number)
    bid.round = number
    return frozen


def a_picture(bid: Bid, **fields: Any) -> Picture:
    text = snapshot.canonical(snapshot.take(bid))
    given = {"text": text, "sha256": snapshot.digest(text), "revision": bid.revision, "call_version": bid.call_version}
    return Picture.objects.create(bid=bid, **given | fields)


def a_review(frozen: Snapshot, reviewer: User, **fields: Any) -> Review:
    return Review.objects.create(bid=frozen.bid, snapshot=frozen, reviewer=reviewer, **fields)


def a_score(review: Review, criterion: str = "excellence", halves: int | None = 8, **fields: Any) -> Score:
    return Score.objects.create(review=review, criterion=criterion, halves=halves, **{"comment": "Sound."} | fields)


def an_opinion(frozen: Snapshot, by: User, kind: OpinionKind = OpinionKind.LEGAL, **fields: Any) -> Opinion:
    given = {"verdict": OpinionVerdict.FAVOURABLE, "scope_digest": hashlib.sha256(b"scope").hexdigest()}
    return Opinion.objects.create(bid=frozen.bid, snapshot=frozen, kind=kind, by=by, **given | fields)


def a_change_request(frozen: Snapshot, by: User, *sections: str, **fields: Any) -> ChangeRequest:
    given = {"sections": list(sections or ("budget",)), "reason": "Please explain.", "due_at": in_days(10)}
    return ChangeRequest.objects.create(bid=frozen.bid, snapshot=frozen, by=by, **given | fields)


def a_recommendation(frozen: Snapshot, by: User, **fields: Any) -> Recommendation:
    return Recommendation.objects.create(bid=frozen.bid, snapshot=frozen, by=by, **fields)


def an_approval(frozen: Snapshot, user: User, order: int = 1, **fields: Any) -> Approval:
    given = {"snapshot_sha256": frozen.sha256, "verdict": ApprovalVerdict.APPROVE}
    return Approval.objects.create(bid=frozen.bid, snapshot=frozen, user=user, order=order, **given | fields)


def a_dossier(frozen: Snapshot, **fields: Any) -> Dossier:
    given = {
        "source_digest": frozen.sha256, "template_version": "tests", "kind": DossierKind.SUBMISSION,
        "language": Language.EN,
    }  # fmt: skip
    return Dossier.objects.create(bid=frozen.bid, snapshot=frozen, **given | fields)


def a_seal(dossier: Dossier, **fields: Any) -> Seal:
    """One of a kind; the dossier carries it."""
    given = {
        "source_digest": dossier.source_digest, "file_sha256": "fa" * 32, "sealed_sha256": f"5ea1{next(_numbers):060}",
        "sealed_at": clock.now(), "certificate": "Nobody", "fingerprint": "0" * 64, "is_test": True,
        "is_stamped": False,
    }  # fmt: skip
    seal = Seal.objects.create(dossier=dossier, **given | fields)
    digests = {"file_sha256": seal.file_sha256, "sealed_sha256": seal.sealed_sha256}
    Dossier.objects.filter(pk=dossier.pk).update(**digests, state=JobState.DONE, finished_at=clock.now())
    dossier.refresh_from_db()
    return seal


def a_letter(to: User, **fields: Any) -> Letter:
    return Letter.objects.create(**{"to": to, "letter": "test", "dedupe_key": f"letter {next(_numbers)}"} | fields)


def in_days(days: int) -> datetime:
    return clock.now() + timedelta(days=days)


def small_bid(reference: str = "BE-SMALL", call: str = FACTORY_CALL) -> BidFacts:
    """A bid with a bit of everything: two partners, two sites, every kind of row."""
    return BidFacts(
        call=call, title="A small factory", track="new_machine", reference=reference, acronym="SMALL",
        abstract="Two sites.\n\nOne bid.", keywords=("AI", "supercomputing"), starts_on=date(2026, 3, 1),
        tco_verification="Verified by an auditor.", economic_use_share=Decimal("0.10"),
        commercial_access_share=Decimal("0.1"), duration_months=36, ownership_years=5,
        rates=RatesFacts(acquisition=Decimal("0.50"), operation=Decimal("0.5")),
        partners=(
            PartnerFacts("imec", "imec legal name", "imec", "BE", "BE-VLG", PartnerKind.NON_PROFIT,
                         PartnerRole.COORDINATOR, enterprise_number="0425260668"),
            PartnerFacts("cenaero", "Cenaero legal name", "Cenaero", "BE", "BE-WAL", PartnerKind.NON_PROFIT,
                         requested_eu=Euro.of("900000.00")),
            PartnerFacts("lab", "Lab", "Lab", "BE", "BE-WAL", PartnerKind.SME, PartnerRole.AFFILIATED,
                         affiliated_to="cenaero"),
        ),
        sites=(
            SiteFacts("zellik", "Zellik", "imec", "BE", "nl", "Green Energy Park", Decimal("50.88"), Decimal("4.270"),
                      it_power_kw=Decimal("3000"), pue=Decimal("1.20"), load=Decimal("0.75"), racks=20,
                      phases=(PhaseFacts("ph1", "First racks", date(2026, 12, 1)),),
                      machines=(MachineFacts("aif1", "New machine", MachineStatus.PLANNED, 400, Decimal("1.2")),)),
            SiteFacts("charleroi", "Charleroi", "cenaero", "BE", "fr"),
        ),
        links=(LinkFacts("tandem", "zellik", "charleroi", Decimal("400"), "Belnet"),),
        work_packages=(
            WorkPackageFacts("wp1", "Services", "cenaero", 1, 36, {"cenaero": Decimal("54"), "imec": Decimal("5.50")},
                             (TaskFacts("t1.1", "Set up", 1, 12, "cenaero"),),
                             (DeliverableFacts("d1.1", "Report", 12, "imec", "report", "public"),),
                             (MilestoneFacts("m1", "Running", 6, "Site visit"),)),
            WorkPackageFacts("wp2", "Machine"),
        ),
        budget=(
            CostFact("M001", Stream.MACHINE, None, "zellik", "wp2", "acquisition", 2026, "Racks", Euro(200000000)),
            CostFact("L001", Stream.SERVICES, "cenaero", "charleroi", "wp1", "A1", 2026, "Engineers",
                     Euro.of("445500.00"), Decimal("54"), "person-month", Decimal("8250.00")),
            CostFact("L002", Stream.SERVICES, "imec", None, "wp1", "C2", 2027, "Storage", Euro.of("566666.67"),
                     pricing=DepreciationPricing(price=Euro.of("1250000.00"), life_months=60, months_in_action=34,
                                                 share_of_use=Decimal("0.80"))),
            CostFact("L003", Stream.SERVICES, "lab", None, "wp1", "C3", 2027, "Elsewhere", Euro.of("0.01"),
                     funded_elsewhere=True, alternative_of="BE-OTHER#L003"),
        ),
        commitments=(
            CommitmentFacts("c1", "Federal State", PayerKind.FEDERAL, Euro.of("1900000.00"), CommitmentStatus.SIGNED,
                            date(2025, 6, 1), date(2031, 1, 1), (2026, 2027), "BL 1", "None", "Law", "Minister",
                            "letter-federal"),
        ),
        chapters=(
            ChapterFacts("1.1", Language.EN, "Vision", ChapterState.COMPLETE, "<p>One vision.</p>"),
            ChapterFacts("1.1", Language.FR, "Vision", ChapterState.DRAFT, "<p>Une vision.</p>", "0" * 64),
        ),
        risks=(RiskFacts("r1", "Late delivery", Level.MEDIUM, Level.HIGH, "Second source", ("wp2", "wp1")),),
        indicators=(IndicatorFacts("k1", "Users", "people", Decimal("0"), Decimal("200.0"), 36),),
        documents=(DocumentFacts("letter-federal", "member_state_commitment", "Letter", "a" * 64, 2, "imec"),),
    )  # fmt: skip
