"""Bytes are kept once, whole, under their digest, and never changed."""

from __future__ import annotations

import hashlib
import os
import stat

import pytest

from bids.models import StoredFile
from bids.models.document import place_of

pytestmark = pytest.mark.django_db


def test_bytes_are_kept_under_their_digest_and_read_only() -> None:
    file = StoredFile.objects.keep(b"%PDF-1.7 a letter", pages=2)
    assert file.sha256 == hashlib.sha256(b"%PDF-1.7 a letter").hexdigest()
    assert file.path.read_bytes() == b"%PDF-1.7 a letter"
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o440
    assert (file.size, file.pages, file.kind) == (17, 2, "application/pdf")
    assert file.is_intact()


def test_the_same_bytes_are_kept_once() -> None:
    first = StoredFile.objects.keep(b"twice")
    written = first.path.stat().st_mtime_ns
    assert StoredFile.objects.keep(b"twice") == first
    assert first.path.stat().st_mtime_ns == written
    assert StoredFile.objects.count() == 1


def test_changed_or_missing_bytes_are_noticed() -> None:
    file = StoredFile.objects.keep(b"as it was")
    os.chmod(file.path, 0o640)
    file.path.write_bytes(b"as it isn't")
    assert not file.is_intact()
    file.path.unlink()
    assert not file.is_intact()


def test_a_full_disk_leaves_nothing_half_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(handle: int) -> None:
        raise OSError(28, "No space left on device")

    place = place_of(hashlib.sha256(b"too much").hexdigest())
    monkeypatch.setattr(os, "fsync", no_space)
    before = set(place.parent.glob("*"))
    with pytest.raises(OSError, match="No space"):
        StoredFile.objects.keep(b"too much")
    assert set(place.parent.glob("*")) == before
    assert not StoredFile.objects.exists()
