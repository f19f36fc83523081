"""One job, many hands: who holds it, for how long, and who may still write when it is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from accounts import clock
from accounts.models import User
from bids.dossier import lease as lease_module
from bids.dossier.hold import DossierHold
from bids.dossier.lease import Lost, TooLong
from bids.dossier.source import Built
from bids.models import Bid, Dossier, Seal
from bids.rulebook.vocabulary import JobState
from tests import factories
from tests.dossier.seals import AtOnce

BUILT = Built(b"%PDF", 3, "ab" * 32, (), "none")
SEALED = AtOnce().seal(BUILT.pdf, BUILT.sha256)
SEAL = Seal(sealed_sha256=SEALED.sha256)


@pytest.fixture
def waiting(bid: Bid, ada: User) -> Dossier:
    """A job that nobody has claimed yet."""
    return factories.a_dossier(factories.a_snapshot(bid, ada))


def lapse(dossier: Dossier) -> None:
    """The holder has given no sign of life for too long."""
    Dossier.objects.filter(pk=dossier.pk).update(lease_until=clock.now() - timedelta(seconds=1))


def test_a_job_is_claimed_once(waiting: Dossier) -> None:
    assert DossierHold.claim(waiting.pk) is not None
    assert DossierHold.claim(waiting.pk) is None
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempt) == (JobState.RUNNING, 1)
    assert waiting.lease_until is not None
    assert waiting.lease_until > clock.now() + timedelta(seconds=80)


def test_a_lapsed_lease_can_be_taken_over_and_the_first_holder_writes_nothing_more(waiting: Dossier) -> None:
    first = DossierHold.claim(waiting.pk)
    lapse(waiting)
    second = DossierHold.claim(waiting.pk)
    assert first is not None
    assert second is not None
    with pytest.raises(Lost):
        first.progressed(0.5)
    with pytest.raises(Lost):
        first.finish(BUILT, [], 4, SEAL)
    with pytest.raises(Lost):
        first.keep_seal(SEALED)
    with pytest.raises(Lost):
        first.fail("too late")
    second.finish(BUILT, ["a remark"], 4, second.keep_seal(SEALED))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempt, waiting.file_sha256, waiting.pages) == (JobState.DONE, 2, "ab" * 32, 3)
    assert (waiting.remarks, waiting.progress, waiting.size) == (["a remark"], 100, 4)


def test_a_finished_job_is_finished_once(waiting: Dossier) -> None:
    holder = DossierHold.claim(waiting.pk)
    assert holder is not None
    holder.finish(BUILT, [], 4, SEAL)
    with pytest.raises(Lost):
        holder.finish(BUILT, [], 4, SEAL)
    assert DossierHold.claim(waiting.pk) is None


def test_a_cancelled_job_tells_its_holder(waiting: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = DossierHold.claim(waiting.pk)
    assert holder is not None
    Dossier.objects.filter(pk=waiting.pk).update(state=JobState.CANCELLED)
    holder.keep()  # asked for often, looked at seldom
    monkeypatch.setattr(holder, "_renew_every", 0)
    with pytest.raises(Lost):
        holder.keep()


def test_a_sign_of_life_renews_the_lease(waiting: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = DossierHold.claim(waiting.pk)
    assert holder is not None
    lapse(waiting)
    monkeypatch.setattr(holder, "_renew_every", 0)
    holder.keep()
    assert DossierHold.claim(waiting.pk) is None


def test_a_job_has_an_end(waiting: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = DossierHold.claim(waiting.pk)
    assert holder is not None
    monkeypatch.setattr(lease_module.time, "monotonic", lambda: holder._began + 15 * 60 + 1)
    with pytest.raises(TooLong):
        holder.keep()


def test_progress_is_never_all_before_the_file_lies_in_its_place(waiting: Dossier) -> None:
    holder = DossierHold.claim(waiting.pk)
    assert holder is not None
    holder.progressed(1.0)
    waiting.refresh_from_db()
    assert waiting.progress == 99


def test_three_attempts_and_no_more(waiting: Dossier) -> None:
    for attempt in (1, 2, 3):
        holder = DossierHold.claim(waiting.pk)
        assert holder is not None
        assert (holder.attempt, holder.is_last) == (attempt, attempt == 3)
        holder.give_back("The disk is full.")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == (JobState.FAILED, "The disk is full.")
    assert DossierHold.claim(waiting.pk) is None


@pytest.mark.django_db(transaction=True)
def test_of_eight_claimants_one_gets_the_job(waiting: Dossier) -> None:
    def try_it(_: int) -> bool:
        try:
            return DossierHold.claim(waiting.pk) is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as crowd:
        assert sorted(crowd.map(try_it, range(8))) == [False] * 7 + [True]
    waiting.refresh_from_db()
    assert waiting.attempt == 1
