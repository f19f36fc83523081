"""A house with a job in its queue, and the workers that tests start there and kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from config.env import BASE_DIR
from tests.dossier.spent import parent_of
from tests.house import House, wait_for


class Workshop(House):
    """A folder with a database, a queue and dossiers, and the workers that work in it."""

    def __init__(self, folder: Path, **environment: str) -> None:
        own = {
            "DJANGO_SETTINGS_MODULE": "tests.dossier.worker_settings",
            "PYTHONPATH": str(BASE_DIR),
            "TMPDIR": str(folder / "tmp"),
        }
        super().__init__(folder, **own, **environment)
        self.workers: list[subprocess.Popen[bytes]] = []
        (folder / "tmp").mkdir()
        self.job = int(self.run("-m", "tests.dossier.worker_story"))

    def start_worker(self, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        """A worker with the clock inside; `environment` may hold a fault."""
        beat = ("--beat", "--schedule", str(self.folder / f"beat-{len(self.workers)}"))
        command = [sys.executable, "-m", "celery", "-q", "-A", "config.celery", "worker", "-l", "ERROR"]
        worker = subprocess.Popen(
            [*command, *beat, *options],
            cwd=self.folder,
            env=self.environment | environment,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "house.log").open("ab"),
            start_new_session=True,
        )
        self.workers.append(worker)
        return worker

    def row(self) -> dict[str, Any]:
        """The job as it stands in the database."""
        (job,) = self.rows(f"SELECT * FROM bids_dossier WHERE id = {self.job}")
        return job

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        wait_for(is_so, lambda: (self.row(), self.log()[-3000:]))

    def files(self) -> list[Path]:
        return sorted((self.folder / "media" / "dossier").glob("*.pdf"))

    def presses(self) -> list[str]:
        """Printers that are still running: they work in folders of ours."""
        working = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                working += [process.name] if str((process / "cwd").readlink()).startswith(f"{self.folder}/tmp/") else []
        return working

    def forks(self) -> list[int]:
        """What is being set at this moment: printers that a printer has started."""
        printers = [process for process in self.presses() if b"presswork" in command_of(process)]
        return [int(printer) for printer in printers if parent_of(printer) in printers]

    def end(self, worker: subprocess.Popen[bytes]) -> None:
        """Kill a worker and its clock, if they still live."""
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def close(self) -> None:
        for worker in self.workers:
            self.end(worker)
        super().close()


def command_of(process: str) -> bytes:
    with suppress(OSError):
        return Path("/proc", process, "cmdline").read_bytes()
    return b""
