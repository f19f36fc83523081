"""The ministry's own file of a bid: letters, receipts and opinions on paper. The consortium never sees it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.declare import declare
from bids.actions import desk
from bids.admin.bid_file import open_judgement, page
from bids.admin.door import NotYours
from bids.forms.desk import PaperForm
from bids.models import DeskDocument
from bids.rulebook.permits import Act


@declare(Act.READ_REVIEWS)
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, reference: str) -> HttpResponse:
    """The papers kept so far, and a form for one more."""
    file = open_judgement(request, reference, "papers")
    may_keep = file.may(Act.MINISTRY_COMMENT)
    form = PaperForm(request.POST or None, request.FILES or None) if may_keep else None
    if request.method == "POST" and not may_keep:
        raise NotYours(may_keep.reason, file.url("bid-papers"))
    if request.method == "POST" and form is not None and form.is_valid():
        given = form.cleaned_data
        desk.keep_paper(file.bid, given["kind"], given["title"], given["file"], by=file.user)
        messages.success(request, _("“%(name)s” is in the file.") % {"name": given["title"]})
        return redirect(file.url("bid-papers"))
    kept = DeskDocument.objects.filter(bid=file.bid).select_related("file", "uploaded_by")
    return page(request, file, "admin/bid/papers.html", papers=kept, form=form)
