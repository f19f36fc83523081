"""Workbooks that come back: looked into by a limited process, kept to be compared, forgotten after their time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import get_language

from accounts import clock
from bids.actions.look_into_workbook import LIMITS
from bids.actions.looking import Ended, found_in
from bids.models import Bid, BudgetImport
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.workbook.stamp import from_cells

if TYPE_CHECKING:
    from accounts.models import User

KEPT = timedelta(days=30)  # so long a workbook can be taken over, or taken back


class NotTaken(Exception):
    """The workbook is not looked at any further; `reason` says why, and what to do."""

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason
        super().__init__(str(reason))


def bring(bid: Bid, upload: UploadedFile, *, results: bool, by: User) -> BudgetImport:
    """Look into a workbook and keep what was found, to be compared; raises `NotTaken` with the reason else."""
    size, most = upload.size or 0, settings.MAX_DOCUMENT_BYTES
    if size > most:
        raise NotTaken(sentence(_FILE_TOO_LARGE, most=most // 1024 // 1024))
    content = upload.read(most + 1)
    found = look_into(content, results=results)
    stamp = from_cells(found["stamp"])
    if stamp is not None and stamp.reference != bid.reference:
        raise NotTaken(sentence(_FOREIGN, reference=stamp.reference, here=bid.reference))
    if not found["rows"]:
        raise NotTaken(sentence(_EMPTY, sheet=found["sheet"]))
    text = json.dumps(found | {"language": (get_language() or "en")[:2], "results": results}, ensure_ascii=False)
    digest = hashlib.sha256(content).hexdigest()
    name = (upload.name or "")[:200].replace("\0", "")
    return BudgetImport.objects.create(bid=bid, by=by, name=name, sha256=digest, text=text)


def look_into(content: bytes, *, results: bool = False) -> dict[str, Any]:
    """What a limited process finds in a workbook; raises `NotTaken` where that is nothing good."""
    try:
        found = found_in(
            content, "bids.actions.look_into_workbook", *(["results"] if results else []), suffix=".xlsx",
            seconds=LIMITS.wall_seconds, OPENPYXL_LXML="False",
        )  # fmt: skip
    except Ended as ended:
        found = {"refused": "time" if ended.out_of_time else "memory"}
    if "refused" in found:
        raise NotTaken(sentence(_REFUSED[found["refused"]], **found))
    return found


def choose(kept: BudgetImport, choices: Mapping[str, bool]) -> None:
    """Remember what somebody takes or leaves."""
    with transaction.atomic():
        now = BudgetImport.objects.select_for_update().get(pk=kept.pk)
        now.choices = {**now.choices, **choices}
        now.save(update_fields=["choices"])
    kept.choices = now.choices


def throw_away(kept: BudgetImport) -> None:
    """Forget a workbook that was not taken over."""
    BudgetImport.objects.filter(pk=kept.pk, taken_at=None).delete()


def purge() -> None:
    """Forget workbooks after their time, taken over or not; what they changed stays in the trail."""
    BudgetImport.objects.filter(at__lt=clock.now() - KEPT).delete()


_FILE_TOO_LARGE = gettext_noop("The file is larger than %(most)s MB. Take out pictures and other sheets.")
_FOREIGN = gettext_noop(
    "This workbook belongs to the bid %(reference)s, not to %(here)s. Open that bid to import it, or copy the lines "
    "into a sheet of their own."
)
_EMPTY = gettext_noop("The sheet “%(sheet)s” has headings and no line below them.")
_REFUSED = {
    "no_workbook": gettext_noop("This is not an Excel workbook. Save it as .xlsx, then upload that."),
    "protected": gettext_noop(
        "This workbook is protected by a password, or of the old kind .xls. Save it as .xlsx without a password."
    ),
    "broken": gettext_noop("This workbook can't be read: it may be damaged. Open it, save it again, then upload that."),
    "members": gettext_noop("This workbook has more than %(most)s parts. Copy the lines into a new one."),
    "names": gettext_noop("This workbook has parts with names that lead elsewhere. Copy the lines into a new one."),
    "large": gettext_noop("This workbook is too large when it is unpacked. Copy the lines into a new one."),
    "memory": gettext_noop("This workbook is too large to be read. Copy the lines into a new one."),
    "time": gettext_noop("Reading this workbook takes too long. Copy the lines into a new one."),
    "macros": gettext_noop("This workbook contains macros. Save it as .xlsx without macros, then upload that."),
    "links": gettext_noop(
        "This workbook fetches something from other files or from the network. Copy the values into a new one."
    ),
    "nested": gettext_noop("This workbook has other files inside. Copy the lines into a new one."),
    "doctype": gettext_noop("This workbook declares types of its own, which no spreadsheet does. It is not opened."),
    "mixed": gettext_noop("The rows of this workbook are out of order. Open it, save it again, then upload that."),
    "version": gettext_noop("This workbook was made by another version of Tandem. Download a new one and edit that."),
    "no_headings": gettext_noop(
        "No sheet has a row with the names of at least two columns, such as Line, Partner, Category or Amount."
    ),
    "twice": gettext_noop("Two columns mean the same: %(headings)s. Keep one of them."),
    "rows": gettext_noop("The sheet has more than %(most)s lines. Split it."),
    "columns": gettext_noop("Row %(row)s reaches beyond the %(most)s columns that are read. Take the rest out."),
    "text": gettext_noop("The texts of this workbook are longer than can be read. Shorten them, or split it."),
}
