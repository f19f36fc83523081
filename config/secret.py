"""A laptop's own secret key, made once and kept beside its data."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def kept_secret(folder: Path) -> str:
    """The key of this installation; two processes that start together agree on one."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret-key"
    fresh = folder / f"secret-key.{os.getpid()}"
    if not path.exists():
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(get_random_secret_key())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()
