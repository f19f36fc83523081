"""Files that leave the desk: as attachments, with nothing in them that a browser would run."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids.admin.bid_file import open_file, open_judgement
from bids.admin.door import get_bid
from bids.attachment import archive, attachment
from bids.dossier.files import path_of
from bids.models import DeskDocument, Dossier, StoredFile
from bids.package.round import NotPackable, name_of, write_package
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import DossierKind, JobState


@declare(Act.READ_SNAPSHOT)
@require_safe
def document(request: HttpRequest, reference: str, key: str) -> HttpResponseBase:
    """A document of the round: the bytes that were submitted, whatever replaced them since."""
    file = open_file(request, reference, "documents", to=Act.READ_SNAPSHOT)
    digest = next((one.sha256 for one in file.facts.documents if one.key == key), "")
    stored = get_object_or_404(StoredFile, sha256=digest)
    return attachment(stored.path, f"{reference}-{key}")


@declare(Act.READ_REVIEWS)
@require_safe
def paper(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """A paper of the ministry's own file."""
    file = open_judgement(request, reference, "papers")
    found = get_object_or_404(DeskDocument.objects.select_related("file"), pk=number, bid=file.bid)
    return attachment(found.file.path, f"{reference}-{found.kind}-{found.pk}")


@declare(Act.DOWNLOAD_DOSSIER)
@require_safe
def dossier(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """A finished dossier of a round; a draft belongs to the consortium alone."""
    bid = get_bid(request, reference, to=Act.DOWNLOAD_DOSSIER)
    made = Dossier.objects.sealed().filter(bid=bid, state=JobState.DONE, purged_at=None)
    found = get_object_or_404(made.select_related("snapshot", "bid"), pk=number)
    if found.kind is DossierKind.REVIEW:
        get_bid(request, reference, to=Act.READ_REVIEW_DOSSIER, dossier="review")
        open_judgement(request, reference, "dossiers")
    return attachment(path_of(found.kept_sha256), name_of(found))


@declare(Act.DOWNLOAD_DOSSIER)
@require_safe
def package(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """The round in one archive, as the consortium gets it."""
    bid = get_bid(request, reference, to=Act.DOWNLOAD_DOSSIER)
    made = Dossier.objects.filter(bid=bid, kind=DossierKind.SUBMISSION).to_fetch().with_source().select_related("bid")
    try:
        found = get_object_or_404(made, pk=number)
        return archive(partial(write_package, found), name_of(found))
    except NotPackable:
        raise Http404 from None
