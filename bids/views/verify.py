"""The public check page: whether a digest is one of ours. Nothing of any bid's content, not even its name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids.dossier.verify import DIGEST, known


@declare("public")
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """A field to paste a digest into, as it is printed on the last page of a dossier."""
    typed = "".join(request.GET.get("digest", "").split()).lower()
    if DIGEST.fullmatch(typed):
        return redirect("verify", sha256=typed)
    return render(request, "bids/verify.html", {"typed": typed[:100], "is_no_digest": bool(typed)})


@declare("public")
@require_safe
def verify(request: HttpRequest, sha256: str) -> HttpResponse:
    """What we may tell anybody about a digest; 404 where we never made such a thing."""
    typed = sha256.lower()
    if not DIGEST.fullmatch(typed):
        context = {"typed": typed[:100], "is_no_digest": True}
        return render(request, "bids/verify.html", context, status=404)
    found = known(typed)
    return render(
        request, "bids/verify.html", {"typed": typed, "digest": typed, "found": found}, status=200 if found else 404
    )
