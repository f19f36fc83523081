"""The words of the calls: kinds, roles, streams and states that facts are made of."""

from __future__ import annotations

from enum import StrEnum

from bids.rulebook.text import gettext_noop


class Word(StrEnum):
    """A word of the call: its value stands in files and tables, its label is shown to people."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Word:
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word


class Language(Word):
    EN = "en", gettext_noop("English")
    FR = "fr", gettext_noop("French")
    NL = "nl", gettext_noop("Dutch")
    DE = "de", gettext_noop("German")


class Typeface(Word):
    """What the chapters of a bid are set in; the label names the typeface of office programs with the same widths."""

    ARIMO = "Arimo", "Arial"
    TINOS = "Tinos", "Times New Roman"


class Instrument(Word):
    AI_FACTORY = "ai_factory", gettext_noop("AI Factory")
    ANTENNA = "antenna", gettext_noop("AI Factory Antenna")
    GIGAFACTORY = "gigafactory", gettext_noop("AI gigafactory")
    GENERIC = "generic", gettext_noop("Grant")


class Stream(Word):
    MACHINE = "machine", gettext_noop("Machine")
    SERVICES = "services", gettext_noop("Services")
    EXPERIMENTAL_PLATFORM = "experimental_platform", gettext_noop("Experimental platform")
    CAPEX = "capex", gettext_noop("Capital expenditure")

    @property
    def is_grant(self) -> bool:
        """Grant streams carry indirect costs and a funding rate per participant."""
        return self in (Stream.SERVICES, Stream.EXPERIMENTAL_PLATFORM)


class Category(Word):
    """The cost categories of every cost model; codes are written without the dot (`A1`)."""

    A1 = "A1", gettext_noop("Employees or equivalent")
    A2 = "A2", gettext_noop("Natural persons under direct contract")
    A3 = "A3", gettext_noop("Seconded persons")
    A4 = "A4", gettext_noop("SME owners and natural person beneficiaries")
    A5 = "A5", gettext_noop("Volunteers")
    B = "B", gettext_noop("Subcontracting")
    C1 = "C1", gettext_noop("Travel and subsistence")
    C2 = "C2", gettext_noop("Equipment")
    C3 = "C3", gettext_noop("Other goods, works and services")
    D1 = "D1", gettext_noop("Financial support to third parties")
    D2 = "D2", gettext_noop("Internally invoiced goods and services")
    E = "E", gettext_noop("Indirect costs")
    ACQUISITION = "acquisition", gettext_noop("Acquisition")
    INSTALLATION = "installation", gettext_noop("Installation")
    MAINTENANCE = "maintenance", gettext_noop("Maintenance")
    ENERGY = "energy", gettext_noop("Energy")
    COOLING = "cooling", gettext_noop("Cooling")
    STAFF_OPERATIONS = "staff_operations", gettext_noop("Operations staff")
    HOUSING = "housing", gettext_noop("Housing")
    NETWORK = "network", gettext_noop("Network")
    SOFTWARE = "software", gettext_noop("Software")
    SECURITY = "security", gettext_noop("Security")
    DECOMMISSIONING = "decommissioning", gettext_noop("Decommissioning")
    BUILDINGS = "buildings", gettext_noop("Buildings")
    POWER_AND_COOLING = "power_and_cooling", gettext_noop("Power and cooling")
    COMPUTE = "compute", gettext_noop("Compute")
    NETWORK_AND_STORAGE = "network_and_storage", gettext_noop("Network and storage")
    OTHER = "other", gettext_noop("Other")

    @property
    def code(self) -> str:
        """As the model grant agreement prints it: `A.1`; nothing where the category has no code."""
        return f"{self[0]}.{self[1]}" if len(self) == 2 else str(self) * (len(self) == 1)


PERSONNEL = (Category.A1, Category.A2, Category.A3, Category.A4)
PURCHASES = (Category.C1, Category.C2, Category.C3)


class DocumentKind(Word):
    """The kinds of documents the shipped calls know; a call may ask for others."""

    MEMBER_STATE_COMMITMENT = "member_state_commitment", gettext_noop("Commitment of the Member State")
    REGIONAL_COMMITMENT = "regional_commitment", gettext_noop("Commitment of a region")
    HOST_AUTHORITY_AGREEMENT = "host_authority_agreement", gettext_noop("Agreement of hosts and authorities")
    SITE_DOCUMENTS = "site_documents", gettext_noop("Documents of a site")
    LINKED_FACTORY_LETTER = "linked_factory_letter", gettext_noop("Letter of the linked AI Factory")
    STATE_AID_NOTE = "state_aid_note", gettext_noop("State-aid note")
    DECLARATION_OF_HONOUR = "declaration_of_honour", gettext_noop("Declaration of honour")
    JOINT_PROCUREMENT_AGREEMENT = "joint_procurement_agreement", gettext_noop("Joint procurement agreement")
    MEMBER_STATE_COMMITMENT_BEFORE_LAUNCH = (
        "member_state_commitment_before_launch",
        gettext_noop("Commitment of the Member State before the launch"),
    )
    PARTNER_MANDATE = "partner_mandate", gettext_noop("Mandate of a partner")
    LETTER_OF_SUPPORT = "letter_of_support", gettext_noop("Letter of support")
    CV = "cv", gettext_noop("Curriculum vitae")
    DETAILED_BUDGET = "detailed_budget", gettext_noop("Detailed budget")
    LEGAL_ENTITY = "legal_entity", gettext_noop("Legal entity and financial capacity")
    OWNERSHIP_CONTROL = "ownership_control", gettext_noop("Ownership control declaration")
    OPINION = "opinion", gettext_noop("Opinion")
    EU_RECEIPT = "eu_receipt", gettext_noop("Receipt of the Union")
    EU_DECISION = "eu_decision", gettext_noop("Decision of the Union")
    OTHER = "other", gettext_noop("Other document")


class PartnerKind(Word):
    PUBLIC = "public", gettext_noop("Public body")
    NON_PROFIT = "non_profit", gettext_noop("Non-profit organisation")
    SME = "sme", gettext_noop("Small or medium-sized enterprise")
    LARGE = "large", gettext_noop("Large enterprise")
    INTERNATIONAL = "international", gettext_noop("International organisation")


class PartnerRole(Word):
    COORDINATOR = "coordinator", gettext_noop("Coordinator")
    BENEFICIARY = "beneficiary", gettext_noop("Beneficiary")
    AFFILIATED = "affiliated", gettext_noop("Affiliated entity")
    ASSOCIATED = "associated", gettext_noop("Associated partner")


class MachineStatus(Word):
    EXISTING = "existing", gettext_noop("Existing")
    PLANNED = "planned", gettext_noop("Planned")


class PayerKind(Word):
    FEDERAL = "federal", gettext_noop("Federal State")
    REGION = "region", gettext_noop("Region or community")
    COHESION = "cohesion", gettext_noop("Cohesion policy funds")
    OWN_MEANS = "own_means", gettext_noop("Own means")
    PRIVATE_EQUITY = "private_equity", gettext_noop("Private equity")
    LOAN = "loan", gettext_noop("Loan")
    OTHER_STATE = "other_state", gettext_noop("Another State")

    @property
    def is_national(self) -> bool:
        """Money that can cover the national share; the other kinds lower it once signed."""
        return self in (PayerKind.FEDERAL, PayerKind.REGION, PayerKind.COHESION, PayerKind.OTHER_STATE)


class CommitmentStatus(Word):
    ANNOUNCED = "announced", gettext_noop("Announced")
    PLEDGED = "pledged", gettext_noop("Pledged")
    SIGNED = "signed", gettext_noop("Signed")


class ChapterState(Word):
    EMPTY = "empty", gettext_noop("Not started")
    DRAFT = "draft", gettext_noop("In progress")
    COMPLETE = "complete", gettext_noop("Complete")


class Level(Word):
    LOW = "low", gettext_noop("Low")
    MEDIUM = "medium", gettext_noop("Medium")
    HIGH = "high", gettext_noop("High")


class BidState(Word):
    """Where a bid stands in its life."""

    DRAFT = "draft", gettext_noop("Draft")
    LOCKED = "locked", gettext_noop("Locked for the final check")
    SUBMITTED = "submitted", gettext_noop("Submitted to the desk")
    IN_REVIEW = "in_review", gettext_noop("In review")
    CHANGES_REQUESTED = "changes_requested", gettext_noop("Changes requested")
    RECOMMENDED = "recommended", gettext_noop("Recommended")
    APPROVED = "approved", gettext_noop("Approved")
    FILED = "filed", gettext_noop("Filed with the Union")
    SELECTED = "selected", gettext_noop("Selected")
    RESERVE = "reserve", gettext_noop("On the reserve list")
    NOT_SELECTED = "not_selected", gettext_noop("Not selected")
    INELIGIBLE = "ineligible", gettext_noop("Ineligible")
    REJECTED = "rejected", gettext_noop("Rejected")
    INADMISSIBLE = "inadmissible", gettext_noop("Inadmissible")
    WITHDRAWN = "withdrawn", gettext_noop("Withdrawn")


class Role(Word):
    """What a person may be for a bid (first four) or for a call's ministry side (the others)."""

    COORDINATOR = "coordinator", gettext_noop("Coordinator")
    PARTNER_EDITOR = "partner_editor", gettext_noop("Partner editor")
    FINANCE_OFFICER = "finance_officer", gettext_noop("Finance officer")
    VIEWER = "viewer", gettext_noop("Viewer")
    REVIEWER = "reviewer", gettext_noop("Reviewer")
    FINANCE_INSPECTOR = "finance_inspector", gettext_noop("Inspector of Finance")
    LEGAL_REVIEWER = "legal_reviewer", gettext_noop("Legal reviewer")
    APPROVER = "approver", gettext_noop("Approver")
    CASE_MANAGER = "case_manager", gettext_noop("Case manager")
    AUDITOR = "auditor", gettext_noop("Auditor")
    SYSTEM_ADMIN = "system_admin", gettext_noop("System administrator")

    @property
    def is_consortium(self) -> bool:
        return self in (Role.COORDINATOR, Role.PARTNER_EDITOR, Role.FINANCE_OFFICER, Role.VIEWER)


