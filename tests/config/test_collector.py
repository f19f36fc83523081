"""What a server has loaded is left out of garbage collections, whichever way it is started."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from config import env
from config.collector import NEW_OBJECTS

TOLD = """
import gc, json, sys, {entry}
print(json.dumps([gc.get_freeze_count(), gc.get_threshold()[0], "bids.views.budget" in sys.modules]))
"""


@pytest.mark.parametrize("entry", ["config.wsgi", "config.asgi"])
def test_a_server_settles_in(entry: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", TOLD.format(entry=entry)],
        cwd=env.BASE_DIR, env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    frozen, threshold, has_pages = json.loads(run.stdout)
    assert frozen > 100_000
    assert (threshold, has_pages) == (NEW_OBJECTS, True)
