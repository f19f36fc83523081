"""Letters made to break whoever looks at them, at two doors: that of uploads, and straight into the press."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
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
from tests.dossier.spent import summary, worked
from tests.measured import keep

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


def ending(press: Press, folder: Path, name: str) -> str:
    """How the section of this letter ended: pages, or the reason why there are none. Another is set right after."""
    source = with_letters(folder, LETTERS[name](), pages=1)
    (section,) = (each for each in sections(source) if each.name == "annex-1-1")
    letters.bring(source, press)
    end = "pages"
    try:
        press.typeset("annex-1-1", Writer(source).section(section).text)
    except PressFailed as failure:
        end = failure.reason
    assert press.typeset("kind", document("<p>x</p>"))["pages"] == 1
    return end


@pytest.mark.parametrize("name", LETTERS)
def test_the_press_survives(press: Press, tmp_path: Path, name: str) -> None:
    assert ending(press, tmp_path, name) == ENDS.get(name, "pages")


@pytest.mark.deep
@pytest.mark.timeout(7200)
def test_the_limits_of_a_letter_hold(tmp_path: Path) -> None:
    """With the time and memory that a section has in a running house."""
    limits = Limits(wall_seconds=1800)  # the clock of a busy machine is no measure
    told = {name: worked(partial(ending, folder=tmp_path, name=name), limits) for name in LETTERS}
    assert {work.end for work in told.values()} <= {"pages", "letter", "time", "memory"}
    assert max(work.seconds for work in told.values()) <= limits.cpu_seconds + 2
    assert max(work.memory for work in told.values()) <= limits.memory_bytes // 1024**2
    keep(
        f"{len(LETTERS)} hostile letters straight into the press",
        summary(told),
        aim="≤ 60 s, ≤ 1.5 GiB",
        command="make deep",
    )


def test_a_letter_that_takes_too_much_is_named_and_what_to_do(tmp_path: Path) -> None:
    source = with_letters(tmp_path, LETTERS["a gigabyte of instructions"](), pages=1)
    with pytest.raises(CannotBuild) as refused:
        build_pdf(source)
    assert str(refused.value) == (
        "“Annex 1: Letter 1 of X” is too intricate to be shown. Print it as PDF, and upload that."
    )
    assert refused.value.is_final
