"""What a process that renders may use: so much time and memory, no network, no life of its own."""

from __future__ import annotations

import ctypes
import os
import resource
from collections.abc import Callable
from dataclasses import dataclass

from accounts.lifeline import die_with_parent

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


@dataclass(frozen=True, slots=True)
class Limits:
    """For one section. `wall_seconds` is watched from outside, the others by the kernel."""

    cpu_seconds: int = 60
    wall_seconds: int = 90
    memory_bytes: int = 1536 * 1024**2
    file_bytes: int = 100 * 1024**2


def apply(limits: Limits) -> None:
    """Bind this process, and what it starts, for good."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 2))  # SIGXCPU, then SIGKILL
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_bytes, limits.file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave_the_network() -> bool:
    """Move to a network namespace with nothing in it; False where the machine does not permit it.

    Needs the right to make namespaces, directly or through a user namespace. Containers often
    refuse both; then the closed fetcher alone stands, and the dossier's record says so.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    return libc.unshare(CLONE_NEWNET) == 0 or libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0


def begin_in_a_limited_child(work: Callable[[], None], limits: Limits) -> int:
    """Run `work` in a fork under limits; its process id, for `os.waitpid`.

    The fork leaves by `os._exit`, so that nothing it shares with its parent is cleaned up twice.
    """
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            die_with_parent(parent)
            apply(limits)
            work()
            code = 0
        finally:
            os._exit(code)
    return child
