"""The whole suite, as `make test` runs it: on a PostgreSQL of its own if there is one, then everything on SQLite.

`DEPTH=deep` (`make deep`) runs the full figures instead, one after the other, because they are measured.

Services are started privately, on free ports and in folders that go away: nothing on this machine is touched.
What can't be run is said in one line; with TANDEM_ALL=1 (`.ci/run`) it is a failure.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from tests.office import CALC, WRITER

DEPTH = "deep" if os.environ.get("DEPTH") == "deep" else "not deep"
WORKERS = "0" if DEPTH == "deep" else os.environ.get("TEST_WORKERS", "2")
NOTHING_LEFT_OUT = os.environ.get("TANDEM_ALL") == "1"
# These ask no database anything, or start their own.
SAME_ON_EVERY_DATABASE = (
    "architecture",
    "bidfile",
    "callfile",
    "config",
    "golden",
    "plots",
    "rulebook",
    "ui",
    "workbook",
)
# Nothing here must survive a power cut, so it may be fast.
HASTE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=127.0.0.1")


Service = AbstractContextManager[str]


class Missing(Exception):
    """A service that can't be had; the message says why and what to do."""


def main(arguments: list[str]) -> int:
    """Run it all; the exit code is the worst of the runs."""
    with contextlib.ExitStack() as services:
        found = {name: enter(services, name, start) for name, start in {"PostgreSQL": postgres, "Redis": redis}.items()}
        found |= {part.called: part.program or Missing(part.missing) for part in (CALC, WRITER)}
        found["the browser"] = shutil.which("chromium") or Missing("there is no chromium (apt-get install chromium)")
        os.environ["TEST_REDIS_URL"] = found["Redis"] if isinstance(found["Redis"], str) else ""
        codes = []
        if isinstance(database := found["PostgreSQL"], str):
            print("--- on PostgreSQL", flush=True)
            ignored = [f"--ignore=tests/{name}" for name in SAME_ON_EVERY_DATABASE]
            chosen = f"{DEPTH} and not browser and (postgres or not worker)"
            codes.append(pytest(chosen, *ignored, *arguments, TEST_DATABASE_URL=database))
        print("--- on SQLite", flush=True)
        codes.append(pytest(f"{DEPTH} and not postgres", *arguments, TEST_DATABASE_URL=""))
    for name, service in found.items():
        if isinstance(service, Missing):
            print(f"Left out: the tests on {name}, because {service}.")
            codes.append(int(NOTHING_LEFT_OUT))
    return max(codes)


def enter(services: contextlib.ExitStack, name: str, start: Callable[[], Service]) -> str | Missing:
    """The address of a service, or why there is none."""
    try:
        return services.enter_context(start())
    except Missing as reason:
        return reason


def pytest(marked: str, *arguments: str, **variables: str) -> int:
    spread = ["-n", WORKERS, "--dist", "loadgroup"] if WORKERS != "0" else ["-s"]
    command = [sys.executable, "-m", "pytest", "-q", *spread, "-m", marked, *arguments]
    return subprocess.run(command, env=os.environ | variables, stdin=subprocess.DEVNULL, check=False).returncode


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL: the given one, or a cluster that lives as long as the tests."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [Path(shutil.which("initdb") or "").parent]
    if not (programs[-1] / "initdb").exists():
        raise Missing("it is not installed (apt-get install postgresql)")
    with folder("postgres") as (home, as_user):
        make = [*as_user, str(programs[-1] / "initdb"), "-D", f"{home}/db", "-U", "tandem", "-A", "trust", "-N"]
        made = subprocess.run([*make, "-E", "UTF8", "--locale=C.UTF-8"], capture_output=True, text=True, check=False)
        if made.returncode:
            raise Missing(f"a cluster can't be made ({made.stderr.strip().splitlines()[-1:]})")
        port = free_port()
        options = [part for setting in HASTE for part in ("-c", setting)]
        command = [str(programs[-1] / "postgres"), "-D", f"{home}/db", "-k", home, "-p", str(port), *options]
        with running([*as_user, *command], port, "PostgreSQL"):
            yield f"postgres://tandem@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """The address of a Redis: the given one, or one that lives as long as the tests."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    if not (program := shutil.which("redis-server")):
        raise Missing("it is not installed (apt-get install redis-server)")
    port = free_port()
    with (
        folder("redis") as (home, as_user),
        running(
            [*as_user, program, "--port", str(port), "--bind", "127.0.0.1", "--dir", home, "--save", ""], port, "Redis"
        ),
    ):
        yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def folder(user: str) -> Iterator[tuple[str, list[str]]]:
    """A folder that goes away, and how to run a command as its owner: servers refuse to run as root."""
    with tempfile.TemporaryDirectory(prefix=f"tandem-{user}-", ignore_cleanup_errors=True) as home:
        as_user = ["setpriv", "--pdeathsig", "KILL"]
        if os.geteuid() == 0:
            owner = next((name for name in (user, "nobody") if exists(name)), "nobody")
            shutil.chown(home, owner)
            as_user += ["--reuid", owner, "--clear-groups"]
        yield home, as_user


def exists(user: str) -> bool:
    with contextlib.suppress(KeyError):
        return bool(pwd.getpwnam(user))
    return False


@contextlib.contextmanager
def running(command: list[str], port: int, name: str) -> Iterator[None]:
    """Start a server, wait until it listens, stop it at the end."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process, name)
        yield
    finally:
        process.terminate()
        process.wait(30)


def wait_for(port: int, process: subprocess.Popen[bytes], name: str) -> None:
    for _ in range(150):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if process.poll() is not None:
            raise Missing(f"{name} ended at once with code {process.returncode}")
        time.sleep(0.2)
    raise Missing(f"{name} does not answer")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
