"""Faults on purpose, so that tests can show what survives them; asleep unless ALLOW_FAULTS=1.

Plain Python that reads the environment where it is asked, because render children run without settings.
"""

from __future__ import annotations

import errno
import os
import signal
import time
from collections.abc import Callable

SLEEP_SECONDS = 600
OOM_CHUNK = 64 * 1024 * 1024


class Fault(RuntimeError):
    """Raised by the fault kind `raise`."""


def fault(point: str) -> None:
    """Fail here if the environment asks for it: ALLOW_FAULTS=1 FAULT=submit.before_commit:sigkill9."""
    if os.environ.get("ALLOW_FAULTS") != "1":
        return
    where, _, kind = os.environ.get("FAULT", "").partition(":")
    if where == point:
        KINDS[kind](point)


def _sigkill9(point: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _exit(point: str) -> None:
    os._exit(70)


def _raise(point: str) -> None:
    raise Fault(point)


def _sleep(point: str) -> None:
    time.sleep(SLEEP_SECONDS)


def _oom(point: str) -> None:
    """Take memory until the limit of the process says no."""
    taken = []
    while True:
        taken.append(bytearray(OOM_CHUNK))


def _enospc(point: str) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), point)


KINDS: dict[str, Callable[[str], None]] = {
    "sigkill9": _sigkill9,
    "exit": _exit,
    "raise": _raise,
    "sleep": _sleep,
    "oom": _oom,
    "enospc": _enospc,
}
