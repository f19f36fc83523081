"""One command starts everything, and takes everything along when it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError

from bids.management.commands import serve
from bids.management.commands.serve import check_folder, listen, shown
from config import env

pytestmark = [pytest.mark.worker, pytest.mark.timeout(120)]


@pytest.fixture
def served(tmp_path):
    """A running house on a free port: (process, address)."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    variables = os.environ | {
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DEBUG": "1",
        "LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)], env=variables, cwd=env.BASE_DIR
    )
    wait_for(lambda: answers(f"http://127.0.0.1:{port}/healthz") and len(children_of(process.pid)) >= 1)
    yield process
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    process.wait()


def answers(address: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:
        return answer.status == 200
    return False


def wait_for(question, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.1)


def family_of(pid: int) -> set[int]:
    """Every process below this one."""
    found = children_of(pid)
    return found | {grandchild for child in found for grandchild in family_of(child)}


def children_of(pid: int) -> set[int]:
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = stat.read_text().rpartition(")")[2].split()[1]
            if int(parent) == pid:
                found.add(int(stat.parent.name))
    return found


def alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists() and "\nState:\tZ" not in status(pid)}


def status(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/status").read_text()
    return "\nState:\tZ"


def test_a_killed_worker_is_replaced_and_a_killed_server_leaves_nobody_behind(served):
    wait_for(lambda: len(family_of(served.pid)) >= 3)
    (worker,) = children_of(served.pid)
    pool = family_of(worker)
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: not alive(pool))
    wait_for(lambda: len(family_of(served.pid)) >= 3)
    family = family_of(served.pid)
    assert worker not in family
    os.kill(served.pid, signal.SIGKILL)
    wait_for(lambda: not alive(family), seconds=5)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_closed_house_leaves_nobody_behind(served, sign):
    family = family_of(served.pid)
    served.send_signal(sign)
    served.wait(20)
    wait_for(lambda: not alive(family), seconds=5)


def test_a_taken_port_is_said_with_what_to_type():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken by another program.*PORT={port + 1}"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "words"), [("192.0.2.1", 8000, "no address"), ("127.0.0.1", 99999, "no port")]
)
def test_an_impossible_address_is_said(host, port, words):
    with pytest.raises(CommandError, match=words):
        listen(host, port)


def started_in(folder: Path) -> subprocess.CompletedProcess[str]:
    """What `manage.py serve` says where it can't start."""
    variables = os.environ | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings.dev", "PORT": "0"}
    return subprocess.run(
        [sys.executable, "manage.py", "serve"], env=variables, cwd=env.BASE_DIR,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_folder_that_cannot_be_is_said_in_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    started = started_in(tmp_path / "file" / "data")
    assert started.returncode == 1
    assert started.stderr.startswith("Tandem is not configured as it should be. The folder for its data can't be used")
    assert "Traceback" not in started.stderr


def test_a_folder_that_may_not_be_written_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(serve.os, "access", lambda folder, how: False)
    with pytest.raises(CommandError, match=r"Nothing can be written into .*DATA_DIR="):
        check_folder(tmp_path)


def test_a_full_disk_is_said_before_anything_starts(tmp_path, monkeypatch):
    monkeypatch.setattr(serve.shutil, "disk_usage", lambda folder: SimpleNamespace(free=3 * 2**20))
    with pytest.raises(CommandError, match=r"Only 3 MiB are free in .*needs 200"):
        check_folder(tmp_path)


@pytest.mark.parametrize(("host", "printed"), [("0.0.0.0", "127.0.0.1"), ("::1", "[::1]"), ("localhost", "localhost")])
def test_the_printed_address_can_be_opened(host, printed):
    assert shown(host) == printed
