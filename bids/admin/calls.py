"""Calls as the ministry keeps them: their numbers, where each comes from, and what differs between versions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Count, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.declare import SIGNED_IN, declare
from bids import callfile, snapshot
from bids.actions.calls import dates_of
from bids.admin import call_numbers
from bids.admin.room import Room
from bids.models import Call, CallVersion, DateChange


class CallAdmin(Room):
    """Everybody at the desk reads the calls; they are loaded from data files, and two people change their numbers."""

    acts: ClassVar = {"changelist": SIGNED_IN}
    list_display = ("reference",)
    search_fields = ("reference", "title")
    search_help_text = _("Reference or title")
    ordering = ("reference",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Call]:
        return Call.objects.annotate(newest=Max("versions__number"), bids=Count("versions__bids", distinct=True))

    def get_urls(self) -> list[URLPattern | URLResolver]:  # type: ignore[override]
        return [
            *super().get_urls(),
            path("<reference>/", self.wrapped(show), name="call"),
            path("<reference>/numbers/", self.wrapped(call_numbers.show), name="call-numbers"),
            path("<reference>/numbers/change/", self.wrapped(call_numbers.change), name="call-numbers-change"),
            path("<reference>/changes/<int:number>/", self.wrapped(call_numbers.show_proposal), name="call-change"),
            *(
                path(f"<reference>/changes/<int:number>/{word}/", self.wrapped(view), name=f"call-change-{word}")
                for word, view in call_numbers.CLOSINGS.items()
            ),
            path("<reference>/<int:number>/", self.wrapped(show), name="call-version"),
            path("<reference>/<int:old>/<int:new>/", self.wrapped(compare), name="call-difference"),
        ]


@declare(SIGNED_IN)
@require_safe
def show(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponse:
    """One version of a call, the one in force unless another is named."""
    call = get_object_or_404(Call, reference=reference)
    made_by = ("made_by__proposed_by", "made_by__closed_by")
    versions = list(call.versions.select_related(*made_by).defer("data").annotate(bids_under_it=Count("bids")))
    wanted = max(version.number for version in versions) if number is None else number
    version = get_object_or_404(CallVersion.objects.select_related("call"), call=call, number=wanted)
    facts = snapshot.facts_of(version)
    cutoff, closes = dates_of(call, clock.now())
    moved = DateChange.objects.filter(call=call).select_related("proposed_by", "confirmed_by")
    return render(request, "admin/bids/call/show.html", {
        "title": facts.title, "call": call, "version": version, "versions": versions, "facts": facts,
        "cutoff": cutoff, "closes": closes, "moved": moved, "marks": sorted(facts.marks.items()),
    })  # fmt: skip


@declare(SIGNED_IN)
@require_safe
def compare(request: HttpRequest, reference: str, old: int, new: int) -> HttpResponse:
    """What differs between two versions, value by value."""
    found = {version.number: version for version in CallVersion.objects.filter(call__reference=reference)}
    if old == new or not {old, new} <= set(found):
        raise Http404
    changes = callfile.difference(found[old].data, found[new].data)
    shown = [change for change in changes if change.path != "version"]
    return render(request, "admin/bids/call/compare.html", {
        "title": reference, "call": found[new].call, "old": found[old], "new": found[new],
        "changes": [(change.path, _told(change.before), _told(change.after)) for change in shown],
    })  # fmt: skip


def _told(value: Any) -> str:
    """A value of the data as people read it."""
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
