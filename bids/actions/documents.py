"""Documents of a bid: brought in, described, replaced, taken out and put back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from accounts import clock
from bids.actions.changing import changing
from bids.models import Bid, Document, StoredFile

if TYPE_CHECKING:
    from accounts.models import User


class PlaceTaken(Exception):
    """Another document stands under the key of the removed one by now."""


def bring_document(bid: Bid, values: Mapping[str, Any], file: StoredFile, *, by: User) -> Document:
    """A new document."""
    with changing(bid, by=by) as change:
        document = Document(key=change.free_key(Document, "D"), **dict(values) | _brought(file, by))
        return change.add(document)


def revise_document(
    document: Document, changes: Mapping[str, Any], file: StoredFile | None, *, seen: int, by: User
) -> Document:
    """Describe a document anew and, with a file, replace it: the event keeps the digest of the former one."""
    brought = {} if file is None or file.sha256 == document.sha256 == document.file_id else _brought(file, by)
    with changing(document.bid, by=by) as change:
        return change.save(document, dict(changes) | brought, expected=seen)


def remove_document(document: Document, *, seen: int, by: User) -> None:
    """Take a document out of the bid; it can be put back."""
    with changing(document.bid, by=by) as change:
        change.remove(document, expected=seen)


def restore_document(document: Document, *, by: User) -> Document:
    """Put a removed document back."""
    with changing(document.bid, by=by) as change:
        kept = Document.objects.filter(bid=document.bid_id, key=document.key, removed_at=None)
        if kept.exclude(pk=document.pk).exists():
            raise PlaceTaken
        return change.restore(document)


def _brought(file: StoredFile, by: User) -> dict[str, Any]:
    return {
        "file": file,
        "sha256": file.sha256,
        "pages": file.pages,
        "uploaded_by": by,
        "uploaded_at": clock.now(),
    }
