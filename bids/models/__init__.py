"""Tables, constraints and the words of QuerySets; no acts."""

from bids.models.bid import Bid, BidQuerySet
from bids.models.budget import BudgetLine, Commitment, SignatureRecord
from bids.models.call import Call, CallVersion, DateChange, NumbersChange
from bids.models.consortium import Confirmation, Partner
from bids.models.decision import Approval, ChangeRequest, Filing, Recommendation, UnionDecision
from bids.models.document import DeskDocument, Document, StoredFile
from bids.models.dossier import Dossier, Letter, Seal
from bids.models.event import BidEvent, Chain, LateAttempt
from bids.models.narrative import Chapter, Indicator, Risk
from bids.models.page_count import PageCount
from bids.models.proposal import Appeal, AppealVote, Proposal
from bids.models.review import Opinion, OpinionDecision, Review, Score
from bids.models.roles import Assignment, BidRole, CallRole, InterestDeclaration
from bids.models.scenario import Adoption, Scenario
from bids.models.site import Link, Machine, Phase, Site
from bids.models.snapshot import Picture, Snapshot
from bids.models.work import Deliverable, Effort, Milestone, Task, WorkPackage
from bids.models.workbook import BudgetImport

__all__ = [
    "Adoption", "Appeal", "AppealVote", "Approval", "Assignment", "Bid", "BidEvent", "BidQuerySet", "BidRole",
    "BudgetImport", "BudgetLine", "Call", "CallRole", "CallVersion", "Chain", "ChangeRequest", "Chapter", "Commitment",
    "Confirmation", "DateChange", "Deliverable", "DeskDocument", "Document", "Dossier", "Effort", "Filing",
    "Indicator", "InterestDeclaration", "LateAttempt", "Letter", "Link", "Machine", "Milestone", "NumbersChange",
    "Opinion", "OpinionDecision", "PageCount", "Partner", "Phase", "Picture", "Proposal", "Recommendation", "Review",
    "Risk", "Scenario", "Score", "Seal", "SignatureRecord", "Site", "Snapshot", "StoredFile", "Task", "UnionDecision",
    "WorkPackage",
]  # fmt: skip
