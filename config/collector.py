"""The garbage collector of a server: what is loaded once stays, and is not looked through with every thousand rows."""

from __future__ import annotations

import gc

from django.urls import get_resolver

NEW_OBJECTS = 20_000  # before it looks at them; a large bid makes and drops ten times as many for one page


def settle_in() -> None:
    """Load every page, then leave what is loaded out of every collection to come."""
    assert get_resolver().url_patterns  # the map, with all views
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
