"""A dossier in a running house: how long from asking to done, and how much memory each process took for it."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.bench.memory import peak_of
from tests.bench.subjects import COORDINATOR
from tests.faults.typist import Ask, Forms, Typist, over_http, the_form
from tests.house import House, wait_for

WARMING_UP = "BE-AIFA-2025"
CHAPTER, FRAGMENTS = "3/en", "fragments"
PATIENCE = 600
KINDS = {"bids.dossier.presswork": "press", "config.worker": "worker", "serve": "server"}


class Printed(NamedTuple):
    seconds: float
    pages: int
    peaks: str


def printed(one: House, reference: str) -> dict[str, Printed]:
    """The dossier of this bid by a worker that has nothing else to do: every section set, and after a sentence more."""
    ask = over_http(one.address, COORDINATOR, one.password(COORDINATOR))
    wait_for(lambda: not waiting(one), one.log, PATIENCE)
    dossier(one, ask, WARMING_UP)
    shutil.rmtree(one.folder / FRAGMENTS)
    cold = dossier(one, ask, reference)
    write_more(ask, f"/bids/{reference}/chapters/{CHAPTER}/write/")
    return {"every section anew": cold, "one sentence edited": dossier(one, ask, reference)}


def write_more(ask: Ask, chapter: str) -> None:
    """One sentence more."""
    text = the_form(ask(chapter, None))["text"]
    Typist(ask).save(chapter, text=f"{text}\n\nOne sentence more.")


def waiting(one: House) -> bool:
    """Whether a job is at work or waits for it."""
    return bool(one.rows("SELECT id FROM bids_dossier WHERE state IN ('queued', 'running')"))


def dossier(one: House, ask: Ask, reference: str) -> Printed:
    """From pressing the button until the file is there."""
    page = ask(f"/bids/{reference}/dossiers/", None)
    (form,) = (form for form in Forms(page.text).forms if "language" in form and "csrfmiddlewaretoken" in form)
    peaks: Counter[str] = Counter()
    began = time.monotonic()
    answer = ask(f"/bids/{reference}/dossiers/request/", form)
    assert answer.status == 302, answer
    number = max(row["id"] for row in one.rows("SELECT id FROM bids_dossier"))
    job = finished(one, number, peaks)
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
