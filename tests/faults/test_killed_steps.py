"""A process killed in the middle of a step leaves nothing of it; started again, the step is taken once."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house import Crashed, House, house

pytestmark = [pytest.mark.worker, pytest.mark.timeout(300)]

STEP = ("-m", "tests.faults.step")
CONTENT = (
    "bids_bid", "bids_snapshot", "bids_dossier", "bids_letter", "bids_approval", "bids_bidevent", "bids_chain",
    "bids_picture",
)  # fmt: skip


@pytest.fixture
def workshop(tmp_path: Path, stores: dict[str, str]) -> Iterator[House]:
    with house(tmp_path, **stores) as one:
        yield one


def everything(workshop: House) -> dict[str, list[dict[str, Any]]]:
    """All rows that a step may write."""
    return {table: workshop.rows(f"SELECT * FROM {table} ORDER BY id") for table in CONTENT}


def die_at(workshop: House, point: str, kind: str, *step: str) -> None:
    """Take the step with this fault; the process must die of it."""
    with pytest.raises(Crashed) as crash:
        workshop.run(*STEP, "take", *step, ALLOW_FAULTS="1", FAULT=f"{point}:{kind}")
    expected = {"sigkill9": -signal.SIGKILL, "exit": 70, "raise": 1}[kind]
    assert crash.value.code == expected


def test_a_submission_killed_at_any_point_leaves_nothing_and_then_works_once(workshop: House) -> None:
    workshop.run(*STEP, "prepare", "locked")
    before = everything(workshop)
    for point in ("submit.after_snapshot", "submit.before_commit"):
        for kind in ("sigkill9", "exit", "raise"):
            die_at(workshop, point, kind, "submit", "coordinator")
            assert everything(workshop) == before
    workshop.run(*STEP, "take", "submit", "coordinator")
    workshop.run(*STEP, "take", "submit", "coordinator")  # sent again: the first one is found
    assert [bid["state"] for bid in workshop.rows("SELECT state FROM bids_bid")] == ["submitted"]
    assert len(workshop.rows("SELECT id FROM bids_snapshot")) == 1
    assert [row["kind"] for row in workshop.rows("SELECT kind FROM bids_dossier")].count("submission") == 1
    assert "as they were" in workshop.manage("verify_audit")
    assert "as they were" in workshop.manage("verify_snapshots")


def test_a_vote_killed_in_the_middle_is_no_vote(workshop: House) -> None:
    workshop.run(*STEP, "prepare", "recommended")
    before = everything(workshop)
    die_at(workshop, "approve.after_first", "sigkill9", "approve", "approver1")
    assert everything(workshop) == before
    workshop.run(*STEP, "take", "approve", "approver1")
    die_at(workshop, "approve.after_first", "sigkill9", "approve", "approver2")
    assert [row["order"] for row in workshop.rows("SELECT * FROM bids_approval")] == [1]
    workshop.run(*STEP, "take", "approve", "approver2")
    assert [bid["state"] for bid in workshop.rows("SELECT state FROM bids_bid")] == ["approved"]
    assert "as they were" in workshop.manage("verify_audit")
