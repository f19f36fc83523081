"""What the work packages say together: the plan over the months, and who gives how many person-months."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from bids.plots import Plot, Span, gantt
from bids.rulebook.facts import BidFacts, WorkPackageFacts


def gantt_of(facts: BidFacts) -> Plot | None:
    """Work packages and their tasks over the duration; nothing where no package has a month."""
    spans = [span for package in facts.work_packages for span in _spans(package)]
    if not any(span.first or span.last for span in spans):
        return None
    return gantt(_("Work packages over the months"), spans, facts.duration_months)


def _spans(package: WorkPackageFacts) -> list[Span]:
    marks = tuple((milestone.month, milestone.title) for milestone in package.milestones if milestone.month)
    own = Span(f"{package.key} {package.title}", package.first_month, package.last_month, 0, marks)
    return [own, *(Span(f"{task.key} {task.title}", task.first_month, task.last_month, 1) for task in package.tasks)]


@dataclass
class EffortTable:
    """Person-months of each partner in each package, with the totals of both."""

    facts: BidFacts

    @cached_property
    def packages(self) -> tuple[WorkPackageFacts, ...]:
        return self.facts.work_packages

    @cached_property
    def rows(self) -> list[tuple[str, list[Decimal | None], Decimal]]:
        """For each partner that gives effort: name, months by package, total."""
        rows = []
        for partner in self.facts.partners:
            months = [package.effort.get(partner.key) for package in self.packages]
            if any(months):
                rows.append((partner.short_name or partner.name or partner.key, months, _sum(months)))
        return rows

    @cached_property
    def totals(self) -> list[Decimal]:
        return [_sum(list(package.effort.values())) for package in self.packages]

    @cached_property
    def total(self) -> Decimal:
        return _sum(list(self.totals))


def _sum(months: list[Decimal | None] | list[Decimal]) -> Decimal:
    return sum((month for month in months if month is not None), Decimal(0))
