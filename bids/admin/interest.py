"""Before anything else: does this person have a conflict of interest with the bid?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.declare import declare
from bids.actions import desk
from bids.admin.bid_file import open_newest, page
from bids.forms.desk import InterestForm
from bids.models import InterestDeclaration
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import Interest


@declare(Act.DECLARE_INTEREST)
@require_http_methods(["GET", "POST"])
def declare_interest(request: HttpRequest, reference: str) -> HttpResponse:
    """Title and parties, enough to judge; then the declaration."""
    file = open_newest(request, reference, "interest", to=Act.DECLARE_INTEREST)
    form = InterestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        interest = Interest(form.cleaned_data["interest"])
        desk.declare_interest(file.bid, interest, reason=form.cleaned_data["reason"], by=file.user)
        if interest is Interest.CONFLICT:
            messages.info(request, _("Thank you. The bid is no longer yours, and no longer shown to you."))
            return redirect("desk:index")
        messages.success(request, _("Your declaration is recorded."))
        return redirect("desk:bid", reference=reference)
    held = InterestDeclaration.objects.filter(bid=file.bid, user=file.user, replaced_at=None).first()
    parties = file.bid.partners.order_by("position", "pk")
    return page(request, file, "admin/bid/interest.html", form=form, held=held, parties=parties)
