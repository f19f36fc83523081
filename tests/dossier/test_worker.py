"""Real Celery workers, killed with -9 in the middle of a dossier: whoever comes next finishes it, once.

On what a laptop has, and on what a ministry has.
"""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dossier.paper import Paper
from tests.dossier.workshop import Workshop

pytestmark = pytest.mark.worker

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


def test_a_killed_pool_child_is_replaced_and_the_job_finished(workshop: Workshop) -> None:
    """The worker lives, its child is killed from outside while it prints; nothing is left running afterwards."""
    workshop.start_worker("--pool", "prefork", "--concurrency", "1")
    workshop.wait_until(lambda: workshop.row()["state"] == "running" and workshop.row()["progress"] > 0)
    child = int(workshop.row()["worker"].rpartition("/")[2])
    os.kill(child, signal.SIGKILL)
    workshop.wait_until(lambda: workshop.row()["state"] == "done")
    assert workshop.row()["attempt"] == 2
    assert len(workshop.files()) == 1
