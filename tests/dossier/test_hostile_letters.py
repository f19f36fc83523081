"""Letters made to break whoever looks at them, at two doors: that of uploads, and straight into the press."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bids.actions.files import NotAccepted, pages_of
from bids.dossier import letters
from bids.dossier.build import build_pdf
from bids.dossier.contents import sections
from bids.dossier.html import Writer
from bids.dossier.limits import Limits
from bids.dossier.press import Press, PressFailed
from bids.dossier.source import CannotBuild
from tests.dossier.hostile import document
from tests.dossier.hostile_letters import LETTERS
from tests.dossier.letters import with_letters

SHORT = Limits(cpu_seconds=2)
NOT_TAKEN_IN = {
    "nothing": "This PDF can't be read",
    "half a file": "This PDF can't be read",
    "random bytes": "This PDF can't be read",
    "pages in a circle": "This PDF can't be read",
    "four hundred pages": "The file has 400 pages",
    "a page that is inside out": "This PDF can't be read",
    "a script": "This PDF contains a script",
    "a form that sends itself": "This PDF would start another program",
}
ENDS = {
    "nothing": "letter",
    "half a file": "letter",
    "random bytes": "letter",
    "four hundred pages": "letter",
    "no table of objects": "letter",  # it has two pages
    "nine hundred million pixels, ten times": "time",
    "a form that draws itself a billion times": "time",
    "endless tiles": "time",
    "two million strokes": "time",
    "a gigabyte of instructions": "memory",
}


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press("en", SHORT) as running:
        yield running


@pytest.mark.parametrize("name", LETTERS)
def test_the_door_of_uploads_tells_what_is_wrong(name: str) -> None:
    said = ""
    try:
        pages = pages_of(LETTERS[name]())
    except NotAccepted as refused:
        said = str(refused)
    assert said.startswith(NOT_TAKEN_IN[name]) if name in NOT_TAKEN_IN else pages in (1, 2)


@pytest.mark.parametrize("name", LETTERS)
def test_the_press_survives(press: Press, tmp_path: Path, name: str) -> None:
    source = with_letters(tmp_path, LETTERS[name](), pages=1)
    (section,) = (each for each in sections(source) if each.name == "annex-1-1")
    letters.bring(source, press)
    end = "pages"
    try:
        press.typeset("annex-1-1", Writer(source).section(section).text)
    except PressFailed as failure:
        end = failure.reason
    assert end == ENDS.get(name, "pages")
    assert press.typeset("kind", document("<p>x</p>"))["pages"] == 1


def test_a_letter_that_takes_too_much_is_named_and_what_to_do(tmp_path: Path) -> None:
    source = with_letters(tmp_path, LETTERS["a gigabyte of instructions"](), pages=1)
    with pytest.raises(CannotBuild) as refused:
        build_pdf(source)
    assert str(refused.value) == (
        "“Annex 1: Letter 1 of X” is too intricate to be shown. Print it as PDF, and upload that."
    )
    assert refused.value.is_final
