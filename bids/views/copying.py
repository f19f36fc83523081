"""What two linked bids have in common and yet differs: each field with both values, to be taken over one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.declare import declare
from bids import wording
from bids.actions import linking
from bids.actions.changing import Stale
from bids.actions.linking import COPIED, NotLinked, Wanted
from bids.forms.budget import category_name
from bids.forms.formula import told
from bids.models import Bid
from bids.rulebook.facts import CostFact
from bids.rulebook.linked import COST, Difference, Differing, SharedBase, differences
from bids.rulebook.money import Euro
from bids.rulebook.permits import Act, Decision
from bids.rulebook.vocabulary import Word
from bids.views.budget_workspace import MoneyWorkspace, line_act
from bids.views.linked import TwoBids, two_bids
from bids.views.shared import bid_url, get_bid, page, person


@dataclass(frozen=True, slots=True)
class Choice:
    """One field with both values in words; `take` is what its box sends, empty where it can't be taken over."""

    label: str
    mine: str
    theirs: str
    take: str
    is_taken: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """Something shared that differs; `seen` tells which versions the page showed."""

    name: str
    seen: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All things of one kind."""

    title: str
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two bids and what differs; `here` and `there` hold the versions of their rows, by place.

    Versions are read before the texts: what is saved between the two counts as a change nobody has seen.
    """

    both: TwoBids
    other: Bid
    base: SharedBase
    here: Mapping[str, int]
    there: Mapping[str, int]
    differing: tuple[Differing, ...]


def compare(request: HttpRequest, bid: Bid) -> Comparison | None:
    """Both bids as they stand; nothing where this person may not read the other, or there is none."""
    both = two_bids(request, bid)
    if both.other is None:
        return None
    here, there = _versions(bid), _versions(both.other.bid)
    base = both.side_by_side(both.other)
    return Comparison(both, both.other.bid, base, here, there, differences(base))


@declare(Act.EDIT_PARTNER)
@require_http_methods(["GET", "POST"])
def copy_across(request: HttpRequest, reference: str) -> HttpResponse:
    """Shows every difference; what is chosen is written in one go, if nothing moved meanwhile."""
    bid = get_bid(request, reference, to=Act.EDIT_PARTNER, somewhere=True)
    compared = compare(request, bid)
    if compared is None:
        return redirect(bid_url("linked", bid))
    if request.method != "POST":
        return _show(request, compared)
    wanted = _wanted(request, compared)
    if not wanted:
        return _show(request, compared, status=422, error=_("Choose at least one field to copy."))
    try:
        linking.copy_across(bid, compared.other, wanted, by=person(request))
    except Stale:
        again = _("Somebody changed one of these in the meantime, so nothing was copied. Look again, then decide.")
        return _show(request, compare(request, bid) or compared, status=409, error=again)
    except NotLinked as refused:
        return _show(request, compared, status=422, error=wording.say(refused.reason))
    except ValidationError as refused:
        return _show(request, compared, status=422, error=" ".join(refused.messages))
    number = sum(len(each.fields) for each in wanted)
    words = ngettext("%(number)d field was copied.", "%(number)d fields were copied.", number)
    messages.success(request, words % {"number": number})
    return redirect(bid_url("linked", bid))


def _wanted(request: HttpRequest, compared: Comparison) -> list[Wanted]:
    """What was chosen, with the versions that were seen; 403 where one of the rows isn't this person's to change."""
    known = {each.place: each for each in compared.differing}
    seen = dict(sent.partition("=")[::2] for sent in request.POST.getlist("seen"))
    chosen: dict[str, list[str]] = {}
    for sent in request.POST.getlist("take"):
        place, _slash, field = sent.rpartition("/")
        chosen.setdefault(place, []).append(field)
    wanted = []
    for place, names in chosen.items():
        if place in known:
            act, about = _act_of(compared.both.work, known[place])
            compared.both.work.insist(act, **about)
            wanted.append(_of(known[place], names, seen.get(place, "")))
    return [each for each in wanted if each.fields]


