"""A press that stays warm between two dossiers, so that the second need not wait for libraries, fonts and hyphens.

It sets nothing itself: each section is set in a fork that ends with it, so nothing of one dossier is left in memory
for the next, and its folder is emptied. It is kept by one process for itself, only after a dossier that went well, for
so many dossiers and so long; it ends by itself when nothing is asked of it, and with the process that started it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bids.dossier.means import Means
from bids.dossier.press import Press

MOST_DOSSIERS = 50
MOST_SECONDS = 3600


@dataclass(slots=True)
class Kept:
    """A press that waits: whose it is, since when it runs, how many dossiers it has made."""

    press: Press
    owner: int
    began: float
    dossiers: int = 0

    def may_serve(self, means: Means) -> bool:
        is_worn = self.dossiers >= MOST_DOSSIERS or time.monotonic() - self.began > MOST_SECONDS
        return not is_worn and self.press.is_idle and self.press.limits == means.limits


_kept: Kept | None = None
_of_our_parent: list[Kept] = []


@contextmanager
def a_press(language: str, means: Means, meanwhile: Callable[[], None]) -> Iterator[Press]:
    """A press for one dossier: the one that was kept, or a new one; kept again where it is meant to stay warm."""
    kept = _taken(means) or Kept(Press(language, means.limits).start(), os.getpid(), time.monotonic())
    press = kept.press
    press.language, press.meanwhile, press.at_once = language, meanwhile, means.at_once
    went_well = False
    try:
        yield press
        went_well = means.stays_warm and press.is_idle
    finally:
        if went_well:
            _keep(kept)
        else:
            press.close()


def let_go() -> None:
    """End the press that is kept, if there is one."""
    global _kept
    if _kept and _kept.owner == os.getpid():
        _kept.press.close()
    elif _kept:
        _of_our_parent.append(_kept)  # forgotten, it would take its folder along
    _kept = None


def _taken(means: Means) -> Kept | None:
    """The kept press, no longer kept; one that may not serve any more is ended."""
    global _kept
    if not means.stays_warm:
        return None
    if _kept is None or _kept.owner != os.getpid() or not _kept.may_serve(means):
        let_go()
        return None
    taken, _kept = _kept, None
    return taken


def _keep(kept: Kept) -> None:
    global _kept
    kept.press.tidy()
    kept.press.meanwhile = lambda: None
    kept.dossiers += 1
    let_go()
    _kept = kept
