"""A file on its way to somebody's disk: never opened in the browser as a page of ours."""

from __future__ import annotations

import re
from pathlib import Path

import structlog
from django.http import FileResponse, Http404, HttpResponse

CLOSED = "sandbox; default-src 'none'"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

log = structlog.get_logger(__name__)


def attachment(path: Path, name: str) -> FileResponse:
    """These bytes as a PDF to keep, under a harmless name; 404 where the disk has lost them."""
    try:
        file = path.open("rb")
    except OSError as error:
        log.exception("stored_file_is_missing", path=path.name, error=str(error))
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=f"{_harmless(name)}.pdf", content_type="application/pdf")
    response.headers["Content-Security-Policy"] = CLOSED
    return response


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook made just now, to keep under a harmless name."""
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{_harmless(name)}.xlsx"'
    response.headers["Content-Security-Policy"] = CLOSED
    return response


def _harmless(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:100]
