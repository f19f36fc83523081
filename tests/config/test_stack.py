"""How deep a loop stands must not make it slow."""

from __future__ import annotations

import resource
from collections.abc import Callable

import pytest

from config.stack import in_one_piece

CALLS = 300
DEPTHS = range(250)  # more than fit into one of Python's own pieces


def leaf(number: int) -> int:
    return number + 1


def page_faults_of_a_loop() -> int:
    """How often the system had to hand out memory while a loop called something."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for number in range(CALLS):
        leaf(number)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def below(depth: int, act: Callable[[], int]) -> int:
    return below(depth - 1, act) if depth else act()


def worst_of_all_depths() -> int:
    return max(below(depth, page_faults_of_a_loop) for depth in DEPTHS)


def test_somewhere_python_asks_for_memory_with_each_call() -> None:
    """Where this fails, Python has mended it: take `config/stack.py` out again."""
    assert worst_of_all_depths() >= CALLS


def test_in_one_piece_no_depth_is_slow() -> None:
    assert in_one_piece(worst_of_all_depths) < CALLS / 10


def test_what_is_done_in_one_piece_answers_and_raises_as_ever() -> None:
    assert in_one_piece(lambda: "done") == "done"
    with pytest.raises(ZeroDivisionError):
        in_one_piece(lambda: 1 // 0)
