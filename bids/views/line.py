"""One budget line: its whole form, its cells in the table, copied, taken out and put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.declare import declare
from bids.actions import budget, rows
from bids.actions.changing import Stale
from bids.forms.budget import ABOUT_PRICE, CellsForm, CostForm, LineForm, formula_names
from bids.models import BudgetLine
from bids.rulebook.funding import price
from bids.rulebook.permits import Act, line_act
from bids.views.budget import answer, budget_address, parts_of, row_answer, table_of, undo_of
from bids.views.budget_workspace import (
    MoneyWorkspace,
    after_saving,
    budget_to_edit,
    line_to_edit,
    money_workspace,
    refuse,
)
from bids.views.conflict import conflict, sides_of
from bids.views.removal import version_of
from bids.views.shared import get_bid, page, person

CARRIED = ("stream", "partner", "site", "work_package", "category", "year")  # from a line to the next one


@declare(Act.EDIT_OWN_BUDGET)
@require_http_methods(["GET", "POST"])
def add_line(request: HttpRequest, reference: str) -> HttpResponse:
    """A new line; "save and add another" begins the next one where this one was."""
    work = budget_to_edit(request, reference)
    if not work.partners:
        _may_add(work, next(iter(sorted(work.who.own_partner_keys)), None))
    form = LineForm(
        request.POST if request.method == "POST" else None, initial=_from_address(request, work), **_around(work)
    )
    if request.method == "POST" and form.is_valid():
        line = _attempt(form, lambda: budget.add_line(work.bid, form.changes, by=person(request)))
        if line is not None:
            messages.success(request, _("Line %(line)s was added.") % {"line": line.key})
            return redirect(_after_adding(request, work, line))
    return _card(request, work, form, _("Add a budget line"))


@declare(Act.EDIT_OWN_BUDGET)
@require_http_methods(["GET", "POST"])
def edit_line(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """A whole line, with every way of pricing it."""
    work, line = line_to_edit(request, reference, key)
    form = LineForm(request.POST if request.method == "POST" else None, instance=line, **_around(work, key))
    if request.method == "POST":
        try:
            if _saved(request, form, line):
                return redirect(budget_address(request, work, key))
        except Stale as stale:
            return conflict(request, work, form, stale, budget_address(request, work, key))
    elif line.removed_at:
        raise Http404
    return _card(request, work, form, _("Budget line %(line)s") % {"line": key}, key)


@declare(Act.EDIT_OWN_BUDGET)
@require_POST
def save_cells(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """The cells of one row, saved as one edit; a browser without scripts is shown the table again."""
    work, line = line_to_edit(request, reference, key)
    form = CellsForm(request.POST, instance=line, **_around(work, key))
    try:
        saved = _saved(request, form, line)
    except Stale as stale:
        return _conflict_in_row(request, form, stale, work, key)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(budget_address(request, work, key)) if saved else _in_full(request, work, key)
    table = table_of(request, after_saving(work, saved) if saved else money_workspace(request, work.bid))
    response = row_answer(request, table, key, None if saved else form, status=200 if saved else 422)
    if saved and table.asked.grouped_by in form.changed_data:
        response.headers["HX-Refresh"] = "true"  # the row belongs to another group now
    return response


@declare(Act.EDIT_OWN_BUDGET)
@require_POST
def duplicate_line(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """The same cost once more, at the end of its group."""
    work, line = line_to_edit(request, reference, key)
    if line.removed_at:
        raise Http404
    _may_add(work, line.partner.key if line.partner else None)
    copy = budget.copy_line(line, by=person(request))
    messages.success(request, _("Line %(line)s is a copy of %(original)s.") % {"line": copy.key, "original": key})
    return redirect(budget_address(request, work, copy.key, new=copy.key))


@declare(Act.EDIT_OWN_BUDGET)
@require_POST
def delete_line(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Takes a line out at once; the page offers the way back."""
    work, line = line_to_edit(request, reference, key)
    try:
        if not line.removed_at:
            rows.drop(line, seen=version_of(request), by=person(request))
    except Stale:
        return _changed_meanwhile(request, work, key)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(budget_address(request, work, removed=key))
    work = money_workspace(request, work.bid)
    table = table_of(request, work)
    context = work.context(undo=undo_of(work, key, table.asked.query), **parts_of(table))
    return answer(request, "bids/budget/_removed.html", context)


