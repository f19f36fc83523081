"""Real Celery workers, killed with -9 in the middle of a dossier: whoever comes next finishes it, once."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from config.env import BASE_DIR
from tests.dossier.paper import Paper

pytestmark = pytest.mark.worker

POINTS = ("job.after_claim", "render.mid", "render.before_rename", "render.before_done")
PATIENCE = 120  # seconds: the whole suite may be running beside


class Workshop:
    """A folder with a database, a queue and dossiers, and the workers that work in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        self.environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "tests.dossier.worker_settings",
            "DATA_DIR": str(folder),
            "PYTHONPATH": str(BASE_DIR),
            "LOG_LEVEL": "ERROR",
            "TMPDIR": str(folder / "tmp"),
        }
        (folder / "tmp").mkdir()
        self.job = int(self.run("-m", "tests.dossier.worker_story"))

    def run(self, *arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=BASE_DIR, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start_worker(self, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        """A worker with the clock inside; `environment` may hold a fault."""
        beat = ("--beat", "--schedule", str(self.folder / f"beat-{len(self.workers)}"))
        worker = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "celery",
                "-q",
                "-A",
                "config.celery",
                "worker",
                "-l",
                "ERROR",
                *beat,
                *options,
            ],
            cwd=self.folder,
            env=self.environment | environment,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "worker.log").open("ab"),
            start_new_session=True,
        )
        self.workers.append(worker)
        return worker

    def row(self) -> dict[str, Any]:
        """The job as it stands in the database."""
        with closing(sqlite3.connect(f"file:{self.folder / 'tandem.sqlite3'}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return dict(database.execute("SELECT * FROM bids_dossier WHERE id = ?", (self.job,)).fetchone())

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < until, (self.row(), (self.folder / "worker.log").read_text()[-3000:])
            time.sleep(0.1)

    def files(self) -> list[Path]:
        return sorted((self.folder / "media" / "dossier").glob("*.pdf"))

    def presses(self) -> list[str]:
        """Printers that are still running: they work in folders of ours."""
        working = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                working += [process.name] if str((process / "cwd").readlink()).startswith(f"{self.folder}/tmp/") else []
        return working

    def end(self, worker: subprocess.Popen[bytes]) -> None:
        """Kill a worker and its clock, if they still live."""
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def close(self) -> None:
        for worker in self.workers:
            self.end(worker)


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    workshop = Workshop(tmp_path)
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
    assert [path.stem for path in workshop.files()] == [finished["file_sha256"]]
    pdf = workshop.files()[0].read_bytes()
    assert hashlib.sha256(pdf).hexdigest() == finished["file_sha256"]
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
