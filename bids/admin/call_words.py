"""What the numbers of a call are called, and how well each is known."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from bids import callfile, wording
from bids.callfile import Number
from bids.rulebook.call import CallFacts
from bids.rulebook.text import gettext_noop
from bids.rulebook.vocabulary import PartnerKind, Stream

NAMES = {
    "opens": gettext_noop("Opens"),
    "valid_from": gettext_noop("Valid from"),
    "valid_to": gettext_noop("Valid until"),
    "deadline": gettext_noop("Deadline"),
    "cutoffs": gettext_noop("Cut-off"),
    "desk_closes_working_days": gettext_noop("Working days between the desk's closing and the cut-off"),
    "page_limit": gettext_noop("Page limit"),
    "page_limit_suggested": gettext_noop("Page limit of a similar call"),
    "indicative_budget": gettext_noop("Indicative budget of the call"),
    "expected_grants": gettext_noop("Grants expected"),
    "rate": gettext_noop("Rate of the Union"),
    "rates_by_kind": gettext_noop("Rate of the Union for a kind of partner"),
    "eu_cap": gettext_noop("Ceiling of the Union"),
    "duration_months": gettext_noop("Duration in months"),
    "rate_acquisition_max": gettext_noop("Highest rate of the acquisition"),
    "rate_operation_max": gettext_noop("Highest rate of the operation"),
    "access_share_max": gettext_noop("Highest access share of the Union"),
    "rate_max": gettext_noop("Highest rate of the Union"),
    "state_match_min_of_eu": gettext_noop("Least part of the States, of the Union's"),
    "indirect_rate": gettext_noop("Rate of indirect costs"),
    "sme_owner_units": gettext_noop("Unit cost of an SME owner"),
    "sme_owner_days_per_month": gettext_noop("Days an SME owner declares per month"),
    "country_coefficients": gettext_noop("Coefficient of a country"),
    "day_equivalents_per_year": gettext_noop("Day-equivalents in a year"),
    "cfs_threshold": gettext_noop("Threshold of the certificate on financial statements"),
    "third_party_cap": gettext_noop("Ceiling of support to one third party"),
    "equipment_justification_ratio": gettext_noop("Purchases beside personnel that have to be justified from"),
    "subcontracting_share_max": gettext_noop("Subcontracting that nobody asks about"),
    "ownership_years_min": gettext_noop("Fewest years of ownership"),
    "mutual_insurance_min": gettext_noop("Least contribution to the mutual insurance"),
    "mutual_insurance_max": gettext_noop("Highest contribution to the mutual insurance"),
    "prefinancing_factor": gettext_noop("Factor of the pre-financing"),
    "overall_threshold": gettext_noop("Overall threshold"),
    "threshold": gettext_noop("Threshold"),
    "weight": gettext_noop("Weight"),
    "ranking_weights": gettext_noop("Weight for the ranking"),
    "title_chars": gettext_noop("Characters of the title"),
    "keywords_chars": gettext_noop("Characters of the keywords"),
    "abstract_chars": gettext_noop("Characters of the abstract"),
    "acronym_chars": gettext_noop("Characters of the acronym"),
    "pic_digits": gettext_noop("Digits of a PIC"),
    "day": gettext_noop("Unit cost of an SME owner, per day"),
    "month": gettext_noop("Unit cost of an SME owner, per month"),
}
MARKS = {
    "SEEN": gettext_noop("read in the source"),
    "SEEN2": gettext_noop("read second-hand"),
    "RECALLED": gettext_noop("from memory"),
    "INFERRED": gettext_noop("deduced"),
    "HOUSE": gettext_noop("house rule"),
}


def mark_in_words(mark: str) -> str:
    """`RECALLED 0.85` as "from memory"."""
    return wording.word(MARKS.get(mark.partition(" ")[0], mark))


def group_of(place: str, call: CallFacts) -> str:
    """Under which heading a number stands."""
    parts = place.split("/")
    if parts[0] == "streams":
        stream = next((stream for stream in Stream if stream.value == parts[1]), parts[1])
        return _("Stream: %(stream)s") % {"stream": wording.word(stream)}
    if parts[0] == "criteria_sets":
        return _("Criteria: %(set)s") % {"set": parts[1]}
    if parts[0] == "part_a":
        return _("Part A")
    return _("The whole call")


def label_of(place: str, call: CallFacts) -> str:
    """What a number is called, without its group."""
    parts = place.split("/")
    name, above = parts[-1], parts[-2] if len(parts) > 1 else ""
    if above == "cutoffs":
        return _("%(number)s: %(of)s") % {"number": _(NAMES[above]), "of": int(name) + 1}
    if above == "rates_by_kind":
        kind = next((kind for kind in PartnerKind if kind.value == name), name)
        return _("%(number)s: %(of)s") % {"number": _(NAMES[above]), "of": wording.word(kind)}
    if above in ("country_coefficients", "ranking_weights"):
        of = name if above == "country_coefficients" else _criterion(call, parts[1], name)
        return _("%(number)s: %(of)s") % {"number": _(NAMES[above]), "of": of}
    if len(parts) > 3 and parts[2] == "criteria":
        return _("%(number)s: %(of)s") % {"number": _(NAMES[name]), "of": _criterion(call, parts[1], parts[3])}
    if len(parts) > 4 and parts[-3] == "sme_owner_units":
        return _("%(number)s: %(of)s") % {"number": _(NAMES[name]), "of": _period(call, parts[1], int(above))}
    return _(NAMES[name]) if name in NAMES else name


def value_in_words(number: Number | None) -> str:
    """The value as people read it."""
    return _("not set") if number is None or number.value is None else wording.show(number.value)


def grouped(data: dict[str, Any], call: CallFacts) -> list[tuple[str, list[tuple[str, Number]]]]:
    """Every number with its label, under its heading, in the order of the call."""
    found: dict[str, list[tuple[str, Number]]] = {}
    for place, number in callfile.numbers(data).items():
        found.setdefault(group_of(place, call), []).append((label_of(place, call), number))
    whole = _("The whole call")
    return sorted(found.items(), key=lambda group: group[0] != whole)


def full_label(place: str, call: CallFacts) -> str:
    """Group and label, where a number stands alone."""
    if "/" not in place or place.startswith("cutoffs/"):
        return label_of(place, call)
    return _("%(group)s, %(number)s") % {"group": group_of(place, call), "number": label_of(place, call)}


def _criterion(call: CallFacts, criteria_set: str, name: str) -> str:
    criteria = next((one.criteria for one in call.criteria_sets if one.id == criteria_set), ())
    return next((one.title for one in criteria if one.id == name), name)


def _period(call: CallFacts, stream: str, position: int) -> str:
    """For calls opened when."""
    unit = next(one for one in call.streams if one.stream.value == stream).cost_model.sme_owner_units[position]
    if unit.opens_before is None:
        return _("calls opened from %(day)s") % {"day": wording.day(unit.opens_from)} if unit.opens_from else ""
    return _("calls opened before %(day)s") % {"day": wording.day(unit.opens_before)}
