"""One piece of memory for all the calls of a request (docs/decisions/0071).

Python 3.11 keeps running calls in pieces of 16 KiB. A loop that happens to stand at the end of a piece asks the
system for the next one, and gives it back, each time it calls anything: a page can take twice as long at one depth
of calls as at another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")

# In words of eight bytes. A call that needs 258 KiB is given a piece of 512; the calls inside it share the rest.
ROOM = 33_000


def in_one_piece(act: Callable[[], Answer]) -> Answer:
    """Do this with room for a thousand calls within each other, without a border between them."""
    return act()


in_one_piece.__code__ = in_one_piece.__code__.replace(co_stacksize=ROOM)
