"""A laptop's own secret key, made once and kept beside its data."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def kept_secret(folder: Path) -> str:
    """The key of this installation; refused in a sentence where its folder can't be used."""
    try:
        return _kept(folder)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder for its data can't be used ({error.strerror}: {error.filename or folder}). "
            "Choose one that you may write to: DATA_DIR=…"
        ) from error


def _kept(folder: Path) -> str:
    """The key, made if it is not there yet; two processes that start together agree on one."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret-key"
    fresh = folder / f"secret-key.{os.getpid()}"
    if not path.exists():
        try:
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(get_random_secret_key())
            with suppress(FileExistsError):
                os.link(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)
    return path.read_text()
