"""A dossier in a running house: how long from asking to done, and how much memory each process took for it."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.bench.memory import peak_of
from tests.bench.subjects import COORDINATOR
from tests.faults.typist import Forms, over_http
from tests.house import House

WARMING_UP = "BE-AIFA-2025"
PATIENCE = 600
KINDS = {"bids.dossier.presswork": "press", "config.worker": "worker", "serve": "server"}


class Printed(NamedTuple):
    seconds: float
    pages: int
    peaks: str


def printed(one: House, reference: str) -> Printed:
    """The dossier of this bid, after that of another."""
    ask = over_http(one.address, COORDINATOR, one.password(COORDINATOR))

    def asked(wanted: str) -> int:
        """Press the button; the number of the job."""
        page = ask(f"/bids/{wanted}/dossiers/", None)
        (form,) = (form for form in Forms(page.text).forms if "language" in form and "csrfmiddlewaretoken" in form)
        answer = ask(f"/bids/{wanted}/dossiers/request/", form)
        assert answer.status == 302, answer
        return max(row["id"] for row in one.rows("SELECT id FROM bids_dossier"))

    finished(one, asked(WARMING_UP), Counter())
    peaks: Counter[str] = Counter()
    began = time.monotonic()
    job = finished(one, asked(reference), peaks)
    seconds = time.monotonic() - began
    return Printed(seconds, job["pages"], ", ".join(f"{kind} {peak} MiB" for kind, peak in sorted(peaks.items())))


def finished(one: House, number: int, peaks: Counter[str]) -> dict[str, int]:
    """Wait until it is done, looking at everybody's memory meanwhile."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        (job,) = one.rows(f"SELECT * FROM bids_dossier WHERE id = {number}")
        if job["state"] == "done":
            return job
        assert job["state"] != "failed", job
        look_at(one, peaks)
        time.sleep(0.1)
    raise AssertionError(f"the dossier is not done: {one.log()[-2000:]}")


def look_at(one: House, peaks: Counter[str]) -> None:
    """The most memory each kind of process of this house ever held."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"DATA_DIR={one.folder}\0".encode() not in ours(process):
                continue
            command = (process / "cmdline").read_text().split("\0")
            kind = next((kind for word, kind in KINDS.items() if word in command), "")
            if kind:
                peaks[kind] = max(peaks[kind], peak_of(process))


def ours(process: Path) -> bytes:
    """The environment of a process; a press is given none, but its parent is one of ours."""
    own = (process / "environ").read_bytes()
    if b"DATA_DIR=" in own:
        return own
    parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
    return ours(process.parent / parent) if parent != "1" and parent != "0" else b""