def _of(differing: Differing, names: Iterable[str], seen: str) -> Wanted:
    offered = [one.field for one in differing.differences if one.can_be_copied and one.field in names]
    here, _colon, there = seen.partition(":")
    return Wanted(differing.section, differing.key, differing.theirs, tuple(offered), _number(here), _number(there))


def _number(typed: str) -> int:
    """A version; 0, which no row has, where the form was tampered with."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _show(request: HttpRequest, compared: Comparison, *, status: int = 200, error: str = "") -> HttpResponse:
    taken = frozenset(request.POST.getlist("take"))
    titles = {"partners": _("Partners"), "sites": _("Sites"), "budget": _("Budget lines")}
    sheets = [
        Sheet(title, tuple(_thing(compared, each, taken) for each in compared.differing if each.section == section))
        for section, title in titles.items()
    ]
    return page(
        request, compared.both.work, "bids/linked/copy.html", status=status, other=compared.other,
        sheets=[sheet for sheet in sheets if sheet.things], errors=[{"text": error}] if error else [],
    )  # fmt: skip


def _thing(compared: Comparison, found: Differing, taken: frozenset[str]) -> Thing:
    work = compared.both.work
    act, about = _act_of(work, found)
    may = work.may(act, **about)
    place_there = f"{found.section}/{found.theirs}"
    seen = f"{found.place}={compared.here.get(found.place, 0)}:{compared.there.get(place_there, 0)}"
    choices = tuple(_choice(compared.base, found, one, may, taken) for one in found.differences)
    return Thing(_name(work, found), seen, choices)


def _choice(base: SharedBase, found: Differing, one: Difference, may: Decision, taken: frozenset[str]) -> Choice:
    take = f"{found.place}/{one.field}" if may and one.can_be_copied else ""
    if one.field == COST:
        mine = _cost(base.mine.assessment.lines[found.key].amount, *one.mine)
        theirs = _cost(base.theirs.assessment.lines[found.theirs].amount, *one.theirs)
        return Choice(_("Cost"), mine, theirs, take, take in taken)
    label = capfirst(str(COPIED[found.section]._meta.get_field(one.field).verbose_name))
    return Choice(label, _words(one.field, one.mine), _words(one.field, one.theirs), take, take in taken)


def _words(field: str, value: Any) -> str:
    """A value as people read it."""
    if field == "category":
        return category_name(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return wording.word(value) if isinstance(value, Word) else wording.show(value or None)


def _cost(found: Euro, amount: Any, quantity: Any, unit: str, unit_cost: Any, pricing: Any) -> str:
    """What a line costs, and how that was typed where it wasn't the amount itself."""
    parts = []
    if quantity is not None or unit_cost is not None:
        parts.append(f"{wording.show(quantity)} {unit} × {wording.show(unit_cost)}".replace("  ", " "))
    if pricing is not None:
        parts.append("; ".join(f"{label}: {wording.show(figure)}" for label, figure in told(pricing)))
    return f"{wording.show(found)} ({'; '.join(parts)})" if parts else wording.show(found)


def _name(work: MoneyWorkspace, found: Differing) -> str:
    row = found.mine_row
    if isinstance(row, CostFact):
        return f"{row.key} · {row.description}" if row.description else row.key
    return work.names.get(row.key, row.key)


def _act_of(work: MoneyWorkspace, found: Differing) -> tuple[Act, dict[str, Any]]:
    """Which act copying onto this row is, and what it is about."""
    if isinstance(found.mine_row, CostFact):
        partner = found.mine_row.partner
        return line_act(work.who, partner), {"partner": partner, "section": found.place}
    if found.section == "partners":
        return Act.EDIT_PARTNER, {"partner": found.key, "section": found.place}
    return Act.EDIT_PLAN, {"section": found.place}


def _versions(bid: Bid) -> dict[str, int]:
    """Of every row that can be copied, by place."""
    parts = [
        model.objects.filter(bid=bid).order_by().values_list(Value(section), "key", "version")
        for section, model in COPIED.items()
    ]
    return {f"{section}/{key}": version for section, key, version in parts[0].union(*parts[1:], all=True)}
