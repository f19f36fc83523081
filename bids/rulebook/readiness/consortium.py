"""Questions about who takes part and where they are established."""

from __future__ import annotations

from collections.abc import Iterator

from bids.rulebook.call import Source
from bids.rulebook.facts import PartnerFacts, SiteFacts
from bids.rulebook.funding.eligibility import called
from bids.rulebook.readiness.asking import Case, Remark, not_known
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import Instrument

_HOSTED = (Instrument.AI_FACTORY, Instrument.GIGAFACTORY)
_FACTORY = gettext_noop("The AI factories selected so far")
_STATES = gettext_noop("The Participating States")


def partners_come_from_one_state(case: Case) -> Iterator[Remark]:
    """C08: an antenna is built by partners of one Participating State."""
    if not case.call.single_country:
        return
    countries = {partner.country: partner for partner in case.facts.partners if partner.country}
    for partner in case.facts.partners:
        if not partner.country:
            yield Remark(sentence(_NO_COUNTRY, partner=called(partner)), f"partners/{partner.key}")
    if len(countries) > 1:
        yield Remark(sentence(_COUNTRIES, countries=", ".join(sorted(countries))), "partners")
    known = case.call.participating_states
    for country in sorted(countries.keys() - set(known)) if known else ():
        yield Remark(sentence(_MAY_NOT_PARTICIPATE, country=country), "partners", severity="warn")


def linked_factory_is_established(case: Case) -> Iterator[Remark]:
    """C09: an antenna names one of the AI factories that were selected."""
    if case.call.instrument is not Instrument.ANTENNA:
        return
    if not case.facts.linked_factory:
        yield Remark(sentence(_NO_FACTORY), "bid")
    elif not case.call.established_factories:
        yield not_known(_FACTORY)
    elif case.facts.linked_factory not in case.call.established_factories:
        yield Remark(sentence(_UNKNOWN_FACTORY, factory=case.facts.linked_factory), "bid")


def hosts_are_established_in_the_union(case: Case) -> Iterator[Remark]:
    """C10: machines stand, and their hosts are established, in a Member State that participates."""
    if case.call.instrument not in _HOSTED:
        return
    if not case.call.participating_states:
        yield not_known(_STATES)
        return
    if not case.facts.sites:
        yield Remark(sentence(_NO_SITE), "sites")
    hosts = {partner.key: partner for partner in case.facts.partners}
    for site in case.facts.sites:
        yield from _host_of(site, hosts.get(site.host or ""), case)


def _host_of(site: SiteFacts, host: PartnerFacts | None, case: Case) -> Iterator[Remark]:
    states, source = case.call.participating_states, case.call.marks.get("participating_states", Source())
    where = f"sites/{site.key}"
    if host is None:
        yield Remark(sentence(_NO_HOST, site=site.name or site.key), where)
    elif host.country not in states:
        words = sentence(_HOST_OUTSIDE, host=called(host), country=host.country or "?", site=site.name or site.key)
        yield Remark(words, f"partners/{host.key}", source=source)
    if site.country and site.country not in states:
        yield Remark(sentence(_SITE_OUTSIDE, site=site.name or site.key, country=site.country), where, source=source)


_NO_COUNTRY = gettext_noop("%(partner)s has no country. All partners have to come from one Participating State.")
_COUNTRIES = gettext_noop("Partners come from several countries (%(countries)s); this call takes one single State.")
_MAY_NOT_PARTICIPATE = gettext_noop(
    "%(country)s is no Member State on our list of Participating States. Check that it takes part in the Undertaking."
)
_NO_FACTORY = gettext_noop("The bid does not name the AI factory it is linked to.")
_UNKNOWN_FACTORY = gettext_noop("“%(factory)s” is no AI factory that was selected. Choose one from the list.")
_NO_SITE = gettext_noop("The bid has no site, so nobody hosts the machine. Add a site and name its host.")
_NO_HOST = gettext_noop("The site %(site)s does not name the partner that hosts it.")
_HOST_OUTSIDE = gettext_noop(
    "%(host)s hosts the site %(site)s, but its country (%(country)s) is no Member State that participates."
)
_SITE_OUTSIDE = gettext_noop("The site %(site)s lies in %(country)s, which is no Member State that participates.")
