"""Sealing, seen from the worker: a process that is started early, gets one file, signs it, and is gone.

The worker itself never holds a key, and neither do the press or a web process: they only know where
things lie. Sealing is the one step of a dossier that may use the network.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from django.conf import settings

from bids.dossier.seal.terms import Maker, Sealed, Terms
from bids.dossier.source import CannotBuild
from bids.rulebook.text import Sentence, gettext_noop

ROOT = Path(__file__).resolve().parents[3]
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR")
SEAL_FOLDER = "tandem-seal-"
LOOK_EVERY = 0.02
START_SECONDS = 30

# None of these is the bid's fault, and all of them may go better at another time.
REASONS = {
    "unreachable": gettext_noop(
        "The dossier is printed, but the service that seals it did not answer. Try again later; if it fails again, "
        "tell the people who run Tandem."
    ),
    "stamp": gettext_noop(
        "The dossier is printed, but the service that stamps the time on its seal did not answer as it should. Try "
        "again later; if it fails again, tell the people who run Tandem."
    ),
    "refused": gettext_noop(
        "The dossier is printed, but the key that seals it can't be used. Tell the people who run Tandem; then try "
        "again."
    ),
    "clock": gettext_noop("The dossier is printed, but sealing it took too long. Try again later."),
    "killed": gettext_noop("The dossier is printed, but sealing it was stopped. Try again later."),
}


class NotSealed(CannotBuild):
    """No seal; the sentence is for people, `detail` for the log."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(Sentence(REASONS[reason]), is_final=False)
        self.reason = reason
        self.detail = detail


def terms() -> Terms:
    """What this installation has configured."""
    told: dict[str, str] = settings.SEAL_TERMS
    return Terms.of({**told, "maker": settings.SEAL, "folder": str(settings.SEAL_FOLDER)})


def make_ready() -> None:
    """Make the test key where it is the one that seals: at set-up, in a process that ends."""
    if Maker(settings.SEAL) is Maker.TEST and not (Path(settings.SEAL_FOLDER) / "certificate.pem").exists():
        command = [sys.executable, "-m", "bids.dossier.seal.own_key", str(settings.SEAL_FOLDER)]
        subprocess.run(command, cwd=ROOT, env=_environment(), check=True)


def _environment() -> dict[str, str]:
    """Nothing of the worker's own: neither the database nor the secret that signs log-ins."""
    names = (*PASSED_ON, *settings.SEAL_PASSED_ON)
    passed = {name: os.environ[name] for name in names if name in os.environ}
    return passed | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


class Sealer:
    """Use as a context manager: the process and its folder are gone afterwards, whatever happened."""

    def __init__(self, agreed: Terms | None = None) -> None:
        self.terms = agreed or terms()

    def __enter__(self) -> Sealer:
        self._folder = tempfile.TemporaryDirectory(prefix=SEAL_FOLDER)
        self.folder = Path(self._folder.name)
        told = json.dumps(asdict(self.terms) | {"parent": os.getpid()})
        self._log = (self.folder / "seal.log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "bids.dossier.seal.sealwork", told],
            stdin=subprocess.PIPE, stdout=self._log, stderr=self._log, cwd=self.folder, start_new_session=True,
            env=_environment() | {"TMPDIR": str(self.folder), "HOME": str(self.folder)},
        )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._log.close()
        self._folder.cleanup()

    @property
    def process_id(self) -> int:
        return self._process.pid

    def seal(self, pdf: bytes, sha256: str, meanwhile: Callable[[], None] = lambda: None) -> Sealed:
        """The sealed file of these bytes; once for each sealer. Raises NotSealed with the reason."""
        (self.folder / "unsealed.pdf").write_bytes(pdf)
        self._order(json.dumps({"sha256": sha256}))
        self._wait(meanwhile)
        told = self._answer()
        sealed = (self.folder / "sealed.pdf").read_bytes()
        if not sealed.startswith(pdf):
            raise NotSealed("refused", "the seal changed the file it was put on")
        return Sealed(
            pdf=sealed,
            unsealed_sha256=sha256,
            certificate=told["certificate"],
            fingerprint=told["fingerprint"],
            is_test=self.terms.maker is Maker.TEST,
            sealed_at=datetime.fromisoformat(told["sealed_at"]),
            is_stamped=told["is_stamped"],
        )

    def _order(self, order: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(order.encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise NotSealed("refused", self._said()) from error

    def _wait(self, meanwhile: Callable[[], None]) -> None:
        until = time.monotonic() + START_SECONDS + self.terms.seconds
        while self._process.poll() is None:
            if time.monotonic() > until:
                raise NotSealed("clock", f"{self.terms.seconds} s")
            meanwhile()
            time.sleep(LOOK_EVERY)

    def _answer(self) -> dict[str, Any]:
        path = self.folder / "answer.json"
        if not path.exists():
            raise NotSealed("killed" if self._process.returncode < 0 else "refused", self._said())
        answer = json.loads(path.read_text())
        if "failed" in answer:
            raise NotSealed(answer["failed"], answer["detail"])
        done: dict[str, Any] = answer["done"]
        return done

    def _said(self) -> str:
        return (self.folder / "seal.log").read_text(errors="replace")[-1000:]
