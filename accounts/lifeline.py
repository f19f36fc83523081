"""A process that never outlives the one that started it. Needs nothing else: small processes begin with it."""

from __future__ import annotations

import ctypes
import os
import signal

PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int, sign: int = signal.SIGKILL) -> None:
    """Ask the kernel to end this process when `parent` is gone, however it went; at once if it is gone already.

    The kernel watches the thread that started us: start children from a thread that lives as long as its process.
    """
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, sign)
    if os.getppid() != parent:
        os.kill(os.getpid(), sign)
