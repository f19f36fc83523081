"""The picture of a bid and its scenarios: each scenario laid over the bid once per page."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.http import Http404, HttpRequest

from accounts import clock
from bids.models import Bid, Scenario
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Assessment
from bids.rulebook.permits import Act
from bids.rulebook.scenarios import Applied, Outcome, apply, outcome
from bids.views.progress import Section
from bids.views.shared import Workspace, get_bid, person


@dataclass
class ScenarioWorkspace(Workspace):
    """What the pages of scenarios share; the bid as it is goes by an empty key."""

    _outcomes: dict[str, Outcome] = field(default_factory=dict)

    @cached_property
    def scenarios(self) -> list[Scenario]:
        return list(Scenario.objects.filter(bid=self.bid, removed_at=None))

    @cached_property
    def assessment(self) -> Assessment:
        return self.outcome().assessment

    @cached_property
    def sections(self) -> list[Section]:
        """No task list: comparing takes the whole width."""
        return []

    def scenario(self, key: str) -> Scenario:
        """The scenario of this key; 404 where there is none."""
        found = next((scenario for scenario in self.scenarios if scenario.key == key), None)
        if found is None:
            raise Http404
        found.bid = self.bid
        return found

    def applied(self, key: str) -> Applied:
        """The bid as a scenario makes it."""
        return apply(self.facts, self.scenario(key).list_of_changes) if key else Applied(self.facts)

    def base(self, key: str) -> BidFacts:
        """What a question starts from: the bid as a scenario makes it, or as it is where the address names none."""
        known = any(scenario.key == key for scenario in self.scenarios)
        return self.applied(key).facts if known else self.facts

    def outcome(self, key: str = "") -> Outcome:
        """What the bid, or a scenario, comes to."""
        if key not in self._outcomes:
            self._outcomes[key] = outcome(self.applied(key).facts, self.call, on=clock.today())
        return self._outcomes[key]

    def name(self, key: str) -> str:
        return self.scenario(key).name


def scenario_workspace(request: HttpRequest, reference: str) -> ScenarioWorkspace:
    """The scenarios of a bid, for a person who may use them now."""
    return workspace_of(request, get_bid(request, reference, to=Act.USE_SCENARIOS))


def workspace_of(request: HttpRequest, bid: Bid) -> ScenarioWorkspace:
    return ScenarioWorkspace(bid, person(request), "scenarios")
