"""The page on which one row is written: form, act, conflict, redirect."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from bids.actions.changing import Stale
from bids.forms.row import RowForm
from bids.views.conflict import conflict
from bids.views.shared import Workspace, page


def card(
    request: HttpRequest,
    work: Workspace,
    form: RowForm,
    save: Callable[[], Any],
    *,
    title: str,
    back: str,
    template: str = "bids/card.html",
    lists: Iterable[Any] = (),
    now: Callable[[], Iterable[Any]] = tuple,
    **more: Any,
) -> HttpResponse:
    """Show the form; on POST save it and go back, or show both texts where somebody else was first.

    `lists` are formsets inside the card; `now` gives the same lists as they stand in the tables.
    """
    sets = list(lists)
    if request.method == "POST" and all([form.is_valid(), *(one.is_valid() for one in sets)]):
        try:
            save()
        except Stale as stale:
            return conflict(request, work, form, stale, back, zip(sets, now(), strict=True))
        messages.success(request, _("Saved."))
        return redirect(back)
    formset = [entry for one in sets for entry in one.forms]
    return page(request, work, template, form=form, title=title, cancel_url=back, formset=formset, lists=sets, **more)