@declare(Act.EDIT_OWN_BUDGET)
@require_POST
def restore_line(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Puts a removed line back as it was."""
    work, line = line_to_edit(request, reference, key)
    budget.restore_line(line, by=person(request))
    messages.success(request, _("Line %(line)s is back.") % {"line": key})
    return redirect(budget_address(request, work, key, new=key))


@declare(Act.READ_WORKING_COPY)
@require_safe
def price_line(request: HttpRequest, reference: str) -> HttpResponse:
    """What a line costs as it is typed, before it is saved."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = money_workspace(request, bid)
    form = LineForm(request.GET, bid=bid, call=work.call)
    return HttpResponse(render_to_string("bids/budget/_price.html", _price_of(form), request))


def _around(work: MoneyWorkspace, key: str = "") -> dict[str, Any]:
    """What the forms of a line need to know of its bid."""
    return {"bid": work.bid, "call": work.call, "partners": work.partners_for(key)}


def _may_add(work: MoneyWorkspace, partner: str | None) -> None:
    """A new line belongs to the budget as a whole, which may be closed where single lines are open."""
    if not (decision := work.may_edit(partner)):
        refuse(work, line_act(work.who, partner), decision)


def _saved(request: HttpRequest, form: CostForm, line: BudgetLine) -> BudgetLine | None:
    """The line as it was saved; None where it can't be read. Raises `Stale` where it moved on, however it reads."""
    if form.is_valid():
        act = lambda: rows.revise(line, form.changes, seen=form.seen, by=person(request))  # noqa: E731
        return _attempt(form, act)
    if line.removed_at or version_of(request) != line.version:
        raise Stale(form.cleaned_data, None if line.removed_at else BudgetLine.objects.get(pk=line.pk))
    return None


def _attempt(form: CostForm, act: Callable[[], BudgetLine]) -> BudgetLine | None:
    """The result of an act; what it minds about the typed values goes into the form."""
    try:
        return act()
    except ValidationError as error:
        at_fields = hasattr(error, "error_dict") and error.error_dict.keys() <= form.fields.keys()
        form.add_error(None, error if at_fields else ValidationError(error.messages))
        return None


def _card(
    request: HttpRequest, work: MoneyWorkspace, form: LineForm, title: str, key: str = "", *, status: int = 200
) -> HttpResponse:
    told = _price_of(form) if form.is_bound else _price_now(work, key)
    if not key:
        told["action"] = _("Add the line")
        told["second"] = {"name": "next", "value": "1", "words": _("Add, then the next one")}
    return page(
        request, work, "bids/budget/line.html", status=status, form=form, title=title, line=key,
        share=work.assessment.lines.get(key), total_figure=f"lines/{key}/total", eu_figure=f"lines/{key}/eu",
        cancel_url=budget_address(request, work, key), **told,
    )  # fmt: skip


def _price_now(work: MoneyWorkspace, key: str) -> dict[str, Any]:
    line = next((line for line in work.facts.budget if line.key == key), None)
    return {"priced": price(line, work.facts, work.call)} if line else {}


def _price_of(form: LineForm) -> dict[str, Any]:
    """The price of a line as typed, or what keeps it from having one."""
    form.is_valid()
    wrong = {words: None for name in (*ABOUT_PRICE, "formula", *formula_names()) for words in form.errors.get(name, ())}
    if wrong or form.is_unpriced(form.cleaned_data):
        return {"wrong": list(wrong)}
    return {"priced": form.priced(form.cleaned_data)}


def _in_full(request: HttpRequest, work: MoneyWorkspace, key: str) -> HttpResponse:
    """The whole form of a line whose cells can't be saved: typed text and reasons stand in it."""
    line = BudgetLine.objects.select_related("partner", "site", "work_package").get(bid=work.bid, key=key)
    boxes = LineForm(instance=line, **_around(work, key))
    standing = {box.html_name: box.value() for box in boxes if box.value() not in (None, "", False)}
    form = LineForm(standing | request.POST.dict(), instance=line, **_around(work, key))
    return _card(request, work, form, _("Budget line %(line)s") % {"line": key}, key)


def _conflict_in_row(
    request: HttpRequest, form: CellsForm, stale: Stale, work: MoneyWorkspace, key: str
) -> HttpResponse:
    """Both versions of a row: below it where scripts run, on a page of their own else."""
    back = budget_address(request, work, key)
    if not request.htmx:  # type: ignore[attr-defined]
        return conflict(request, work, form, stale, back)
    work = money_workspace(request, work.bid)
    table = table_of(request, work)
    sides = sides_of(request, work, form, stale, back)
    row = table.row(key) if stale.theirs is not None else None
    undo = undo_of(work, key, table.asked.query) if row is None else None
    context = work.context(row=row, line=key, undo=undo, conflict=sides, **parts_of(table))
    return answer(request, "bids/budget/_conflict.html", context, status=409)


def _changed_meanwhile(request: HttpRequest, work: MoneyWorkspace, key: str) -> HttpResponse:
    """The line to be removed is not the one that was looked at: it stays, and is shown as it is."""
    words = _("Somebody changed line %(line)s in the meantime. Look at it again, then decide.") % {"line": key}
    if not request.htmx:  # type: ignore[attr-defined]
        messages.warning(request, words)
        return redirect(budget_address(request, work, key))
    table = table_of(request, money_workspace(request, work.bid))
    response = row_answer(request, table, key, status=409, error=words)
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _from_address(request: HttpRequest, work: MoneyWorkspace) -> dict[str, str]:
    """What the line before, or the filter of the table, says about the new one."""
    given = {name: request.GET[name] for name in CARRIED if request.GET.get(name, "-") != "-"}
    streams = [scheme.stream.value for scheme in work.call.streams]
    return ({"stream": streams[0]} if len(streams) == 1 else {}) | given


def _after_adding(request: HttpRequest, work: MoneyWorkspace, line: BudgetLine) -> str:
    if "next" in request.POST:
        return f"{request.path}?{urlencode({name: request.POST.get(name, '') for name in CARRIED})}"
    return budget_address(request, work, line.key, new=line.key)
