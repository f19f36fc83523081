"""The end of the embargo: the consortium is told what was decided."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.declare import declare
from bids.actions import desk
from bids.actions.at_the_desk import NotNow
from bids.admin.bid_file import open_newest, page
from bids.admin.door import NotYours
from bids.rulebook.permits import Act


@declare(Act.PUBLISH_DECISION)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks once, then publishes."""
    file = open_newest(request, reference, "overview", to=Act.PUBLISH_DECISION)
    if request.method == "POST":
        try:
            desk.publish_decision(file.bid, by=file.user)
        except NotNow as refused:
            raise NotYours(refused.reason, file.url("bid")) from None
        messages.success(request, _("The decision is published, and the coordinator is told by letter."))
        return redirect(file.url("bid"))
    return page(request, file, "admin/bid/publish.html")
