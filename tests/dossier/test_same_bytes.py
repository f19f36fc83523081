"""The same source makes the same file, in whatever process, folder, language, time zone or order of hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bids.dossier.source import Built
from config.env import BASE_DIR

ELSEWHERE = """
import django; django.setup()
from bids.dossier.build import build_pdf
from tests.dossier import sample
print(build_pdf(sample.small()).sha256)
"""


def made_with(folder: Path, **environment: str) -> str:
    """The digest of the small dossier, made in a process of its own."""
    folder.mkdir()
    known = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.test", "TMPDIR": str(folder)}
    made = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        cwd=BASE_DIR,
        env=known | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.strip()


def test_another_process_makes_the_same_bytes(built: Built, tmp_path: Path) -> None:
    elsewhere = {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8", "LC_ALL": "C"}
    assert made_with(tmp_path / "elsewhere", **elsewhere) == built.sha256
