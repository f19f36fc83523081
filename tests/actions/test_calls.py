"""Calls come from files as versions that never change, and bids keep the one they have."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.models import User
from bids import callfile, snapshot
from bids.actions.bidfiles import import_bid
from bids.actions.calls import dates_of, is_open, load_calls, rehearse
from bids.models import Bid, BidEvent, Call, CallVersion, DateChange
from bids.rulebook import calendar
from bids.rulebook.vocabulary import BidState
from tests import factories as make

pytestmark = pytest.mark.django_db

SUMMER = datetime(2025, 4, 1, 12, tzinfo=UTC)


def test_every_shipped_call_is_stored_as_it_reads() -> None:
    load_calls(callfile.load(path) for path in callfile.shipped_paths())
    assert {call.reference for call in Call.objects.all()} == set(callfile.shipped())
    for version in CallVersion.objects.select_related("call"):
        assert snapshot.facts_of(version) == callfile.shipped()[version.call.reference]
        assert (version.call.title, version.call.instrument) == (
            callfile.shipped()[version.call.reference].title, callfile.shipped()[version.call.reference].instrument,
        )  # fmt: skip


def test_loading_the_same_data_again_adds_nothing(call: Call) -> None:
    (again,) = load_calls([callfile.load(call.reference)])
    assert again.is_unchanged
    assert CallVersion.objects.count() == 1
    assert BidEvent.objects.filter(name="call_loaded").count() == 1


def test_changed_data_is_a_new_version_and_bids_keep_theirs(bid: Bid) -> None:
    data = deepcopy(callfile.load(bid.call.reference))
    data["title"] = "A new title"
    (loaded,) = load_calls([data])
    assert [change.path for change in loaded.changes] == ["title"]
    assert str(loaded.version) == f"{bid.call.reference}@2"
    assert snapshot.facts_of(loaded.version).rule_set == f"{bid.call.reference}@2"
    kept = Bid.objects.with_call().get(pk=bid.pk)
    assert kept.call_version.number == 1
    assert snapshot.call_of(kept).title != "A new title"
    assert Call.objects.get().title == "A new title"
    assert import_bid(make.small_bid("NEWER"), by=None).call_version == loaded.version


def test_the_number_in_the_file_counts_where_it_is_higher(call: Call) -> None:
    (loaded,) = load_calls([callfile.load(call.reference) | {"title": "Newer", "version": 7}])
    assert loaded.version.number == 7
    assert call.version_in_force() == loaded.version


def test_the_command_prints_the_difference(capsys, tmp_path: Path) -> None:
    call_command("load_calls")
    out = capsys.readouterr().out
    assert f"{make.FACTORY_CALL}@1: new\n" in out
    call_command("load_calls", dry_run=True)
    out = capsys.readouterr().out
    assert f"{make.FACTORY_CALL}@1: unchanged\n" in out
    assert out.endswith("Nothing was stored (--dry-run).\n")
    changed = tmp_path / "call.toml"
    shipped = next(path for path in callfile.shipped_paths() if path.stem == "GENERIC-HE-RIA")
    changed.write_text(shipped.read_text().replace('title = "Horizon Europe: r', 'title = "Horizon Europe! R'))
    call_command("load_calls", changed, dry_run=True)
    out = capsys.readouterr().out
    assert out.startswith("GENERIC-HE-RIA@2: 1 values differ from the version before\n  title: 'Horizon Europe: r")
    assert not CallVersion.objects.filter(number=2).exists()
    call_command("load_calls", changed)
    assert CallVersion.objects.filter(number=2).count() == 1


def test_a_broken_call_file_stores_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("id = 3")
    with pytest.raises(CommandError) as refused:
        call_command("load_calls", broken)
    assert refused.value.returncode == 2
    assert not Call.objects.exists()


def test_a_bid_gets_the_dates_of_its_call(call: Call) -> None:
    facts = snapshot.facts_of(call.version_in_force())
    with time_machine.travel(SUMMER):
        bid = import_bid(make.small_bid(), by=None)
        assert bid.cutoff == calendar.cutoff_of(facts, SUMMER)
        assert bid.desk_closes == calendar.desk_closes_of(facts, SUMMER)
        assert is_open(call, SUMMER)
    assert not is_open(call, bid.desk_closes)
    assert is_open(call, bid.desk_closes - timedelta(microseconds=1))


def test_a_call_without_dates_is_always_open() -> None:
    call = make.a_call("GENERIC-HE-RIA")
    assert is_open(call, SUMMER)
    assert dates_of(call, SUMMER) == (None, None)


def test_a_rehearsal_opens_a_closed_call_for_demonstrations(bid: Bid, clara: User, moved_to: Callable) -> None:
    demo = import_bid(make.small_bid("DEMO"), by=None, is_demo=True)
    filed = moved_to(import_bid(make.small_bid("FILED"), by=None, is_demo=True), BidState.FILED)
    now, cutoff, closes = make.in_days(0), make.in_days(60), make.in_days(20)
    assert not is_open(bid.call, now)
    change = rehearse(bid.call, cutoff=cutoff, desk_closes=closes, by=clara)
    for row in (demo, bid, filed):
        row.refresh_from_db()
    assert (demo.cutoff, demo.desk_closes) == (cutoff, closes)
    assert bid.desk_closes < now > filed.desk_closes
    call = Call.objects.get()
    assert is_open(call, now)
    assert dates_of(call, now) == (cutoff, closes)
    assert dates_of(call, closes) != (cutoff, closes)
    assert (change.reason, change.confirmed_at is not None) == ("rehearsal", True)
    assert demo.events.latest("sequence").name == "dates_moved"


def test_a_second_rehearsal_moves_the_dates_on(call: Call) -> None:
    first = rehearse(call, cutoff=make.in_days(60), desk_closes=make.in_days(20), by=None)
    second = rehearse(call, cutoff=make.in_days(61), desk_closes=make.in_days(21), by=None)
    assert (second.old_cutoff, second.old_desk_closes) == (first.cutoff, first.desk_closes)
    assert DateChange.objects.count() == 2
