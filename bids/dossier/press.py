"""The press, seen from outside: a child process that sets sections in pages and binds them.

Started with `subprocess`, because a Celery child may not start `multiprocessing` children. It gets
an empty environment, a folder of its own, no network where the machine permits it, and hard limits
for each section. Whoever waits for it is called back regularly, to prolong a lease or to give up.
"""

from __future__ import annotations

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from bids.dossier.limits import Limits

ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "ALLOW_FAULTS", "FAULT")
PRESS_FOLDER = "tandem-press-"
START_SECONDS = 60
LOOK_EVERY = 0.5
FONTS_CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{folder}/fonts</cachedir></fontconfig>"""

logger = logging.getLogger(__name__)


class PressFailed(Exception):
    """The press could not do an order; `reason` is its word for why, `detail` is for the log."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Press:
    """Use as a context manager: the process and its folder are gone afterwards, whatever happened."""

    def __init__(self, language: str, limits: Limits, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.language = language
        self.limits = limits
        self.meanwhile = meanwhile

    def __enter__(self) -> Press:
        self._folder = tempfile.TemporaryDirectory(prefix=PRESS_FOLDER)
        self.folder = Path(self._folder.name)
        (self.folder / "fonts.conf").write_text(FONTS_CONF.format(folder=self.folder))
        terms = {"folder": str(self.folder), "language": self.language, "parent": os.getpid()}
        terms_and_limits = json.dumps(terms | {"limits": asdict(self.limits)})
        self._log = (self.folder / "press.log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "bids.dossier.presswork", terms_and_limits],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
            cwd=self.folder, env=self._environment(), start_new_session=True,
        )  # fmt: skip
        self._heard = b""
        self.network: str = self._answer(START_SECONDS)["network"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._kill()
        self._log.close()
        self._folder.cleanup()

    @property
    def process_id(self) -> int:
        return self._process.pid

    def typeset(self, name: str, html: str) -> dict[str, Any]:
        """Set a section in pages; the answer is that of `pdf.Typeset`."""
        (self.folder / f"{name}.html").write_text(html)
        return self._order({"do": "typeset", "name": name})

    def bind(self, plan: dict[str, Any]) -> Path:
        """Bind the sections of the plan; the file lives until the press is closed."""
        (self.folder / "binding.json").write_text(json.dumps(plan))
        self.bound = self._order({"do": "bind"})
        return self.folder / "dossier.pdf"

    def _environment(self) -> dict[str, str]:
        passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        here = {"PYTHONPATH": str(ROOT), "TMPDIR": str(self.folder), "HOME": str(self.folder)}
        return passed | here | {"FONTCONFIG_FILE": str(self.folder / "fonts.conf"), "PYTHONUTF8": "1"}

    def _order(self, order: dict[str, str]) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        return self._answer(self.limits.wall_seconds)

    def _answer(self, seconds: float) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._line(seconds))
        if "failed" in answer:
            raise PressFailed(answer["failed"], answer["detail"])
        done: dict[str, Any] = answer["done"]
        return done

    def _line(self, seconds: float) -> bytes:
        """The next line from the press; calls `meanwhile` as long as there is none."""
        assert self._process.stdout is not None
        until = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._heard:
                if time.monotonic() > until:
                    self._kill()
                    raise PressFailed("clock", f"{seconds} s")
                if selector.select(LOOK_EVERY):
                    self._hear(os.read(self._process.stdout.fileno(), 65536))
                self.meanwhile()
        line, _, self._heard = self._heard.partition(b"\n")
        return line

    def _hear(self, more: bytes) -> None:
        if not more:
            raise PressFailed("killed", (self.folder / "press.log").read_text(errors="replace")[-1000:])
        self._heard += more

    def _kill(self) -> None:
        """End the press and the fork it may be waiting for."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
