"""Real Celery workers, killed with -9 in the middle of a dossier: whoever comes next finishes it, once.

On what a laptop has, and on what a ministry has.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.dossier.paper import Paper
from tests.dossier.workshop import Workshop
from tests.measured import keep

pytestmark = pytest.mark.worker

IN_ORDER = ("job.after_claim", "fragment.before_rename", "render.mid", "render.before_rename", "render.before_done")
POINTS = ("job.after_claim", "render.mid", "render.before_rename", "render.before_done")


@pytest.fixture
def workshop(tmp_path: Path, stores: dict[str, str]) -> Iterator[Workshop]:
    workshop = Workshop(tmp_path, **stores)
    try:
        yield workshop
    finally:
        workshop.close()


def test_workers_killed_at_every_point_leave_one_dossier(workshop: Workshop) -> None:
    for attempt, point in enumerate(POINTS, start=1):
        doomed = workshop.start_worker("--pool", "solo", ALLOW_FAULTS="1", FAULT=f"{point}:sigkill9")
        workshop.wait_until(lambda doomed=doomed: doomed.poll() is not None)  # type: ignore[misc]
        assert doomed.returncode == -signal.SIGKILL
        assert (workshop.row()["state"], workshop.row()["attempt"]) == ("running", attempt)
        workshop.end(doomed)
        workshop.wait_until(lambda: not workshop.presses())
    workshop.start_worker("--pool", "prefork", "--concurrency", "2")
    workshop.wait_until(lambda: workshop.row()["state"] == "done")
    finished = workshop.row()
    assert finished["attempt"] == len(POINTS) + 1
    assert [path.stem for path in workshop.files()] == [finished["sealed_sha256"]]
    pdf = workshop.files()[0].read_bytes()
    assert hashlib.sha256(pdf).hexdigest() == finished["sealed_sha256"]
    (seal,) = workshop.rows("SELECT * FROM bids_seal")
    assert (seal["file_sha256"], seal["sealed_sha256"]) == (finished["file_sha256"], finished["sealed_sha256"])
    assert len(Paper(pdf).pages) == finished["pages"]


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_twenty_deaths_leave_one_dossier(workshop: Workshop) -> None:
    """Workers that die at every point and at any moment, then printers and sealers killed under a worker that lives."""
    deaths = 0
    for fault in (f"{point}:{kind}" for point in IN_ORDER for kind in ("sigkill9", "exit")):
        shutil.rmtree(workshop.folder / "fragments", ignore_errors=True)  # so that there is something to write
        doomed = workshop.start_worker("--pool", "solo", ALLOW_FAULTS="1", FAULT=fault)
        workshop.wait_until(lambda doomed=doomed: doomed.poll() is not None)  # type: ignore[misc]
        assert doomed.returncode in (-signal.SIGKILL, 70)
        deaths += 1
        workshop.end(doomed)
    for pause in (0.0, 0.1, 0.2, 0.4, 0.8):
        doomed, before = workshop.start_worker("--pool", "solo"), workshop.row()["attempt"]
        workshop.wait_until(lambda before=before: workshop.row()["attempt"] > before)  # type: ignore[misc]
        time.sleep(pause)
        workshop.end(doomed)
        deaths += 1
    workshop.wait_until(lambda: not workshop.presses())
    worker = workshop.start_worker("--pool", "solo")
    for _ in range(5):
        workshop.wait_until(lambda: bool(workshop.presses()))
        before = workshop.row()["attempt"]
        for process in workshop.presses():
            with suppress(ProcessLookupError):
                os.kill(int(process), signal.SIGKILL)
        deaths += 1
        workshop.wait_until(
            lambda before=before: workshop.row()["state"] != "running" or workshop.row()["attempt"] > before  # type: ignore[misc]
        )
    workshop.wait_until(lambda: workshop.row()["state"] == "done")
    assert worker.poll() is None
    finished = workshop.row()
    assert [path.stem for path in workshop.files()] == [finished["sealed_sha256"]]
    assert len(workshop.rows("SELECT * FROM bids_seal")) == 1
    assert hashlib.sha256(workshop.files()[0].read_bytes()).hexdigest() == finished["sealed_sha256"]
    workshop.end(worker)
    workshop.wait_until(lambda: not workshop.presses())
    keep(
        f"a dossier whose workers, printers and sealers died {deaths} times, {workshop.database}",
        f"done once, in attempt {finished['attempt']}: one file, one seal, no process left",
        aim="0 lost, 0 twice",
        command="make deep",
    )


def test_a_killed_pool_child_is_replaced_and_the_job_finished(workshop: Workshop) -> None:
    """The worker lives, its child is killed from outside while it prints; nothing is left running afterwards."""
    workshop.start_worker("--pool", "prefork", "--concurrency", "1")
    workshop.wait_until(lambda: workshop.row()["state"] == "running" and workshop.row()["progress"] > 0)
    child = int(workshop.row()["worker"].rpartition("/")[2])
    os.kill(child, signal.SIGKILL)
    workshop.wait_until(lambda: workshop.row()["state"] == "done")
    assert workshop.row()["attempt"] == 2
    assert len(workshop.files()) == 1


def test_kills_while_two_sections_are_at_work_leave_one_dossier(workshop: Workshop) -> None:
    """First one of the two is killed, then the worker with both."""
    worker = workshop.start_worker("--pool", "solo", ALLOW_FAULTS="1", FAULT="section.before_write:sleep")
    workshop.wait_until(lambda: len(workshop.forks()) == 2)
    killed, beside = workshop.forks()
    os.kill(killed, signal.SIGKILL)
    workshop.wait_until(lambda: workshop.row()["attempt"] == 2 and len(workshop.forks()) == 2)
    assert beside not in workshop.forks()
    workshop.end(worker)
    workshop.wait_until(lambda: not workshop.presses())
    assert (workshop.row()["state"], workshop.row()["attempt"]) == ("running", 2)
    workshop.start_worker("--pool", "solo")
    workshop.wait_until(lambda: workshop.row()["state"] == "done")
    finished = workshop.row()
    assert finished["attempt"] == 3
    assert [path.stem for path in workshop.files()] == [finished["sealed_sha256"]]
    assert len(workshop.rows("SELECT * FROM bids_seal")) == 1
    assert len(Paper(workshop.files()[0].read_bytes()).pages) == finished["pages"]
