"""Every sentence of the house is there in French, Dutch and German, whole and compiled."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from config.env import BASE_DIR

LANGUAGES = ("fr", "nl", "de")
# What has to come through a translation: parameters, tags, and characters that HTML would take for its own.
KEPT = re.compile(r"%\(\w+\)[sd]|%[sd](?!\w)|\{\w*\}|</?\w[^>]*>|&\w+;")


def catalogue(language: str, root: Path = BASE_DIR) -> polib.POFile:
    return polib.pofile(str(root / "locale" / language / "LC_MESSAGES" / "django.po"))


def forms(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each English form with its translation."""
    if entry.msgid_plural:
        return [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]
    return [(entry.msgid, entry.msgstr)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_or_guessed(language: str) -> None:
    entries = [entry for entry in catalogue(language) if not entry.obsolete]
    assert [entry.msgid for entry in entries if entry.fuzzy or not all(said for _, said in forms(entry))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_parameters_and_tags_come_through(language: str) -> None:
    lost = [
        (english, said)
        for entry in catalogue(language)
        for english, said in forms(entry)
        if set(KEPT.findall(said)) != set(KEPT.findall(english))
    ]
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_was_written(language: str) -> None:
    compiled = polib.mofile(str(BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.mo"))
    told = {(entry.msgctxt, entry.msgid): [said for _, said in forms(entry)] for entry in compiled}
    assert told == {(entry.msgctxt, entry.msgid): [said for _, said in forms(entry)] for entry in catalogue(language)}


@pytest.mark.skipif(
    not shutil.which("xgettext") and os.environ.get("TANDEM_ALL") != "1",
    reason="no xgettext here: apt-get install gettext",
)
def test_every_sentence_of_the_sources_has_been_collected(tmp_path: Path) -> None:
    """`make messages` would add nothing and drop nothing."""
    kept = shutil.ignore_patterns("__pycache__", "vendor", "*.json")
    for name in ("accounts", "bids", "config", "templates", "locale"):
        shutil.copytree(BASE_DIR / name, tmp_path / name, ignore=kept)
    shutil.copy(BASE_DIR / "manage.py", tmp_path)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "fr", "--no-obsolete", "--add-location", "file"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    now = {(entry.msgctxt, entry.msgid) for entry in catalogue("fr", tmp_path)}
    assert now ^ {(entry.msgctxt, entry.msgid) for entry in catalogue("fr")} == set()
