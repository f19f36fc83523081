"""Looks into one uploaded workbook, in a process of its own that may use little time and memory: what it is, as JSON.

Run as `python -m bids.actions.look_into_workbook PATH [results]`; needs no Django, so that it starts quickly.
"""

from __future__ import annotations

import json
import sys

from bids.dossier.limits import Limits, apply
from bids.workbook.look import look

LIMITS = Limits(cpu_seconds=8, wall_seconds=40, memory_bytes=512 * 1024**2, file_bytes=1024**2)

if __name__ == "__main__":
    apply(LIMITS)
    found = json.dumps(look(sys.argv[1], results="results" in sys.argv[2:]), ensure_ascii=False)
    sys.stdout.buffer.write(found.encode("utf-8", "replace"))
