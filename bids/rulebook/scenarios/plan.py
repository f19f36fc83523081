"""Levers of the plan: who and what takes part, and when."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date

from bids.rulebook.facts import BidFacts, CostFact, SiteFacts
from bids.rulebook.scenarios.change import Change
from bids.rulebook.scenarios.money import each_line
from bids.rulebook.vocabulary import MachineStatus


def without_site(facts: BidFacts, change: Change) -> BidFacts:
    """Nothing is planned and nothing is paid for at this site; its card stays in the list."""
    sites = tuple(_emptied(site) if site.key == change.target else site for site in facts.sites)
    return replace(facts, sites=sites, budget=tuple(line for line in facts.budget if line.site != change.target))


def without_partner(facts: BidFacts, change: Change) -> BidFacts:
    """The partner's lines go, and those of its affiliated entities, which have no part without it."""
    gone = {change.target} | {each.key for each in facts.partners if each.affiliated_to == change.target}
    return replace(facts, budget=tuple(line for line in facts.budget if line.partner not in gone))


def delayed(facts: BidFacts, change: Change) -> BidFacts:
    """Everything starts so many months later; a line moves by the years that the start moves over."""
    months = int(change.value or 0)
    start_month = facts.starts_on.month if facts.starts_on else 1
    years = (start_month - 1 + months) // 12

    def later(line: CostFact) -> CostFact:
        return line if line.year is None else replace(line, year=line.year + years)

    sites = tuple(_later(site, months) for site in facts.sites)
    return each_line(replace(facts, starts_on=after(facts.starts_on, months), sites=sites), later)


def lasting(facts: BidFacts, change: Change) -> BidFacts:
    """The action lasts so many months: what depreciates within it follows."""
    return replace(facts, duration_months=int(change.value or 0))


def after(day: date | None, months: int) -> date | None:
    """The same day so many months later, or the last one of a shorter month."""
    if day is None:
        return None
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _emptied(site: SiteFacts) -> SiteFacts:
    return replace(site, machines=tuple(each for each in site.machines if each.status is not MachineStatus.PLANNED))


def _later(site: SiteFacts, months: int) -> SiteFacts:
    return replace(
        site,
        phases=tuple(replace(phase, ready_on=after(phase.ready_on, months)) for phase in site.phases),
        machines=tuple(
            replace(each, operational_on=after(each.operational_on, months))
            if each.status is MachineStatus.PLANNED
            else each
            for each in site.machines
        ),
    )
