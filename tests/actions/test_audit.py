"""The two commands that prove the trail and the snapshots, and name the first fault."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from bids.actions import audit
from bids.actions.records import record
from bids.models import Approval, Bid, BidEvent, Snapshot, triggers
from tests import factories as make


@pytest.fixture
def submitted(bid: Bid, ada: User, dora: User) -> Snapshot:
    """Two rounds, the second one approved once."""
    make.a_snapshot(bid, ada)
    frozen = make.a_snapshot(bid, ada)
    make.an_approval(frozen, dora)
    return frozen


def test_what_nobody_touched_verifies(submitted: Snapshot, capsys) -> None:
    call_command("verify_audit")
    call_command("verify_snapshots")
    assert capsys.readouterr().out == (
        "2 chains of events are as they were written.\n"
        "2 snapshots and all stored files are as they were submitted.\n"
    )  # fmt: skip


def test_an_empty_database_verifies(db: None, capsys) -> None:
    call_command("verify_audit")
    call_command("verify_snapshots")
    assert "0 snapshots" in capsys.readouterr().out


def test_a_changed_event_is_named(bid: Bid, ada: User) -> None:
    record(bid, "tested", by=ada, note="as it was")
    with triggers.lifted(connection):
        BidEvent.objects.filter(name="tested").update(note="as it wasn't")
    with pytest.raises(CommandError, match=r"BE-SMALL: event 2 was changed \(1 faults in all\)") as found:
        call_command("verify_audit")
    assert found.value.returncode == 1


def test_a_missing_trigger_is_named(bid: Bid) -> None:
    triggers.remove(connection)
    name = triggers.names(connection.vendor)[0]
    for command in ("verify_audit", "verify_snapshots"):
        with pytest.raises(CommandError, match=f"the trigger {name} is missing"):
            call_command(command)


def rewrite(frozen: Snapshot, **columns: object) -> None:
    with triggers.lifted(connection):
        Snapshot.objects.filter(pk=frozen.pk).update(**columns)


FAULTS: dict[str, tuple[Callable[[Snapshot], object], str]] = {
    "a changed text": (
        lambda frozen: rewrite(frozen, text=frozen.text.replace("Two sites", "Ten sites")),
        "BE-SMALL / 2: the text does not have the digest",
    ),
    "a changed digest": (lambda frozen: rewrite(frozen, sha256="0" * 64), "BE-SMALL / 2: the text does not have the"),
    "another rule set": (lambda frozen: rewrite(frozen, rule_set="OTHER@1"), "BE-SMALL / 2: rule set OTHER@1 is not"),
    "a missing round": (lambda frozen: rewrite(frozen, round=3), "BE-SMALL: 2 rounds were submitted, but there are"),
    "a round nobody submitted": (
        lambda frozen: Bid.objects.update(round=3), "BE-SMALL: 3 rounds were submitted, but there are snapshots of"
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_of_a_snapshot_is_named(submitted: Snapshot, what: str) -> None:
    tamper, words = FAULTS[what]
    tamper(submitted)
    with pytest.raises(CommandError) as found:
        call_command("verify_snapshots")
    assert str(found.value).startswith(words)
    assert found.value.returncode == 1


def test_a_text_that_was_rewritten_with_its_digest_is_noticed(submitted: Snapshot) -> None:
    """Whoever rewrites both leaves a decision that is about another text."""
    text = submitted.text.replace("Two sites", "Ten sites")
    rewrite(submitted, text=text, sha256=make.snapshot.digest(text))
    assert list(audit.faults_of_the_snapshots()) == ["BE-SMALL / 2: decision 1.1 is about another text"]
    assert Approval.objects.count() == 1


def test_a_text_that_is_no_bid_is_named(submitted: Snapshot) -> None:
    rewrite(submitted, text="{}", sha256=make.snapshot.digest("{}"))
    assert next(audit.faults_of_the_snapshots()).startswith("BE-SMALL / 2: the text can't be read: ")


def test_a_text_with_other_spaces_is_not_the_canonical_one(submitted: Snapshot) -> None:
    text = submitted.text.replace('":', '": ', 1)
    rewrite(submitted, text=text, sha256=make.snapshot.digest(text))
    assert next(audit.faults_of_the_snapshots()) == "BE-SMALL / 2: the text is not the canonical one of its facts"


def test_a_changed_file_is_named(submitted: Snapshot) -> None:
    file = make.a_stored_file(b"%PDF the letter")
    os.chmod(file.path, 0o640)
    file.path.write_bytes(b"%PDF another letter")
    assert list(audit.faults_of_the_snapshots()) == [f"file {file.sha256}: its bytes are gone or changed"]
    file.path.unlink()
