"""More than forty texts made to break the printer, at two doors: that of chapters, and straight into the press.

Each ends within its limits, as pages or as a sentence that names the section; nothing is fetched; the press goes on.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from bids import wording
from bids.dossier.build import FINAL
from bids.dossier.contents import sections
from bids.dossier.html import Writer
from bids.dossier.limits import Limits
from bids.dossier.manuscript import Manuscript
from bids.dossier.pdf import Typesetter
from bids.dossier.press import Press, PressFailed
from bids.dossier.source import CannotBuild
from bids.prose import Refused, read_marks
from bids.rulebook.text import Sentence
from tests.dossier import sample
from tests.dossier.hostile import ALL, FETCHES, document
from tests.dossier.paper import Paper
from tests.dossier.spent import summary, worked
from tests.measured import keep

SHORT = Limits(cpu_seconds=1)
SECRET = "4711-canary-4711"
STOPPED = {
    "two hundred divs in each other": "nesting",
    "lists in lists": "nesting",
    "flex in flex": "time",
    "grid in grid": "time",
    "columns in columns": "time",
    "a cell across 65534 columns": "time",
    "ten thousand rows": "time",
    "five megabytes": "time",
    "variables that double": "time",
    "a drawing that shows itself ten million times": "time",
}


class Trap(ThreadingHTTPServer):
    """A door nobody should knock on, which leads on to secrets, and a file nobody should read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.here = f"http://127.0.0.1:{self.server_port}"
        self.file = folder / "canary.svg"
        self.file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text y="9">{SECRET}</text></svg>')
        self.moved = {"/moved": "/secret", "/home": f"file://{self.file}"}
        self._knocks = 0

    def verify_request(self, *_: Any) -> bool:
        self._knocks += 1
        return True

    def baited(self, name: str) -> str:
        return self.set_in(ALL[name]())

    def set_in(self, html: str) -> str:
        return html.replace("HERE", self.here).replace("CANARY", str(self.file))

    @property
    def was_heard(self) -> bool:
        """Since this was last asked."""
        knocks, self._knocks = self._knocks, 0
        return knocks > 0


class Door(BaseHTTPRequestHandler):
    server: Trap

    def do_GET(self) -> None:
        moved = self.server.moved.get(self.path)
        self.send_response(302 if moved else 200)
        self.send_header("Location", moved or self.path)
        self.send_header("Content-Type", "image/svg+xml")
        self.end_headers()
        self.wfile.write(b"" if moved else self.server.file.read_bytes())

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trap]:
    with Trap(tmp_path_factory.mktemp("trap")) as trap:
        threading.Thread(target=trap.serve_forever, daemon=True).start()
        yield trap
        trap.shutdown()


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press("en", SHORT) as running:
        yield running


def ending(press: Press, html: str) -> str:
    """How the section ended: pages, or the reason why there are none. Another is set right after."""
    try:
        press.typeset("hostile", html)
        end = "pages"
    except PressFailed as failure:
        end = failure.reason if failure.order == "hostile" else f"{failure.reason} of another section"
    assert press.typeset("kind", document("<p>x</p>"))["pages"] == 1
    return end


def says_nothing_secret(pdf: bytes) -> bool:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [thing.read_bytes() for thing in opened.objects if isinstance(thing, pikepdf.Stream)]
    return SECRET not in Paper(pdf).text and not any(SECRET.encode() in stream for stream in streams)


@pytest.mark.parametrize("name", ALL)
def test_the_press_survives(press: Press, trap: Trap, name: str) -> None:
    end = ending(press, document(trap.baited(name)))
    assert end in {"pages", *FINAL} - {"error"}
    assert end == STOPPED.get(name, end)
    assert not trap.was_heard


@pytest.mark.parametrize("name", FETCHES)
def test_what_would_be_fetched_is_refused_and_told(press: Press, trap: Trap, name: str) -> None:
    assert press.typeset("fetch", document(trap.baited(name)))["refused"]
    pdf = press.fragment("fetch")
    assert Paper(pdf).reader.attachments == {}
    assert says_nothing_secret(pdf)


@pytest.mark.deep
@pytest.mark.timeout(7200)
def test_the_limits_of_a_section_hold(trap: Trap) -> None:
    """With the time and memory that a section has in a running house."""
    limits = Limits(wall_seconds=1800)  # the clock of a busy machine is no measure
    told = {name: worked(partial(ending, html=document(trap.baited(name))), limits) for name in ALL}
    assert not trap.was_heard
    assert max(work.seconds for work in told.values()) <= limits.cpu_seconds + 2
    assert max(work.memory for work in told.values()) <= limits.memory_bytes // 1024**2
    keep(
        f"{len(ALL)} hostile texts straight into the press",
        f"{summary(told)}; nothing fetched",
        aim="≤ 60 s, ≤ 1.5 GiB, nothing fetched",
        command="make deep",
    )


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    return Typesetter("en", tmp_path_factory.mktemp("press"))


@pytest.mark.parametrize("name", FETCHES)
def test_nothing_is_fetched_where_there_is_a_network(
    typesetter: Typesetter, trap: Trap, name: str, tmp_path: Path
) -> None:
    """A press may have none, and then hears nothing for that reason alone; this process has one."""
    typesetter.typeset(document(trap.baited(name)), tmp_path / "fetched.pdf")
    assert not trap.was_heard
    assert says_nothing_secret((tmp_path / "fetched.pdf").read_bytes())


@pytest.mark.parametrize("bait", ["HERE/a.svg", "HERE/moved", "file://CANARY"])
def test_the_trap_is_a_trap(trap: Trap, bait: str) -> None:
    """A printer that fetches falls into it, by each of its doors."""
    body = document(f'<img alt="x" src="{trap.set_in(bait)}">')
    pdf = HTML(string=body, url_fetcher=URLFetcher(timeout=5)).write_pdf()
    assert trap.was_heard == bait.startswith("HERE")
    assert not says_nothing_secret(pdf)


@pytest.mark.parametrize("name", ALL)
def test_the_field_keeps_only_what_is_within_bounds(trap: Trap, name: str) -> None:
    """Refused with sentences where it is typed, or kept as what a bid file may bring too."""
    reasons: list[Sentence] = []
    try:
        kept = read_marks(trap.baited(name))
    except Refused as refusal:
        reasons = refusal.reasons
    assert all(wording.say(reason) for reason in reasons)
    assert reasons or chapter_of(kept)


@pytest.mark.parametrize("name", ALL)
def test_a_bid_file_brings_nothing_worse(press: Press, trap: Trap, name: str) -> None:
    """Its chapters pass no field: they are cleaned when they are printed, or refused by name."""
    try:
        end = ending(press, chapter_of(trap.baited(name)).text)
    except CannotBuild as refusal:
        end = str(refusal)
    assert end in {"pages", *FINAL} - {"error"} or end.startswith("3 System and general specifications ")
    assert not trap.was_heard


def chapter_of(html: str) -> Manuscript:
    """The section that holds this text as its third chapter."""
    source = sample.with_chapter(html)
    (section,) = (each for each in sections(source) if each.name == "chapter-3")
    return Writer(source).section(section)
