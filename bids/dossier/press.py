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
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from bids.dossier.limits import Limits
from bids.dossier.manuscript import Manuscript
from bids.dossier.profiles import STANDARDS

ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "ALLOW_FAULTS", "FAULT")
PRESS_FOLDER = "tandem-press-"
BINDING = "binding"
VALIDATION = "validation"
BOUND = "dossier.pdf"
FONTS_FILE, FONTS_KNOWN, LOG = "fonts.conf", "fonts", "press.log"
START_SECONDS = 60
LOOK_EVERY = 0.5
FONTS_CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{folder}/fonts</cachedir></fontconfig>"""

logger = logging.getLogger(__name__)


class PressFailed(Exception):
    """The press could not do an order; `reason` is its word for why, `detail` is for the log.

    `order` is the name of the section that is to blame, empty where that can't be told.
    """

    def __init__(self, reason: str, detail: str, order: str = "") -> None:
        super().__init__(f"{order} {reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.order = order


class Press:
    """Use as a context manager: the process and its folder are gone afterwards, whatever happened."""

    def __init__(
        self, language: str, limits: Limits, meanwhile: Callable[[], None] = lambda: None, at_once: int = 1
    ) -> None:
        self.language = language
        self.limits = limits
        self.meanwhile = meanwhile
        self.at_once = at_once
        self._until: dict[str, float] = {}  # when the patience with each order at work ends
        self._heard = b""
        self._hello: dict[str, Any] = {}

    def __enter__(self) -> Press:
        return self.start()

    def start(self) -> Press:
        """Begin to get ready; whoever starts a press closes it."""
        self._folder = tempfile.TemporaryDirectory(prefix=PRESS_FOLDER)
        self.folder = Path(self._folder.name)
        (self.folder / FONTS_FILE).write_text(FONTS_CONF.format(folder=self.folder))
        terms = {"folder": str(self.folder), "language": self.language, "parent": os.getpid()}
        terms_and_limits = json.dumps(terms | {"limits": asdict(self.limits)})
        self._log = (self.folder / LOG).open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "bids.dossier.presswork", terms_and_limits],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
            bufsize=0, cwd=self.folder, env=self._environment(), start_new_session=True,
        )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._kill()
        self._log.close()
        self._folder.cleanup()

    @property
    def is_idle(self) -> bool:
        """Ready for any order, with none at work."""
        return bool(self._hello) and not self._until and self._process.poll() is None

    def tidy(self) -> None:
        """Remove everything that was set, and what was brought for it."""
        for path in self.folder.iterdir():
            if path.name in (FONTS_FILE, FONTS_KNOWN, LOG):
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()

    @property
    def process_id(self) -> int:
        return self._process.pid

    @property
    def network(self) -> str:
        """What the press can reach: nothing, or what its closed fetcher hands out."""
        return str(self._greeting()["network"])

    @property
    def libraries(self) -> list[str]:
        """The versions of the libraries outside Python that have a say in the bytes."""
        return list(self._greeting()["libraries"])

    def typeset(self, name: str, html: str) -> dict[str, Any]:
        """Set one section in pages; the answer is that of `pdf.Typeset`."""
        return next(told for _, told in self.set_each([Manuscript(name, html, self.language)]))

    def set_each(self, manuscripts: Iterable[Manuscript]) -> Iterator[tuple[Manuscript, dict[str, Any]]]:
        """Set sections in pages, a few at once; each comes when it is done."""
        by_name: dict[str, Manuscript] = {}

        def orders() -> Iterator[dict[str, str]]:
            for manuscript in manuscripts:
                by_name[manuscript.name] = manuscript
                (self.folder / f"{manuscript.name}.{manuscript.form}").write_text(manuscript.text)
                yield {"do": manuscript.form, "name": manuscript.name, "language": manuscript.language}

        for name, told in self._each(orders()):
            yield by_name.pop(name), told

    def fragment(self, name: str) -> bytes:
        """The PDF of a section that was set."""
        return (self.folder / f"{name}.pdf").read_bytes()

    def lay(self, name: str, pdf: bytes) -> None:
        """Put a section there that was set before."""
        (self.folder / f"{name}.pdf").write_bytes(pdf)

    def bind(self, plan: dict[str, Any]) -> Path:
        """Bind the sections of the plan; the file lives until the press is closed."""
        (self.folder / f"{BINDING}.json").write_text(json.dumps(plan))
        ((_, self.bound),) = self._each([{"do": "bind", "name": BINDING, "language": self.language}])
        return self.folder / BOUND

    def put(self, place: str, content: bytes) -> None:
        """Give the press a file to work with, at this place in its folder."""
        path = self.folder / place
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)

    def validate(self) -> list[dict[str, Any]]:
        """What in the bound file breaks the standards; each as `validation.Breach`."""
        names = {f"{VALIDATION}-{profile}": profile for profile in STANDARDS}
        orders = (
            {"do": "validate", "name": name, "profile": profile, "language": self.language}
            for name, profile in names.items()
        )
        found = {name: told["breaches"] for name, told in self._each(orders)}
        return [breach for name in names for breach in found[name]]

    def _environment(self) -> dict[str, str]:
        passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        here = {"PYTHONPATH": str(ROOT), "TMPDIR": str(self.folder), "HOME": str(self.folder)}
        return passed | here | {"FONTCONFIG_FILE": str(self.folder / FONTS_FILE), "PYTHONUTF8": "1"}

    def _greeting(self) -> dict[str, Any]:
        """What the press says of itself when it is ready; asked for late, so that it gets ready meanwhile."""
        if not self._hello:
            self._until = {"": time.monotonic() + START_SECONDS}
            _, self._hello = self._answer()
        return self._hello

    def _each(self, orders: Iterable[dict[str, str]]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Have these orders carried out, a few at once; the answer to each comes when it is done."""
        self._greeting()
        waiting = iter(orders)
        at_work = 0
        while True:
            while at_work < self.at_once and (order := next(waiting, None)):
                self._order(order["name"], order)
                at_work += 1
            if not at_work:
                return
            yield self._answer()
            at_work -= 1

    def _order(self, name: str, order: dict[str, str]) -> None:
        assert self._process.stdin is not None
        self._until[name] = time.monotonic() + self.limits.wall_seconds
        try:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
        except BrokenPipeError as problem:
            raise self._died() from problem

    def _answer(self) -> tuple[str, dict[str, Any]]:
        """The next order that is done, with what was told of it."""
        answer: dict[str, Any] = json.loads(self._line())
        del self._until[answer["order"]]
        if "failed" in answer:
            raise PressFailed(answer["failed"], answer["detail"], answer["order"])
        return answer["order"], answer["done"]

    def _line(self) -> bytes:
        """The next line from the press; calls `meanwhile` as long as there is none."""
        assert self._process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._heard:
                self._look_at_the_clock()
                if selector.select(LOOK_EVERY):
                    self._hear(os.read(self._process.stdout.fileno(), 65536))
                self.meanwhile()
        line, _, self._heard = self._heard.partition(b"\n")
        return line

    def _look_at_the_clock(self) -> None:
        late = min(self._until, key=self._until.__getitem__)
        if time.monotonic() > self._until[late]:
            self._kill()
            raise PressFailed("clock", f"{self.limits.wall_seconds} s", late)

    def _hear(self, more: bytes) -> None:
        if not more:
            raise self._died()
        self._heard += more

    def _died(self) -> PressFailed:
        """One order at work is to blame; of several nobody knows which."""
        blamed = next(iter(self._until)) if len(self._until) == 1 else ""
        return PressFailed("killed", (self.folder / LOG).read_text(errors="replace")[-1000:], blamed)

    def _kill(self) -> None:
        """End the press and the forks it may be waiting for."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
