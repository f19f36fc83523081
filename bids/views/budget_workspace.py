"""The picture of a bid's money, and who may change which line of it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from bids import access
from bids.actions.surroundings import money_in_force
from bids.models import Bid, BudgetLine
from bids.rulebook import readiness
from bids.rulebook.facts import BidFacts
from bids.rulebook.permits import Act, Decision, line_act
from bids.rulebook.readiness import Finding
from bids.views.progress import Section
from bids.views.shared import NotYours, Workspace, get_bid, person


class MoneyWorkspace(Workspace):
    """A page about money alone: what it shows is read in few queries, however long the bid's texts are."""

    @cached_property
    def facts(self) -> BidFacts:
        return self._picture[1]

    @property
    def versions(self) -> dict[str, int]:
        """The version of each line, as its row sends it back."""
        return self._picture[0]

    @cached_property
    def _picture(self) -> tuple[dict[str, int], BidFacts]:
        """Versions first: what is saved between the two then counts as a change nobody on this page has seen."""
        lines = BudgetLine.objects.filter(bid=self.bid, removed_at=None)
        return dict(lines.values_list("key", "version")), money_in_force(self.bid)

    @cached_property
    def sections(self) -> list[Section]:
        """No task list: the table takes the whole width."""
        return []

    @cached_property
    def remarks(self) -> dict[str, list[Finding]]:
        """What the checks find in single lines, by key."""
        told: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in readiness.findings_in_lines(self.facts, self.call, self.assessment):
            told[finding.where.removeprefix("budget/")].append(finding)
        return told

    def may_edit(self, partner: str | None, key: str = "") -> Decision:
        """Whether this person may change a line of this partner; without a key, add one."""
        section = f"budget/{key}" if key else "budget"
        return self.may(line_act(self.who, partner), partner=partner, section=section)

    def partners_for(self, key: str = "") -> frozenset[str | None]:
        """The partners whose costs this person may write in a line, and None where it may have none."""
        return frozenset(partner for partner in (None, *self._partner_keys) if self.may_edit(partner, key))

    @cached_property
    def _partner_keys(self) -> tuple[str, ...]:
        """Read alone where the rest of the picture isn't needed: to save a line, say."""
        if "facts" in self.__dict__:
            return tuple(partner.key for partner in self.facts.partners)
        return tuple(self.bid.partners.values_list("key", flat=True))

    @property
    def may_import(self) -> bool:
        """Whether this person may bring a workbook: files, and at least some of the lines, are theirs to change."""
        acts = (Act.EDIT_PARTNER_BUDGET, Act.EDIT_OWN_BUDGET)
        return bool(self.may(Act.UPLOAD_DOCUMENT, somewhere=True)) and any(
            self.may(act, somewhere=True) for act in acts
        )

    @cached_property
    def partners(self) -> frozenset[str | None]:
        """The partners for whom this person may add lines."""
        return self.partners_for()


def money_workspace(request: HttpRequest, bid: Bid, here: str = "budget") -> MoneyWorkspace:
    """The picture of a bid's money for the person who asks."""
    return MoneyWorkspace(bid, person(request), here)


def after_saving(work: MoneyWorkspace, row: BudgetLine) -> MoneyWorkspace:
    """The money as the saved row left it: for an answer that shows this row alone, and every figure."""
    after = MoneyWorkspace(work.bid, work.user, work.here)
    if work.bid.settled is not None:
        facts, after.assessment = work.bid.settled
        after._picture = {row.key: row.version}, facts
    return after


def budget_to_edit(request: HttpRequest, reference: str) -> MoneyWorkspace:
    """The budget of a bid, for somebody who may change some part of it: 403 with the reason else."""
    work = money_workspace(request, get_bid(request, reference, to=Act.READ_WORKING_COPY))
    acts = (Act.EDIT_PARTNER_BUDGET, Act.EDIT_OWN_BUDGET)
    answers = [(act, work.may(act, somewhere=True)) for act in acts]
    if not any(answer for _, answer in answers):
        refuse(work, *answers[-1])
    return work


def line_to_edit(request: HttpRequest, reference: str, key: str) -> tuple[MoneyWorkspace, BudgetLine]:
    """A line, removed or not, for somebody who may change it now: 403 with the reason else."""
    work = budget_to_edit(request, reference)
    lines = BudgetLine.objects.select_related("partner", "site", "work_package")
    line = get_object_or_404(lines, bid=work.bid, key=key)
    line.bid = work.bid
    partner = line.partner.key if line.partner else None
    if not (decision := work.may_edit(partner, key)):
        refuse(work, line_act(work.who, partner), decision)
    return work, line


def refuse(work: Workspace, act: Act, decision: Decision) -> None:
    """Write the refusal into the trail and answer 403 with its reason."""
    try:
        access.refuse(work.bid, work.user, act, decision, work.who.roles)
    except access.Refused as refused:
        raise NotYours(refused.decision.reason) from None
