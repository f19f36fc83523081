"""A whole house for tests: its own folder, database and queue, and `manage.py serve` with its worker."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from config.env import BASE_DIR

PATIENCE = 120  # seconds: the rest of the suite may be running beside


class Crashed(Exception):
    """A program of the house ended badly."""

    def __init__(self, code: int, words: str) -> None:
        self.code = code
        super().__init__(f"ended with code {code}: {words}")


class House:
    """What `make run` opens, for a test; `environment` may name a database and a broker of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "DJANGO_SETTINGS_MODULE": "tests.house_settings",
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "DEMO": "1",
            "LOG_LEVEL": "WARNING",
        } | environment
        self.process: subprocess.Popen[bytes] | None = None
        self.passwords: dict[str, str] = {}

    def furnish(self) -> None:
        """The demonstration as `make run` loads it, and a bid in every state with a person per role."""
        self.manage("prepare")
        for people in (self.data("demo"), self.data("acceptance_seed")):
            self.passwords |= {person["email"]: people["password"] for person in people["people"]}

    def manage(self, *arguments: str, **environment: str) -> str:
        """Run a command of the house; what it prints."""
        return self.run("manage.py", *arguments, **environment)

    def run(self, *arguments: str, **environment: str) -> str:
        """Run a program of ours inside the house; what it prints."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=BASE_DIR, env=self.environment | environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise Crashed(done.returncode, done.stderr[-3000:])
        return done.stdout

    def data(self, *arguments: str) -> Any:
        """What a command prints as JSON."""
        return json.loads(self.manage(*arguments, "--json"))

    def data_of(self, *arguments: str) -> Any:
        """What a program of ours prints as JSON."""
        return json.loads(self.run(*arguments))

    def open(self, **environment: str) -> None:
        """Start web server and worker; `environment` may hold a fault."""
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=BASE_DIR, env=self.environment | environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=(self.folder / "house.log").open("ab"),
        )  # fmt: skip
        wait_for(self.answers, self.log)

    @property
    def database(self) -> str:
        """Which one it has, for figures that tell both."""
        return "PostgreSQL" if "DATABASE_URL" in self.environment else "SQLite"

    def password(self, email: str) -> str:
        return self.passwords[email]

    def answers(self) -> bool:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.address}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
        return False

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def log(self) -> str:
        path = self.folder / "house.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """What the database says, read from beside."""
        if address := self.environment.get("DATABASE_URL"):
            with psycopg.connect(address, row_factory=dict_row) as served:
                return served.execute(sql).fetchall()
        where = f"file:{self.folder / 'tandem.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(where, uri=True, timeout=20)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(sql)]


@contextlib.contextmanager
def house(folder: Path, **environment: str) -> Iterator[House]:
    """A house in this folder, closed at the end whatever happens."""
    one = House(folder, **environment)
    try:
        yield one
    finally:
        one.close()


def wait_for(is_so: Callable[[], Any], explain: Callable[[], Any] = str, seconds: float = PATIENCE) -> None:
    """Ask until it is so; say what there is to say if it never is."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, explain()
        time.sleep(0.1)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
