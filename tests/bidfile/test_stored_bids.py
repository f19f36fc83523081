"""`assess` and `readiness` of a stored bid: its own call version, its own dates, its newest signatures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from bids import bidfile, snapshot
from bids.actions.calls import load_calls
from bids.management.bid_command import stored
from bids.models import Bid, Commitment
from bids.rulebook.vocabulary import BidState, CommitmentStatus
from tests import factories

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> Any:
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def refused(*arguments: str) -> list[str]:
    err = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command(*arguments, stderr=err)
    assert left.value.code == 2
    return err.getvalue().splitlines()


def test_a_stored_bid_is_assessed_like_its_file(bid: Bid, tmp_path: Path) -> None:
    path = tmp_path / "bid.json"
    path.write_text(json.dumps(bidfile.as_dict(snapshot.take(bid))), encoding="utf-8")
    assert run("assess", bid.reference) == run("assess", str(path))


def test_a_stored_bid_keeps_the_version_it_was_started_under(bid: Bid) -> None:
    data = bid.call_version.data
    cap = {**data["streams"][1]["eu_cap"], "value": "1.00"}
    streams = [data["streams"][0], {**data["streams"][1], "eu_cap": cap}, data["streams"][2]]
    load_calls([{**data, "version": 2, "streams": streams}])
    found = run("assess", bid.reference)
    assert found["rule_set"] == "EUROHPC-2024-CEI-AI-02@1"
    assert found["streams"]["services"]["cap"] == "15000000.00"


def test_readiness_knows_the_dates_of_the_bid(bid: Bid) -> None:
    Bid.objects.filter(pk=bid.pk).update(cutoff=factories.in_days(40))
    assert "C13" not in {finding["check"] for finding in run("readiness", bid.reference)}
    Bid.objects.filter(pk=bid.pk).update(cutoff=datetime(2025, 6, 30, 15, tzinfo=UTC))
    assert "C13" in {finding["check"] for finding in run("readiness", bid.reference)}


def test_a_submitted_bid_is_its_newest_round_on_the_day_it_came_in(bid: Bid, ada: Any) -> None:
    received = datetime(2025, 6, 1, 22, 30, tzinfo=UTC)
    factories.a_snapshot(bid, ada, received_at=received)
    Bid.objects.filter(pk=bid.pk).update(state=BidState.SUBMITTED)
    bid.budget_lines.all().delete()
    asked = stored(Bid.objects.with_call().get(pk=bid.pk))
    assert len(asked.facts.budget) == 4
    assert asked.on == date(2025, 6, 2)  # half past midnight in Brussels


def test_a_letter_that_expired_after_the_bid_came_in_still_counts_for_its_round(bid: Bid, ada: Any) -> None:
    Commitment.objects.filter(bid=bid).update(status=CommitmentStatus.SIGNED, valid_until=date(2025, 12, 31))
    signed = sum(commitment.amount.cents for commitment in bid.commitments.all())
    factories.a_snapshot(bid, ada, received_at=datetime(2025, 6, 1, tzinfo=UTC))
    assert run("assess", bid.reference)["signed"] == "0.00"
    Bid.objects.filter(pk=bid.pk).update(state=BidState.SUBMITTED)
    assert run("assess", bid.reference)["signed"].replace(".", "") == str(signed)


@pytest.mark.parametrize("command", ["assess", "readiness"])
def test_neither_file_nor_bid(command: str, bid: Bid) -> None:
    assert refused(command, "BE-NOTHING") == ['$: There is neither a file nor a stored bid "BE-NOTHING".']


def test_a_discarded_draft_is_gone(bid: Bid) -> None:
    Bid.objects.filter(pk=bid.pk).update(discarded_at=factories.in_days(0))
    assert refused("assess", bid.reference) == [f'$: There is neither a file nor a stored bid "{bid.reference}".']


def test_before_the_first_migration_a_reference_is_answered_in_words(tmp_path: Path) -> None:
    """A real process, with a database that has no tables yet."""
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
    answer = subprocess.run(
        [sys.executable, "manage.py", "assess", "BE-AIF-2025"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert answer.returncode == 2
    assert answer.stderr.strip() == (
        '$: There is no file "BE-AIF-2025", and the database with the stored bids can\'t be read.'
    )


def test_an_import_is_read_against_the_calls_of_the_house(call: Any, tmp_path: Path) -> None:
    facts = factories.small_bid("BE-NEW")
    wrong = replace(facts, budget=(replace(facts.budget[1], category="A.1"), *facts.budget[2:]))
    path = tmp_path / "bid.json"
    path.write_text(json.dumps(bidfile.as_dict(wrong)), encoding="utf-8")
    with pytest.raises(CommandError, match=r'has no category "A\.1"\. Did you mean A1\?'):
        call_command("import_bid", str(path))
    assert not Bid.objects.exists()


def test_calls_in_force_are_the_newest_versions(call: Any) -> None:
    load_calls([{**call.version_in_force().data, "version": 2, "title": "Renamed"}])
    assert {id_: facts.title for id_, facts in snapshot.calls_in_force().items()} == {
        "EUROHPC-2024-CEI-AI-02": "Renamed"
    }
