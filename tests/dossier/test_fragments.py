"""Sections that were set before: the same bytes with and without them, nothing damaged trusted, a bound kept."""

from __future__ import annotations

import dataclasses
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from accounts import clock
from bids.clock import purge_fragments
from bids.dossier import means as means_module
from bids.dossier import press as press_module
from bids.dossier.build import build_pdf
from bids.dossier.fragments import Fragment, Fragments
from bids.dossier.manuscript import Manuscript
from bids.dossier.means import Means
from bids.dossier.source import Built, Source
from bids.dossier.standards import BROKEN
from bids.dossier.warnings import MISSING_LETTERS
from bids.rulebook.facts import ChapterFacts
from tests.dossier import sample

KEY, OTHER, THIRD = "aa" * 32, "ab" * 32, "bb" * 32
KEPT = Fragment(b"%PDF-1.7 \n a page", {"pages": 1, "headings": []})
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def fragments(tmp_path: Path) -> Fragments:
    return Fragments(tmp_path / "fragments")


@pytest.fixture
def ordered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what the press is asked to do from now on."""
    names: list[str] = []
    order = press_module.Press._order

    def noted(press: press_module.Press, name: str, what: dict[str, str]) -> None:
        names.append(name)
        order(press, name, what)

    monkeypatch.setattr(press_module.Press, "_order", noted)
    return names


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Fragments:
    """Every section of the small dossier, set two at a time."""
    fragments = Fragments(tmp_path_factory.mktemp("filled"))
    build_pdf(sample.small(), means=Means(at_once=2, fragments=fragments))
    return fragments


def test_two_at_a_time_and_kept_sections_give_the_same_bytes(
    built: Built, filled: Fragments, ordered: list[str]
) -> None:
    again = build_pdf(sample.small(), means=Means(fragments=filled))
    assert (again.sha256, again.pages, again.warnings) == (built.sha256, built.pages, built.warnings)
    assert ordered == ["binding", "validation-3a", "validation-ua1"]


def edited() -> Source:
    texts = sample.small_bid().chapters
    return sample.small(sample.small_bid(chapters=(texts[0], dataclasses.replace(texts[1], html="<p>Another.</p>"))))


def test_an_edit_sets_the_sheet_of_its_section_and_what_tells_the_whole(filled: Fragments, ordered: list[str]) -> None:
    again = build_pdf(edited(), means=Means(fragments=filled))
    # No heading moved to another page: the contents are as they were.
    assert ordered == ["criteria", "binding", "validation-3a", "validation-ua1"]  # whose pages the chapter shares
    assert again.sha256 == build_pdf(edited()).sha256


def test_what_is_not_printable_twice_is_told_twice(fragments: Fragments) -> None:
    source = sample.small(sample.small_bid(chapters=(ChapterFacts("3", title="System", html="<p>漢字</p>"),)))
    told = [build_pdf(source, means=Means(fragments=fragments)).warnings for _ in range(2)]
    assert [remark.template for remark in told[0]] == [MISSING_LETTERS, BROKEN, BROKEN]  # a box breaks both standards
    assert told[0] == told[1]


def test_a_fragment_comes_back_as_it_was_kept(fragments: Fragments) -> None:
    assert fragments.find(KEY) is None
    fragments.keep(KEY, KEPT)
    assert fragments.find(KEY) == KEPT
    assert fragments.find(OTHER) is None
    assert oct(fragments.folder.stat().st_mode)[-3:] == "700"


@pytest.mark.parametrize("position", [0, 63, 64, 70, 100, -1])
def test_a_changed_bit_is_noticed_and_the_section_set_again(fragments: Fragments, position: int) -> None:
    fragments.keep(KEY, KEPT)
    path = fragments.folder / KEY[:2] / KEY
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.write_bytes(content)
    assert fragments.find(KEY) is None
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"\n", b"00" * 32])
def test_half_a_fragment_is_none(fragments: Fragments, content: bytes) -> None:
    fragments.keep(KEY, KEPT)
    (fragments.folder / KEY[:2] / KEY).write_bytes(content)
    assert fragments.find(KEY) is None


def test_a_damaged_folder_gives_the_same_bytes(built: Built, filled: Fragments, ordered: list[str]) -> None:
    for path in filled.folder.glob("*/*"):
        path.write_bytes(path.read_bytes()[:-1])
    assert build_pdf(sample.small(), means=Means(fragments=filled)).sha256 == built.sha256
    assert len(ordered) > 10


def test_a_folder_that_takes_nothing_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    fragments = Fragments(tmp_path / "file")
    fragments.keep(KEY, KEPT)
    assert fragments.find(KEY) is None


def test_the_longest_unused_go_first(fragments: Fragments) -> None:
    for age, key in enumerate((KEY, OTHER, THIRD)):
        fragments.keep(key, KEPT)
        used = clock.now().timestamp() - 100 * (3 - age)
        os.utime(fragments.folder / key[:2] / key, (used, used))
    fragments.find(KEY)  # used just now
    size = (fragments.folder / KEY[:2] / KEY).stat().st_size
    assert fragments.purge(2 * size, LONG_AGO) == 1
    assert [bool(fragments.find(key)) for key in (KEY, OTHER, THIRD)] == [True, False, True]
    assert fragments.purge(2 * size, LONG_AGO) == 0


def test_the_clock_removes_what_no_draft_has_used_for_long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept = Fragments(tmp_path)
    monkeypatch.setattr(means_module, "fragments", lambda: kept)
    kept.keep(KEY, KEPT)
    kept.keep(OTHER, KEPT)
    past = (clock.now() - timedelta(days=settings.DRAFT_DOSSIER_DAYS, minutes=1)).timestamp()
    os.utime(kept.folder / KEY[:2] / KEY, (past, past))
    purge_fragments()
    assert (kept.find(KEY), kept.find(OTHER)) == (None, KEPT)


@pytest.mark.parametrize(
    "change",
    [{"name": "b"}, {"text": "<p>B</p>"}, {"language": "fr"}, {"form": "table"}],
    ids=lambda change: str(*change),
)
def test_whatever_has_a_say_in_the_bytes_changes_the_key(change: dict[str, Any]) -> None:
    text = Manuscript("a", "<p>A</p>", "en")
    assert text.key("1") == dataclasses.replace(text).key("1")
    assert text.key("1") != dataclasses.replace(text, **change).key("1")
    assert text.key("1") != text.key("2")