class Interest(Word):
    """What a person of the ministry declares before reading a bid."""

    NONE = "none", gettext_noop("No conflict of interest")
    CONFLICT = "conflict", gettext_noop("Conflict of interest")


class ReviewState(Word):
    DRAFT = "draft", gettext_noop("In progress")
    SENT = "sent", gettext_noop("Sent")


class OpinionKind(Word):
    LEGAL = "legal", gettext_noop("Legal opinion")
    FINANCE = "finance", gettext_noop("Opinion of the Inspector of Finance")
    BUDGET = "budget", gettext_noop("Budget agreement")
    REGIONAL = "regional", gettext_noop("Regional commitments")
    CONCERTATION = "concertation", gettext_noop("Concertation")


class OpinionVerdict(Word):
    FAVOURABLE = "favourable", gettext_noop("Favourable")
    WITH_REMARKS = "with_remarks", gettext_noop("Favourable with remarks")
    RESERVED = "reserved", gettext_noop("Reserved")
    UNFAVOURABLE = "unfavourable", gettext_noop("Unfavourable")
    NOT_COMPETENT = "not_competent", gettext_noop("Not competent")

    @property
    def needs_decision(self) -> bool:
        """The bid goes on only with a recorded decision that answers this opinion."""
        return self in (OpinionVerdict.RESERVED, OpinionVerdict.UNFAVOURABLE)


