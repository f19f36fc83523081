"""The same source makes the same file, in whatever process, folder, language, time zone or order of hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bids.dossier.build import build_pdf
from bids.dossier.source import Built
from config.env import BASE_DIR
from tests.dossier.letters import scanned, with_letters, written

ELSEWHERE = """
import django; django.setup()
import sys; from pathlib import Path
from bids.dossier.build import build_pdf
from tests.dossier import sample
from tests.dossier.letters import with_letters
folder, *letters = map(Path, sys.argv[1:])
source = with_letters(folder, *(letter.read_bytes() for letter in letters)) if letters else sample.small()
print(build_pdf(source).sha256)
"""
ENVIRONMENT = {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8", "LC_ALL": "C"}


def made_elsewhere(folder: Path, *letters: Path) -> str:
    """The digest of the small dossier with these letters, made in a process that knows another time and language."""
    folder.mkdir()
    known = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.test", "TMPDIR": str(folder)}
    made = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, folder, *letters],
        cwd=BASE_DIR,
        env=known | ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.strip()


def test_another_process_makes_the_same_bytes(built: Built, tmp_path: Path) -> None:
    assert made_elsewhere(tmp_path / "elsewhere") == built.sha256


def test_it_makes_the_same_pictures_of_letters(tmp_path: Path) -> None:
    """One that is written and one that is scanned, kept in another folder there."""
    source = with_letters(tmp_path, written(), scanned(2))
    built = build_pdf(source)
    assert len(source.letters) == 2
    assert made_elsewhere(tmp_path / "elsewhere", *(letter.path for letter in source.letters)) == built.sha256
