"""Questions about the first page, sites, work packages and risks."""

from __future__ import annotations

from collections.abc import Iterator

from bids.rulebook.facts import SiteFacts, WorkPackageFacts
from bids.rulebook.readiness.asking import Case, Remark
from bids.rulebook.text import counted, gettext_noop, ngettext_noop, one_of, sentence
from bids.rulebook.vocabulary import Instrument


def title_fits_the_form(case: Case) -> Iterator[Remark]:
    """C32: the Union's form takes a title of so many characters, and not every character."""
    limits, title = case.call.part_a, case.facts.title
    if len(title) > limits.title_chars:
        yield Remark(sentence(_TITLE_LONG, count=len(title), limit=limits.title_chars), "bid")
    found = [character for character in limits.title_forbidden if character in title]
    if found:
        yield Remark(sentence(_TITLE_CHARACTERS, characters=" ".join(found)), "bid")


def economic_use_is_stated(case: Case) -> Iterator[Remark]:
    """C33: State money needs a note on State aid, and that starts from the share of economic use."""
    if case.facts.economic_use_share is None and case.call.instrument is not Instrument.GENERIC:
        yield Remark(sentence(_ECONOMIC_USE), "bid")


def every_site_is_described(case: Case) -> Iterator[Remark]:
    """C24: power, cooling, network and security of each site are a criterion of the call."""
    for site in case.facts.sites:
        missing = [label for label, is_given in _described(site) if not is_given]
        if missing:
            words = sentence(_SITE, site=site.name or site.key, missing=one_of(missing))
            yield Remark(words, f"sites/{site.key}")


def every_work_package_is_complete(case: Case) -> Iterator[Remark]:
    """C30: lead, start, end and a deliverable; every deliverable due within the duration."""
    for package in case.facts.work_packages:
        missing = [label for label, is_given in _planned(package) if not is_given]
        where = f"work_packages/{package.key}"
        if missing:
            yield Remark(sentence(_PACKAGE, package=package.title or package.key, missing=one_of(missing)), where)
        for deliverable in package.deliverables:
            name = deliverable.title or deliverable.key
            if deliverable.month is None:
                yield Remark(sentence(_NO_MONTH, deliverable=name), where)
            elif case.facts.duration_months is not None and deliverable.month > case.facts.duration_months:
                words = sentence(
                    _AFTER_THE_END, deliverable=name, month=deliverable.month, duration=case.facts.duration_months
                )
                yield Remark(words, where)


def every_risk_is_assessed(case: Case) -> Iterator[Remark]:
    """C31: likelihood, severity and what is done about it."""
    for risk in case.facts.risks:
        given = ((_LIKELIHOOD, risk.likelihood), (_SEVERITY, risk.severity), (_MITIGATION, risk.mitigation.strip()))
        missing = [label for label, value in given if not value]
        if missing:
            yield Remark(sentence(_RISK, risk=risk.key, missing=one_of(missing)), f"risks/{risk.key}")


def recalled_numbers_are_used(case: Case) -> Iterator[Remark]:
    """C40: some numbers of the call are from memory, and nobody should forget that."""
    recalled = [path for path, source in case.call.marks.items() if source.mark.startswith("RECALLED")]
    if recalled:
        yield Remark(counted(_RECALLED, len(recalled), rule_set=case.call.rule_set), "bid")


def _described(site: SiteFacts) -> tuple[tuple[str, bool], ...]:
    return (
        (gettext_noop("IT power"), site.it_power_kw is not None),
        (gettext_noop("grid connection"), site.grid_power_kw is not None),
        (gettext_noop("cooling"), bool(site.cooling.strip())),
        (gettext_noop("network"), site.network_gbps is not None),
        (gettext_noop("security"), bool(site.security.strip())),
    )


def _planned(package: WorkPackageFacts) -> tuple[tuple[str, bool], ...]:
    return (
        (gettext_noop("lead"), package.lead is not None),
        (gettext_noop("first month"), package.first_month is not None),
        (gettext_noop("last month"), package.last_month is not None),
        (gettext_noop("deliverable"), bool(package.deliverables)),
    )


_LIKELIHOOD = gettext_noop("likelihood")
_SEVERITY = gettext_noop("severity")
_MITIGATION = gettext_noop("mitigation")
_TITLE_LONG = gettext_noop("The title has %(count)s characters; the Union's form takes %(limit)s.")
_TITLE_CHARACTERS = gettext_noop("The title holds characters that the Union's form refuses: %(characters)s")
_ECONOMIC_USE = gettext_noop("The share of economic use is not stated; the State-aid note needs it.")
_SITE = gettext_noop("The site %(site)s does not state its %(missing)s.")
_PACKAGE = gettext_noop("The work package “%(package)s” has no %(missing)s.")
_NO_MONTH = gettext_noop("The deliverable “%(deliverable)s” has no month in which it is due.")
_AFTER_THE_END = gettext_noop(
    "The deliverable “%(deliverable)s” is due in month %(month)s, but the work lasts %(duration)s months."
)
_RISK = gettext_noop("The risk %(risk)s has no %(missing)s.")
_RECALLED = ngettext_noop(
    "%(count)s number of the rule set %(rule_set)s is recalled, not read in an official text. Check it.",
    "%(count)s numbers of the rule set %(rule_set)s are recalled, not read in an official text. Check them.",
)
