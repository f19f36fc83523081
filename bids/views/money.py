"""The money of a bid at a glance: figures with their reasons, and plots."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from bids import plots, wording
from bids.plots import Plot
from bids.rulebook.facts import CommitmentFacts
from bids.rulebook.money import Euro
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import CommitmentStatus
from bids.views.progress import page_url
from bids.views.shared import Workspace

_OF_THE_TOTAL = gettext_noop("%(share)s of the total")
_SIGNED = gettext_noop("%(signed)s of it signed")
_COVERED = gettext_noop("Everything is signed.")
_FIRMEST_FIRST = (CommitmentStatus.SIGNED, CommitmentStatus.PLEDGED, CommitmentStatus.ANNOUNCED)


def figures_of(work: Workspace) -> list[dict[str, Any]]:
    """What the bid costs, who pays it, and what nobody has signed for; each with its reasons."""
    found = work.assessment
    share = found.eu_share
    shown = [
        _figure(work, "total", _("Total cost"), value=found.total),
        _figure(
            work, "eu", _("Contribution of the Union"), value=found.eu,
            note=sentence(_OF_THE_TOTAL, share=wording.percent(share, 1)) if share is not None else None,
        ),
        _figure(work, "national", _("National share"), value=found.national),
        _figure(
            work, "committed", _("Promised for it"), value=found.committed,
            note=sentence(_SIGNED, signed=found.signed),
        ),
        _figure(
            work, "uncovered", _("Not signed for yet"), value=found.uncovered,
            note=None if found.uncovered or not found.national else sentence(_COVERED),
        ),
    ]  # fmt: skip
    if found.union_access_share is not None:
        shown.append(_figure(work, "union_access_share", _("Access of the Union"), share=found.union_access_share))
    return shown


def _figure(work: Workspace, name: str, label: str, **shown: Any) -> dict[str, Any]:
    return {"label": label, "why_url": page_url("why", work.bid, figure=name), **shown}


def plots_of(work: Workspace) -> dict[str, Plot]:
    """The Union's part of the whole, who covers the rest, where it is spent and by whom; none of no money."""
    found = work.assessment
    worth_drawing = {
        "shares": (who_pays, found.total),
        "coverage": (coverage_of, found.national),
        "sites": (_by_site, found.total and work.facts.sites),
        "partners": (_by_partner, found.total),
    }
    return {name: draw(work) for name, (draw, is_worth_it) in worth_drawing.items() if is_worth_it}


def who_pays(work: Workspace) -> Plot:
    """The Union's part of the whole, as a ring."""
    found = work.assessment
    parts = [(_("Union"), found.eu), (_("National share"), found.national)]
    parts += [(_("Other payers"), found.other)] if found.other else []
    parts += [(_("Funded elsewhere"), found.elsewhere)] if found.elsewhere else []
    return plots.donut(_("Who pays, in millions of euro"), parts)


def _by_partner(work: Workspace) -> Plot:
    names = {partner.key: partner.short_name or partner.name or partner.key for partner in work.facts.partners}
    names["-"] = _("Bought jointly")
    shares = sorted(work.assessment.partners.items(), key=lambda entry: entry[1].total, reverse=True)
    entries = [
        (names.get(key, key), _two_parts(share.total, share.eu_of_all_streams)) for key, share in shares if share.total
    ]
    return plots.stacked_bars(_("Costs by partner, in millions of euro"), _payers(), entries)


def _by_site(work: Workspace) -> Plot:
    names = {site.key: site.name or site.key for site in work.facts.sites} | {"-": _("No site")}
    entries = [
        (names.get(key, key), _two_parts(view.total, view.eu))
        for key, view in work.assessment.sites.items()
        if view.total
    ]
    return plots.stacked_bars(_("Costs by site, in millions of euro"), _payers(), entries)


def coverage_of(work: Workspace) -> Plot:
    """The national share against what its payers announced, pledged and signed.

    What was signed and has expired counts as announced only: somebody has to sign it again.
    """
    sums = {status: _sum_of(work.facts.commitments, status) for status in _FIRMEST_FIRST}
    expired = sums[CommitmentStatus.SIGNED] - work.assessment.signed
    sums[CommitmentStatus.SIGNED] -= expired
    sums[CommitmentStatus.ANNOUNCED] += expired
    given = [(wording.word(status), amount) for status, amount in sums.items()]
    return plots.coverage(_("Cover of the national share, in millions of euro"), work.assessment.national, given)


def _sum_of(commitments: tuple[CommitmentFacts, ...], status: CommitmentStatus) -> Euro:
    return Euro.total(each.amount for each in commitments if each.status is status and each.kind.is_national)


def _payers() -> list[str]:
    return [_("Union"), _("Others")]


def _two_parts(total: Euro, eu: Euro) -> list[Euro]:
    return [eu, total - eu]
