"""Which table and column holds which fact: read in both directions, so that export after import is the identity."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from django.db import models

from bids.models.bid import Bid
from bids.models.budget import BudgetLine, Commitment
from bids.models.consortium import Partner
from bids.models.document import Document
from bids.models.narrative import Chapter, Indicator, Risk
from bids.models.site import Link, Machine, Phase, Site
from bids.models.work import Deliverable, Milestone, Task, WorkPackage
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
    PhaseFacts,
    RiskFacts,
    SiteFacts,
    TaskFacts,
    WorkPackageFacts,
)


@dataclass(frozen=True, eq=False)  # tables are themselves, and can be looked up
class Table:
    """The rows of one list of the bid file, and the facts they are.

    `name` is the list, `owner` the row it belongs to; `inside` names facts kept in tables of their
    own, `lists` facts that point at several rows of a table by their ids.
    """

    name: str
    model: type[models.Model]
    facts: type[Any]
    owner: str = "bid"
    inside: tuple[str, ...] = ()
    lists: dict[str, type[models.Model]] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The facts that stand in columns of the row itself; a column has the name of its fact."""
        return tuple(part.name for part in fields(self.facts) if part.name not in self.inside)

    @cached_property
    def pointers(self) -> dict[str, type[models.Model]]:
        """The facts that point at a row of the same bid, and its table."""
        columns = {name: self.model._meta.get_field(name) for name in self.names}
        return {name: _aim(column) for name, column in columns.items() if column.is_relation}

    @cached_property
    def owner_model(self) -> type[models.Model]:
        return _aim(self.model._meta.get_field(self.owner))

    @cached_property
    def kept(self) -> dict[str, None]:
        """The condition that leaves removed rows out."""
        return {"removed_at": None} if any(column.name == "removed_at" for column in self.model._meta.fields) else {}

    @cached_property
    def empty(self) -> dict[str, Any]:
        """What each fact is where nothing was given."""
        return {part.name: part.default for part in fields(self.facts)}

    @cached_property
    def sequences(self) -> tuple[str, ...]:
        """The facts that are tuples, kept as JSON lists."""
        return tuple(name for name in self.names if self.empty[name] == ())

    @property
    def to_bid(self) -> str:
        """The lookup from a row to its bid."""
        return "bid" if self.owner == "bid" else f"{self.owner}__bid"


def _aim(column: Any) -> type[models.Model]:
    """The table a foreign key points at."""
    aim: type[models.Model] = column.related_model
    return aim


PARTNERS = Table("partners", Partner, PartnerFacts)
SITES = Table("sites", Site, SiteFacts, inside=("phases", "machines"))
WORK_PACKAGES = Table(
    "work_packages", WorkPackage, WorkPackageFacts, inside=("effort", "tasks", "deliverables", "milestones")
)
BUDGET = Table("budget", BudgetLine, CostFact)
COMMITMENTS = Table("commitments", Commitment, CommitmentFacts)
DOCUMENTS = Table("documents", Document, DocumentFacts)

# In the order of writing: what is pointed at comes before what points at it.
TABLES = (
    PARTNERS,
    SITES,
    Table("phases", Phase, PhaseFacts, owner="site"),
    Table("machines", Machine, MachineFacts, owner="site"),
    Table("links", Link, LinkFacts),
    WORK_PACKAGES,
    Table("tasks", Task, TaskFacts, owner="work_package"),
    Table("deliverables", Deliverable, DeliverableFacts, owner="work_package"),
    Table("milestones", Milestone, MilestoneFacts, owner="work_package"),
    DOCUMENTS,
    BUDGET,
    COMMITMENTS,
    Table("chapters", Chapter, ChapterFacts),
    Table("risks", Risk, RiskFacts, lists={"work_packages": WorkPackage}),
    Table("indicators", Indicator, IndicatorFacts),
)

# The facts that stand in columns of the bid's own row.
OF_THE_BID = tuple(
    part.name
    for part in fields(BidFacts)
    if part.init and part.name not in {"call", "rates", *(table.name for table in TABLES)}
)
RATES = ("acquisition", "operation")

# What two people may edit at once: each of these rows has a version.
EDITABLE = (Bid, *(table.model for table in TABLES if table.owner == "bid"))
