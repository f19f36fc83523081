"""A file on its way to somebody's disk: never opened in the browser as a page of ours."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

import structlog
from django.http import FileResponse, Http404, HttpResponse

CLOSED = "sandbox; default-src 'none'"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

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


def archive(write: Callable[[IO[bytes]], None], name: str) -> FileResponse:
    """An archive made just now, in a file that nobody else sees and that is gone when it is sent."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{_harmless(name)}.zip", content_type="application/zip")
    response.headers["Content-Security-Policy"] = CLOSED
    return response


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook made just now, to keep under a harmless name."""
    return _made_now(content, XLSX, f"{_harmless(name)}.xlsx")


def text_file(content: bytes, name: str) -> HttpResponse:
    """A text for a word processor made just now."""
    return _made_now(content, DOCX, f"{_harmless(name)}.docx")


def _made_now(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = CLOSED
    return response


def _harmless(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:100]
