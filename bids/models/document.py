"""Files by their content, and what they are to a bid or to the desk."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.bid import Bid
from bids.models.consortium import Partner
from bids.models.fields import KeyField, LineField
from bids.models.parts import Listed, Versioned

is_digest = RegexValidator(r"\A[0-9a-f]{64}\Z", _("A SHA-256 digest has 64 digits 0 to 9 and a to f."))


class StoredFileManager(models.Manager["StoredFile"]):
    """Takes bytes in."""

    def keep(self, content: bytes, *, kind: str = "application/pdf", pages: int | None = None) -> StoredFile:
        """Store these bytes, once: on disk first, then the row. The same bytes give the same row again."""
        sha256 = hashlib.sha256(content).hexdigest()
        write_once(place_of(sha256), content)
        found = {"size": len(content), "kind": kind, "pages": pages}
        return self.get_or_create(sha256=sha256, defaults=found)[0]


class StoredFile(models.Model):
    """Bytes kept once, under their SHA-256; the name people gave them is never a name on disk."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, primary_key=True, validators=[is_digest])
    size = models.PositiveBigIntegerField(_("size in bytes"))
    kind = models.CharField(_("kind"), max_length=64, default="application/pdf")
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    stored_at = models.DateTimeField(_("stored"), default=clock.now)

    objects: ClassVar[StoredFileManager] = StoredFileManager()

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> Path:
        """Where the bytes are."""
        return place_of(self.sha256)

    def is_intact(self) -> bool:
        """Whether the bytes on disk are still the ones that were stored."""
        return has_digest(self.path, self.sha256)


def has_digest(path: Path, sha256: str) -> bool:
    """Whether there is a file with just these bytes."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def place_of(sha256: str) -> Path:
    """The path of the bytes with this digest, in folders by its first two digits."""
    return Path(settings.MEDIA_ROOT) / "files" / sha256[:2] / sha256


def write_once(path: Path, content: bytes, before_rename: Callable[[], None] = lambda: None) -> None:
    """Write a file that nobody changes again (mode 0440), whole or not at all, and kept through a power cut."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), 0o440)
            os.fsync(file.fileno())
        before_rename()
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Document(Listed, Versioned):
    """An annex or letter of the bid. A replacement is a new version; events keep the digest of the former."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="documents")
    kind = LineField(_("kind"), default="other")
    title = LineField(_("title"), blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    partner = models.ForeignKey(
        Partner, models.RESTRICT, null=True, blank=True, related_name="documents", verbose_name=_("partner")
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), default=clock.now)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    of_partner: str | None = None  # key of the partner, where a query asked for it

    class Meta(Listed.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "key"], condition=Q(removed_at__isnull=True), name="document_key_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True) | Q(file=models.F("sha256")), name="document_file_is_the_one_named"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.key


class DeskDocument(models.Model):
    """A paper of the ministry about a bid: an opinion, a receipt, a letter. The consortium never sees it."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="desk_documents")
    kind = KeyField(_("kind"), default="other")
    title = LineField(_("title"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), default=clock.now)

    class Meta:
        verbose_name = _("document of the desk")
        verbose_name_plural = _("documents of the desk")
        ordering = ("uploaded_at", "pk")

    def __str__(self) -> str:
        return self.title or self.kind
