"""The bid's money at a glance: figures that lead to their reasons, and plots."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.utils.translation import gettext as _

from bids.dossier.names import Names, figure_titles
from bids.plots import Plot, stacked_bars
from bids.rulebook.money import Euro
from bids.views.shared import Workspace, bid_url

MOST_BARS = 5


def figures(work: Workspace, *names: str) -> list[dict[str, Any]]:
    """These figures of the whole bid, each with the way to its reasons."""
    money = work.assessment
    return [
        {
            "label": figure_titles()[name],
            ("share" if name.endswith("share") else "value"): getattr(money, name),
            "why_url": bid_url("why", work.bid, figure=name),
        }
        for name in names
    ]


def by_partner_and_site(work: Workspace) -> Plot:
    """What each partner costs, divided by site; the smallest partners share a bar."""
    names = Names(work.facts)
    costs: defaultdict[str | None, Counter[str | None]] = defaultdict(Counter)
    for line in work.facts.budget:
        costs[line.partner][line.site] += work.assessment.lines[line.key].total.cents
    ranked = sorted(costs, key=lambda key: (-costs[key].total(), key or ""))
    shown, others = (ranked, []) if len(ranked) <= MOST_BARS else (ranked[: MOST_BARS - 1], ranked[MOST_BARS - 1 :])
    sites = [site.key for site in work.facts.sites] + [None] * any(None in sites for sites in costs.values())
    bars = [(_buyer(names, key), [Euro(costs[key][site]) for site in sites]) for key in shown]
    if others:
        rest = [Euro(sum(costs[key][site] for key in others)) for site in sites]
        bars.append((_("%(count)s other partners") % {"count": len(others)}, rest))
    series = [names.sites.get(site) if site else _("No single site") for site in sites]
    return stacked_bars(_("Costs by partner and site, in millions of euro"), series, bars)


def _buyer(names: Names, key: str | None) -> str:
    return names.partners.get(key) if key else _("Bought jointly")
