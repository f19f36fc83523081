"""Child processes that are kept alive as long as whoever started them wants it."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress

import structlog

log = structlog.get_logger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
PATIENCE = 5.0


class Kept:
    """A child in a process group of its own, started again whenever it ends, until `stop`."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self.command = command
        self.child: subprocess.Popen[bytes] | None = None
        self._ending = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name=f"keeper of {name}", daemon=True)

    def start(self) -> None:
        self._keeper.start()

    def stop(self) -> None:
        """Ask the child to end, wait a little, then end it and everything it started."""
        self._ending.set()
        if self.child is None:
            return
        with suppress(ProcessLookupError):
            self.child.terminate()
        self._keeper.join(PATIENCE)
        with suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)
        self._keeper.join(PATIENCE)

    def _keep(self) -> None:
        """Start, wait, start again; a child that ends at once is given longer and longer pauses."""
        pause = FIRST_PAUSE
        while not self._ending.is_set():
            lived = self._one_life()
            pause = FIRST_PAUSE if lived > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            if not self._ending.wait(pause):
                log.warning("child_started_again", child=self.name)

    def _one_life(self) -> float:
        """Run the child to its end; how many seconds it lived."""
        began = os.times().elapsed
        self.child = subprocess.Popen(self.command, start_new_session=True, stdin=subprocess.DEVNULL)
        code = self.child.wait()
        if not self._ending.is_set():
            log.error("child_ended", child=self.name, code=code)
        return os.times().elapsed - began
