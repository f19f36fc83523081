"""Every template compiles, and none has what the content security policy forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from config.env import BASE_DIR

FOLDER = BASE_DIR / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.suffix in (".html", ".txt"))
INLINE = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "an inline script": r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")",
    "a script address": r"javascript:",
    "htmx that needs eval": r"hx-on|hx-vals=.js:|hx-trigger=\"[^\"]*\[",
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_compiles(name):
    assert get_template(name).template.name == name


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not name.startswith(("dossier/", "email/"))])
def test_it_keeps_to_the_policy(name):
    text = Path(FOLDER / name).read_text(encoding="utf-8")
    assert {what for what, pattern in INLINE.items() if re.search(pattern, text)} == set()
