"""What a process of its own finds in a file that somebody uploaded: it may use little, and learns nothing secret."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_TREE = Path(__file__).resolve().parents[2]
OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


class Ended(Exception):
    """The process was ended before it could say anything: `out_of_time`, or for another reason."""

    def __init__(self, *, out_of_time: bool) -> None:
        self.out_of_time = out_of_time
        super().__init__("out of time" if out_of_time else "ended")


def found_in(
    content: bytes, module: str, *words: str, suffix: str, seconds: float, **environment: str
) -> dict[str, Any]:
    """The answer of `python -m module FILE words`, which is one object of JSON; raises `Ended` where there is none."""
    with tempfile.NamedTemporaryFile(suffix=suffix) as kept:
        Path(kept.name).write_bytes(content)
        command = [sys.executable, "-m", module, kept.name, *words]
        surroundings = _nothing_secret() | environment
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=seconds, check=True, cwd=_TREE, env=surroundings
            )
        except subprocess.TimeoutExpired:
            raise Ended(out_of_time=True) from None
        except subprocess.CalledProcessError as error:
            raise Ended(out_of_time=error.returncode in OUT_OF_TIME) from None
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _nothing_secret() -> dict[str, str]:
    """What the process may know of its surroundings: where its programs are, no passwords."""
    return {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
