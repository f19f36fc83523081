"""When the demonstration is made, made again the same day, made again later, and not made at all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.models import User
from bids import snapshot
from bids.actions.demo import rehearsal_dates, seed
from bids.models import Bid, BidEvent, Call, DateChange
from bids.rulebook.calendar import BRUSSELS

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=BRUSSELS)


def rows() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in (User, Bid, BidEvent, DateChange)}


def test_the_rehearsal_closes_at_five_in_brussels_whatever_the_season() -> None:
    cutoff, desk_closes = rehearsal_dates(MONDAY)
    assert desk_closes == datetime(2026, 3, 23, 17, 0, tzinfo=BRUSSELS)
    assert cutoff == datetime(2026, 4, 28, 17, 0, tzinfo=BRUSSELS)  # Easter Monday is no working day


@pytest.mark.django_db
def test_made_again_it_only_moves_the_rehearsal_and_keeps_the_real_dates() -> None:
    with time_machine.travel(MONDAY, tick=False):
        first, counted = seed(), rows()
        again = seed()
        assert (len(first.new), again.new, rows()) == (8, frozenset(), counted)
    with time_machine.travel(datetime(2026, 6, 1, 9, 0, tzinfo=BRUSSELS), tick=False):
        later = seed()
    call = Call.objects.get(reference="HORIZON-JU-EUROHPC-2025-AIFA-01")
    bid = Bid.objects.with_call().get(reference="BE-AIFA-2025")
    assert (bid.cutoff, bid.desk_closes) == (call.cutoff, call.desk_closes) == (later.cutoff, later.desk_closes)
    assert later.desk_closes > first.desk_closes
    assert [change.reason for change in call.date_changes.all()] == ["rehearsal", "rehearsal"]
    assert str(snapshot.call_of(bid).deadline) == "2025-08-21 17:00:00+02:00"


@pytest.mark.django_db
def test_without_demo_nothing_is_made(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
    assert User.objects.count() == Bid.objects.count() == 0
