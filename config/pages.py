"""Pages about the house itself."""

from __future__ import annotations

import json
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.declare import declare
from bids import bidfile

SECURITY_TEXT_DAYS = 180


@declare("public")
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for everybody, what doesn't yet, and where to complain: a legal duty."""
    return render(request, "accessibility.html")


@declare("public")
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116)."""
    expires = clock.now() + timedelta(days=SECURITY_TEXT_DAYS)
    lines = (
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, fr, nl, de",
        f"Canonical: {settings.SITE_URL}{reverse('security-txt')}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@declare("public")
@require_safe
def bid_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of bid files, for other tools."""
    text = json.dumps(bidfile.schema(), indent=2, ensure_ascii=False)
    return HttpResponse(text, content_type="application/schema+json")
