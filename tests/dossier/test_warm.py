"""A press that stays warm: quicker for the second dossier, the same bytes, and gone when anything went wrong."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from bids.dossier import warm
from bids.dossier.build import build_pdf
from bids.dossier.limits import Limits
from bids.dossier.manuscript import Manuscript
from bids.dossier.means import Means
from bids.dossier.press import Press, PressFailed
from bids.dossier.source import Built
from bids.dossier.warm import a_press
from tests.dossier import sample

WARM = Means(stays_warm=True)
PAGE = '<html lang="en"><head><title>x</title></head><body><p>x</p></body></html>'


class Cancelled(Exception):
    """What whoever waits may say at any moment."""


@pytest.fixture(autouse=True)
def nothing_stays() -> Iterator[None]:
    yield
    warm.let_go()


def one_page(press: Press) -> int:
    assert press.typeset("a", PAGE)["pages"] == 1
    return press.process_id


def used(means: Means = WARM, language: str = "en") -> int:
    """Set one page; the process that did it."""
    with a_press(language, means, lambda: None) as press:
        return one_page(press)


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_the_second_dossier_finds_it_warm_and_its_folder_empty() -> None:
    with a_press("en", WARM, lambda: None) as press:
        first = one_page(press)
        assert (press.folder / "a.pdf").exists()
        (press.folder / "letters").mkdir()
        (press.folder / "letters" / "one").write_bytes(b"a letter")
    assert {path.name for path in press.folder.iterdir()} <= {"fonts", "fonts.conf", "press.log"}
    began = time.process_time()
    assert used(language="de") == first
    assert time.process_time() - began < 0.5


def test_a_press_is_not_kept_where_nobody_asked_for_it() -> None:
    assert is_gone(used(Means()))


def test_it_ends_with_the_work_that_failed() -> None:
    with suppress(Cancelled), a_press("en", WARM, lambda: None) as press:
        process = one_page(press)
        raise Cancelled
    assert is_gone(process)
    assert not press.folder.exists()


def test_it_ends_where_work_is_left_unfinished() -> None:
    pages = [Manuscript(name, PAGE, "en") for name in "abc"]
    with a_press("en", Means(at_once=2, stays_warm=True), lambda: None) as press:
        next(press.set_each(pages))
        process = press.process_id
    assert is_gone(process)


def test_one_that_died_meanwhile_is_replaced() -> None:
    first = used()
    os.kill(first, signal.SIGKILL)
    time.sleep(0.1)
    assert used() != first


@pytest.mark.parametrize("limit", ["MOST_DOSSIERS", "MOST_SECONDS"])
def test_it_is_replaced_after_so_much_work_or_time(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = used()
    monkeypatch.setattr(warm, limit, 0)
    assert used() != first
    assert is_gone(first)


def test_other_limits_need_another_press() -> None:
    first = used()
    assert used(Means(Limits(cpu_seconds=5), stays_warm=True)) != first


def test_a_child_does_not_use_its_parents_press() -> None:
    first = used()
    assert warm._kept
    warm._kept.owner = -1  # as it is for a fork
    assert used() != first
    assert not is_gone(first)
    warm._of_our_parent.pop().press.close()


def test_a_press_whose_section_failed_is_not_kept() -> None:
    with pytest.raises(PressFailed), a_press("en", WARM, lambda: None) as press:
        press.typeset("a", "<div>" * 1000)
    assert warm._kept is None


def test_a_warm_press_makes_the_same_bytes(built: Built) -> None:
    used()
    for _ in range(2):
        assert build_pdf(sample.small(), means=Means(at_once=2, stays_warm=True)).sha256 == built.sha256
    assert warm._kept
