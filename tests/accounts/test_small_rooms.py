"""The clock, the faults and the declaration: small things that many rely on."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from accounts import clock
from accounts.declare import declare
from accounts.faults import Fault, fault
from accounts.visitor import person
from config import env


def test_the_clock_can_be_moved_for_tests(settings):
    settings.CLOCK_OFFSET = timedelta(days=-1)
    assert timedelta(days=0.99) < datetime.now(UTC) - clock.now() < timedelta(days=1.01)


def test_today_is_the_day_in_brussels(monkeypatch):
    monkeypatch.setattr(clock.timezone, "now", lambda: datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    assert clock.today().isoformat() == "2026-07-01"


def test_a_fault_sleeps_unless_it_is_allowed(monkeypatch):
    monkeypatch.setenv("FAULT", "submit.before_commit:raise")
    fault("submit.before_commit")
    monkeypatch.setenv("ALLOW_FAULTS", "1")
    fault("submit.after_snapshot")
    with pytest.raises(Fault, match=r"submit\.before_commit"):
        fault("submit.before_commit")


def test_a_full_disk_can_be_played(monkeypatch):
    monkeypatch.setenv("ALLOW_FAULTS", "1")
    monkeypatch.setenv("FAULT", "render.before_rename:enospc")
    with pytest.raises(OSError, match="No space left"):
        fault("render.before_rename")


@pytest.mark.parametrize(("kind", "code"), [("sigkill9", -9), ("exit", 70)])
def test_a_process_can_be_ended(kind, code):
    ended = subprocess.run(
        [sys.executable, "-c", "from accounts.faults import fault; fault('render.mid')"],
        env=os.environ | {"ALLOW_FAULTS": "1", "FAULT": f"render.mid:{kind}"},
        cwd=env.BASE_DIR,
        check=False,
    )
    assert ended.returncode == code


def test_a_view_says_what_it_asks(rf):
    @declare("public")
    def opened(request): ...

    @declare("signed_in")
    def closed(request): ...

    assert (opened.act, opened.login_required) == ("public", False)
    assert (closed.act, hasattr(closed, "login_required")) == ("signed_in", False)


def test_who_is_asking(rf, eva):
    request = rf.get("/")
    request.user = eva
    assert person(request) == eva
