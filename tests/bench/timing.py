"""Processor seconds, and those of merely adding the same amounts up: a yardstick that is as slow as the machine."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import Any

TRIES, SUMS = 5, 100


def quickest(act: Callable[[], Any], tries: int = TRIES) -> float:
    """The quickest of a few tries: what others do on the machine is not counted."""
    taken = []
    for _ in range(tries):
        began = time.process_time()
        act()
        taken.append(time.process_time() - began)
    return min(taken)


def processor() -> float:
    """Seconds of this process and of those it started and waited for: who reads a workbook is a process of its own."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + used.ru_utime + used.ru_stime


def of_a_sum(cents: list[int]) -> float:
    """What summing these amounts once takes, as anybody would write it; done often, because once is too short."""
    return quickest(lambda: _added_up(cents)) / SUMS


def _added_up(cents: list[int]) -> int:
    total = 0
    for _ in range(SUMS):
        for amount in cents:
            total += amount
    return total
