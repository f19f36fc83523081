"""A stored PDF on its way to somebody's disk: never opened in the browser as a page of ours."""

from __future__ import annotations

import re
from pathlib import Path

import structlog
from django.http import FileResponse, Http404

log = structlog.get_logger(__name__)


def attachment(path: Path, name: str) -> FileResponse:
    """These bytes as a PDF to keep, under a harmless name; 404 where the disk has lost them."""
    try:
        file = path.open("rb")
    except OSError as error:
        log.exception("stored_file_is_missing", path=path.name, error=str(error))
        raise Http404 from None
    harmless = re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:100]
    response = FileResponse(file, as_attachment=True, filename=f"{harmless}.pdf", content_type="application/pdf")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