class ApprovalVerdict(Word):
    APPROVE = "approve", gettext_noop("Approve")
    REJECT = "reject", gettext_noop("Reject")


class DateChangeKind(Word):
    REHEARSAL = "rehearsal", gettext_noop("Rehearsal round")
    EXTENSION = "extension", gettext_noop("Extension")


class ProposalState(Word):
    """Where a change stands that one person proposed and another has to confirm."""

    OPEN = "open", gettext_noop("to be confirmed")
    CONFIRMED = "confirmed", gettext_noop("confirmed")
    REFUSED = "refused", gettext_noop("refused")
    TAKEN_BACK = "taken_back", gettext_noop("taken back")


class Side(Word):
    """On whose side something happened; people of the consortium read the events of their own side."""

    CONSORTIUM = "consortium", gettext_noop("Consortium")
    MINISTRY = "ministry", gettext_noop("Ministry")
    SYSTEM = "system", gettext_noop("System")


class JobState(Word):
    QUEUED = "queued", gettext_noop("Waiting")
    RUNNING = "running", gettext_noop("Being made")
    DONE = "done", gettext_noop("Ready")
    FAILED = "failed", gettext_noop("Failed")
    CANCELLED = "cancelled", gettext_noop("Cancelled")


class DossierKind(Word):
    DRAFT = "draft", gettext_noop("Draft")
    SUBMISSION = "submission", gettext_noop("Submission")
    REVIEW = "review", gettext_noop("Review")
    DECISION = "decision", gettext_noop("Decision")
    RECEIPT = "receipt", gettext_noop("Receipt")
    DIFFERENCE = "difference", gettext_noop("Difference from the round before")
