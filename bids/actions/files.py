"""Uploaded PDF files: looked into before they are kept, and refused with a sentence that says what to do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from bids.actions.looking import Ended, found_in
from bids.models import StoredFile
from bids.rulebook.text import Sentence, gettext_noop, sentence

MOST_PAGES = 300
SECONDS = 30


class NotAccepted(Exception):
    """The file is not kept; `reason` says why, and what to do."""

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason
        super().__init__(str(reason))


def keep_pdf(upload: UploadedFile) -> StoredFile:
    """Store an uploaded PDF under its digest, once it is found harmless; its name on disk is never the typed one."""
    size, most = upload.size or 0, settings.MAX_DOCUMENT_BYTES
    if size > most:
        raise NotAccepted(sentence(_TOO_LARGE, size=_megabytes(size), most=_megabytes(most)))
    content = upload.read(most + 1)
    if not content.startswith(b"%PDF-"):
        raise NotAccepted(sentence(_NO_PDF))
    return StoredFile.objects.keep(content, pages=pages_of(content))


def pages_of(content: bytes) -> int:
    """The number of pages of a PDF that holds nothing but pages; raises `NotAccepted` for any other."""
    seen = _look(content)
    wrong = [seen["fault"]] if "fault" in seen else seen["found"]
    if wrong:
        raise NotAccepted(sentence(_WRONG[wrong[0]]))
    pages = int(seen["pages"])
    if not 0 < pages <= MOST_PAGES:
        raise NotAccepted(sentence(_TOO_LONG, pages=pages, most=MOST_PAGES))
    return pages


def _look(content: bytes) -> dict[str, Any]:
    """What a limited process of its own finds in the file; one that is killed counts as broken."""
    try:
        return found_in(content, "bids.actions.look_into_pdf", suffix=".pdf", seconds=SECONDS)
    except Ended:
        return {"fault": "broken"}


def _megabytes(size: int) -> int:
    return -(-size // (1024 * 1024))


_NO_PDF = gettext_noop("This is not a PDF file. Save or print the document as PDF, then upload that.")
_TOO_LARGE = gettext_noop("The file has %(size)s MB; at most %(most)s MB can be kept. Reduce its images, or split it.")
_TOO_LONG = gettext_noop("The file has %(pages)s pages; one to %(most)s can be kept. Split it.")
_WRONG = {
    "broken": gettext_noop("This PDF can't be read: it may be damaged. Save it again, then upload that."),
    "encrypted": gettext_noop("This PDF is protected by a password. Save it without protection, then upload that."),
    "script": gettext_noop("This PDF contains a script. Print it as PDF, then upload the print."),
    "launch": gettext_noop("This PDF would start another program. Print it as PDF, then upload the print."),
    "embedded": gettext_noop("This PDF has other files inside. Upload each of them by itself, without attachments."),
    "large": gettext_noop("This PDF is too intricate to be checked. Print it as PDF, then upload the print."),
}
