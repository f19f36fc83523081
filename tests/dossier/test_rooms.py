"""The printer stays in its room: no process that serves pages or keeps jobs ever loads it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bids.dossier import limits
from bids.dossier.edition import EDITION, PARTS, PRODUCER
from config.env import BASE_DIR

LOADED = """
import django; django.setup()
import bids.urls, bids.actions.dossiers, bids.tasks, bids.clock, bids.dossier.job, sys
printers = {"weasyprint", "pydyf", "pikepdf", "fontTools", "pyhanko", "cryptography"}
print(sorted({name.partition(".")[0] for name in sys.modules} & printers))
"""
WITHOUT_SETTINGS = """
import bids.dossier.presswork, sys
print(sorted({name.partition(".")[0] for name in sys.modules} & {"django", "celery", "config", "redis", "psycopg"}))
"""


def loaded(question: str, **environment: str) -> str:
    asked = subprocess.run(
        [sys.executable, "-c", question],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return asked.stdout.strip()


def test_who_asks_for_dossiers_never_loads_the_printer() -> None:
    assert loaded(LOADED, DJANGO_SETTINGS_MODULE="config.settings.test") == "[]"


def test_who_seals_knows_neither_django_nor_the_database() -> None:
    assert loaded(WITHOUT_SETTINGS.replace("presswork", "seal.sealwork")) == "[]"


def test_the_printer_knows_neither_django_nor_the_database() -> None:
    assert loaded(WITHOUT_SETTINGS) == "[]"


def test_a_machine_that_permits_no_namespace_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    class Forbidden:
        def unshare(self, flags: int) -> int:
            return -1

    monkeypatch.setattr(limits.ctypes, "CDLL", lambda *_, **__: Forbidden())
    assert limits.leave_the_network() is False


def test_an_edition_is_told_by_its_files() -> None:
    assert len(EDITION) == 12
    assert PRODUCER.startswith("Tandem (weasyprint ")
    for folder, pattern in PARTS[:-1]:  # translations are compiled later
        assert list((BASE_DIR / folder).glob(pattern)), folder
