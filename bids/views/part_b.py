"""Part B for a word processor, to be pasted into the template of the call."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids.actions.texts import texts_of
from bids.attachment import text_file
from bids.package.part_b import part_b
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import Language
from bids.views.shared import get_bid, is_of_the_consortium


@declare(Act.EXPORT_BID)
@require_safe
def download_part_b(request: HttpRequest, reference: str, language: str) -> HttpResponse:
    """The chapters in this language: for the consortium as they stand, for the ministry as they were submitted."""
    if language not in {known.value for known in Language}:
        raise Http404
    bid = get_bid(request, reference, to=Act.EXPORT_BID)
    source = texts_of(bid, Language(language), is_working_copy=is_of_the_consortium(bid))
    state = f"round-{source.round}" if source.round else "working-copy"
    return text_file(part_b(source), f"{bid.reference}-part-b-{state}-{language}")
