"""Whatever a section does ends as a sentence, within its limits, and the press goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from bids.dossier import press as press_module
from bids.dossier.build import build_pdf
from bids.dossier.contents import sheets
from bids.dossier.limits import Limits
from bids.dossier.means import Means
from bids.dossier.press import Press, PressFailed
from bids.dossier.source import CannotBuild
from config.env import BASE_DIR
from tests.dossier import sample
from tests.dossier.hostile import document
from tests.dossier.paper import Paper

SHORT = Limits(cpu_seconds=1, wall_seconds=20, memory_bytes=700 * 1024**2)


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press("en", SHORT) as running:
        yield running


def test_a_press_goes_on_after_a_failed_section(press: Press) -> None:
    with pytest.raises(PressFailed):
        press.typeset("hostile", document("<div>" * 1000))
    assert press.typeset("kind", document("<p>x</p>"))["pages"] == 1


def test_memory_has_an_end() -> None:
    with Press("en", Limits(memory_bytes=256 * 1024**2)) as small, pytest.raises(PressFailed) as failure:
        small.typeset("hostile", "x" * 200 * 1024**2)
    assert failure.value.reason == "memory"


def test_a_file_has_an_end() -> None:
    with Press("en", Limits(file_bytes=2000)) as small, pytest.raises(PressFailed) as failure:
        small.typeset("hostile", document("<p>x</p>"))
    assert failure.value.reason == "size"


def test_the_clock_ends_what_uses_no_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press_module, "LOOK_EVERY", 0.05)
    with Press("en", Limits(wall_seconds=1)) as stopped:
        assert stopped.libraries  # it is ready
        os.killpg(stopped.process_id, signal.SIGSTOP)
        with pytest.raises(PressFailed) as failure:
            stopped.typeset("kind", document("<p>x</p>"))
    assert failure.value.reason == "clock"


def test_the_press_knows_no_secrets() -> None:
    """Its environment is empty but for what it needs, and it has no network where the machine permits that."""
    with Press("en", SHORT) as running:
        with open(f"/proc/{running.process_id}/environ", "rb") as environment:
            names = {entry.split(b"=")[0].decode() for entry in environment.read().split(b"\0") if entry}
        assert names <= {"PATH", "PYTHONPATH", "TMPDIR", "HOME", "FONTCONFIG_FILE", "PYTHONUTF8", "LC_CTYPE"}
        assert running.network in ("none", "closed fetcher only")
        if running.network == "none":
            with open(f"/proc/{running.process_id}/net/dev") as devices:
                assert [line.split(":")[0].strip() for line in devices.readlines()[2:]] == ["lo"]


def test_the_press_dies_with_the_one_who_started_it() -> None:
    started = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import django; django.setup(); from tests.dossier.test_hostile import wait_inside; wait_inside()",
        ],
        cwd=BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    press_process = int(started.stdout.readline())
    started.kill()
    started.wait()
    assert ends(press_process)


def wait_inside() -> None:
    """What the other process of the test above runs."""
    with Press("en", SHORT) as running:
        sys.stdout.write(f"{running.process_id}\n")
        sys.stdout.flush()
        time.sleep(60)


def ends(process: int) -> bool:
    for _ in range(100):
        try:
            with open(f"/proc/{process}/stat") as state:
                if state.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<blockquote>" * 60 + "x", "3 System and general specifications is nested 60 levels deep; at most 20"),
        ("<p>" + "<b>x</b>" * 6000 + "</p>", "3 System and general specifications has 6001 pieces of formatting"),
        ("<table><tr><td colspan=60000>x</td></tr></table>", "has a table cell across 60000 columns or rows"),
        ("<table>" + "<tr><td>x</td></tr>" * 600 + "</table>", "has 600 table rows; at most 500"),
        ("x" * 5_000_000, "has 5000000 characters; a chapter may have 200000"),
    ],
    ids=["deep", "many", "wide", "long", "large"],
)
def test_a_chapter_that_is_too_much_is_refused_by_name(html: str, words: str) -> None:
    with pytest.raises(CannotBuild) as refused:
        build_pdf(sample.with_chapter(html))
    assert words in str(refused.value)


def test_a_section_that_runs_out_of_time_is_named() -> None:
    slow = sample.small(sample.small_bid(abstract="long " * 150_000))
    with pytest.raises(CannotBuild) as refused:
        build_pdf(slow, means=Means(SHORT))
    assert (
        str(refused.value) == "“Summary” takes too long to set in pages. Shorten its texts and tables, and try again."
    )


def test_of_chapters_that_share_a_sheet_the_one_to_blame_is_named() -> None:
    """Every letter of four alphabets needs large fonts; what stands on the same sheet would fit by itself."""
    letters = "".join(map(chr, (*range(0xC0, 0x180), *range(0x391, 0x3CA), *range(0x400, 0x480))))
    source = sample.with_chapter(f"<p>{letters} <b>{letters} <i>{letters}</i></b> <i>{letters}</i></p>")
    (sheet,) = (each for each in sheets(source) if "3. System" in str(each.title))
    assert len(sheet.inside) == 4
    with pytest.raises(CannotBuild) as refused:
        build_pdf(source, means=Means(Limits(file_bytes=45_000)))
    assert str(refused.value).startswith("“3. System and general specifications” makes a larger file")


def test_a_dossier_that_is_too_large_as_a_whole_says_so() -> None:
    """Each of its sections has a smaller file."""
    with pytest.raises(CannotBuild) as refused:
        build_pdf(sample.small(), means=Means(Limits(file_bytes=80_000)))
    assert str(refused.value).startswith("“The whole dossier” makes a larger file than a dossier may be.")


def test_what_is_no_formatting_is_left_out_the_words_stay_and_missing_letters_are_told() -> None:
    html = (
        '<div style="display:none"><p onclick="x()">Words that <script>alert(1)</script>stay.</p></div>'
        '<img src="file:///etc/passwd"><iframe src="http://127.0.0.1/"></iframe><svg><use href="#a"/></svg>'
        '<p><a href="javascript:alert(1)">link</a> <a href="urn:dossier:cover.0">jump</a></p>'
        "<p>Fine, 漢字 and ✓.</p>"
    )
    built = build_pdf(sample.with_chapter(html))
    paper = Paper(built.pdf)
    assert "Words that stay." in paper.text
    assert "link jump" in paper.text
    assert "alert" not in paper.text
    lacking, *broken = [str(warning) for warning in built.warnings]
    assert lacking == (
        "The section “Criteria and where they are answered to 3. System and general specifications” has characters "
        "that the dossier's font lacks; boxes are printed instead: 漢 字 ✓"
    )
    assert [warning.partition(" (")[0] for warning in broken] == [
        "The file breaks a rule of PDF/A-3a",  # no box may stand for a letter
        "The file breaks a rule of PDF/UA-1",
    ]
