"""The budget: every line with what it costs and what the Union pays, and what the bid adds up to."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.declare import declare
from bids import wording
from bids.actions.taking_over import counts
from bids.forms.budget import CellsForm
from bids.forms.budget_filter import BudgetFilter
from bids.models import BudgetImport, BudgetLine
from bids.models.fields import can_be_stored
from bids.rulebook.permits import Act
from bids.rulebook.text import gettext_noop, sentence
from bids.views.budget_figures import by_partner_and_site, figures
from bids.views.budget_row import columns
from bids.views.budget_table import BudgetTable
from bids.views.budget_workspace import MoneyWorkspace, money_workspace
from bids.views.money import who_pays
from bids.views.shared import bid_url, get_bid, page

FIGURES = ("total", "eligible", "eu", "eu_share", "national", "uncovered", "union_access_share")
ROW = "bids/budget/_answer.html"

_IMPORTED = gettext_noop(
    "“%(name)s” is imported. Lines added: %(added)s, changed: %(changed)s, removed: %(removed)s, "
    "put back: %(put_back)s."
)


@declare(Act.READ_WORKING_COPY)
@require_safe
def show_budget(request: HttpRequest, reference: str) -> HttpResponse:
    """The table with its filters, the figures it adds up to, and what can be done with it."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = money_workspace(request, bid)
    table = table_of(request, work)
    undo = _undo(work, request.GET.get("removed", ""), table.asked.query)
    return page(
        request, work, "bids/budget/table.html",
        undo=undo or _undo_import(work, request.GET.get("imported", "")), groups=table.groups(),
        may_download=work.may(Act.EXPORT_BID, somewhere=True), may_import=work.may_import, **parts_of(table),
    )  # fmt: skip


def table_of(request: HttpRequest, work: MoneyWorkspace) -> BudgetTable:
    """The table as its address asks for it; an edited row sends the same address along."""
    asked = BudgetFilter(request.GET, work.facts)
    return BudgetTable(work, asked, request.GET.get("page", ""), request.GET.get("new", ""))


def parts_of(table: BudgetTable) -> dict[str, Any]:
    """What the page and the answer to an edited cell both show."""
    work, money = table.work, table.work.assessment
    return {
        "table": table,
        "filter": table.asked,
        "query": table.asked.query,
        "columns": columns(),
        "sums": table.sums,
        "figures": figures(work, *(name for name in FIGURES if _is_known(money, name))),
        "plots": [who_pays(work), by_partner_and_site(work)] if work.facts.budget else [],
        "may_add": work.partners,
        "refusal": None if work.partners else work.may(Act.EDIT_PARTNER_BUDGET, somewhere=True).reason,
    }


def row_answer(
    request: HttpRequest,
    table: BudgetTable,
    key: str,
    form: CellsForm | None = None,
    *,
    status: int = 200,
    error: str = "",
) -> HttpResponse:
    """The row of a line by itself, with every figure of the page that may have moved with it."""
    context = table.work.context(row=table.row(key, form, error), **parts_of(table))
    return answer(request, ROW, context, status=status)


def answer(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A piece of the page, which says in words whether it was saved, and when."""
    response = HttpResponse(render_to_string(template, context, request), status=status)
    words = _("Saved %(time)s") % {"time": wording.clock_time(clock.now())} if status == 200 else _("Not saved yet")
    response.headers["HX-Trigger"] = json.dumps({"saved": {"words": words}})
    return response


def budget_address(request: HttpRequest, work: MoneyWorkspace, key: str = "", **more: str) -> str:
    """The table as it was looked at, at the row of a line."""
    asked = BudgetFilter(request.GET, work.facts)
    query = urlencode(asked.chosen | more)
    anchor = f"#line-{key}" if key else ""
    return bid_url("budget", work.bid) + (f"?{query}" if query else "") + anchor


def _undo(work: MoneyWorkspace, key: str, query: str) -> dict[str, Any] | None:
    """The way back for a line that was just removed."""
    is_asked = bool(key) and can_be_stored(key)
    gone = is_asked and BudgetLine.objects.filter(bid=work.bid, key=key).exclude(removed_at=None).exists()
    return undo_of(work, key, query) if gone else None


def undo_of(work: MoneyWorkspace, key: str, query: str) -> dict[str, Any]:
    """What components/undo.html offers after a line was removed."""
    words = sentence(gettext_noop("Line %(line)s was removed."), line=key)
    url = bid_url("line-restore", work.bid, key=key)
    return {"sentence": words, "url": f"{url}?{query}" if query else url, "fields": {}}


def _undo_import(work: MoneyWorkspace, number: str) -> dict[str, Any] | None:
    """What was taken over of a workbook just now, and the way back."""
    brought = BudgetImport.objects.filter(bid=work.bid, by=work.user, undone_at=None).exclude(taken_at=None)
    kept = brought.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    if kept is None:
        return None
    url = bid_url("budget-review-undo", work.bid, number=kept.pk)
    return {"sentence": sentence(_IMPORTED, name=kept.name, **counts(kept)), "url": url, "fields": {}}


def _is_known(money: Any, name: str) -> bool:
    """The access share is only told where there is a machine."""
    return name != "union_access_share" or money.union_access_share is not None
