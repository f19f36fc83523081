"""From asking to a file on disk, and everything that may come between."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from kombu.exceptions import OperationalError

from accounts import clock
from accounts.models import User
from bids import tasks
from bids.actions.dossiers import NothingSubmitted, cancel_dossier, request_dossier, retry_dossier
from bids.clock import purge_drafts, ring_waiting_jobs
from bids.dossier import files, job
from bids.dossier.hold import DossierHold
from bids.dossier.lease import Lost
from bids.dossier.seal.sealing import NotSealed
from bids.dossier.seal.terms import Sealed
from bids.dossier.source import Built, CannotBuild
from bids.dossier.verify import known
from bids.models import Bid, BidEvent, CallVersion, Dossier, Picture, Seal
from bids.rulebook.text import sentence
from bids.rulebook.vocabulary import DossierKind, JobState, Language
from tests import factories
from tests.dossier.paper import Paper
from tests.dossier.seals import SEAL, AtOnce

PDF = b"%PDF-1.7 printed"
SHA = hashlib.sha256(PDF).hexdigest()


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Stands in for the printer where only the job around it matters: prints at once, or fails as told."""

    def prints(outcome: Any) -> None:
        def build(source: Any, **_: Any) -> Built:
            if isinstance(outcome, Exception):
                raise outcome
            return Built(PDF, 7, SHA, (sentence("A remark."),), "none")

        monkeypatch.setattr(job, "build_pdf", build)

    monkeypatch.setattr(job, "Sealer", AtOnce)
    prints(None)
    return prints


@pytest.fixture
def draft(bid: Bid, ada: User) -> Dossier:
    return request_dossier(bid, DossierKind.DRAFT, Language.EN, by=ada)


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def test_a_draft_is_printed_from_the_working_copy(draft: Dossier, bid: Bid) -> None:
    assert job.work(draft.pk)
    made = fresh(draft)
    assert (made.state, made.progress, made.reason) == (JobState.DONE, 100, "")
    pdf = files.path_of(made.file_sha256).read_bytes()
    assert hashlib.sha256(pdf).hexdigest() == made.file_sha256
    assert (made.size, oct(files.path_of(made.file_sha256).stat().st_mode)[-3:]) == (len(pdf), "440")
    paper = Paper(pdf)
    assert len(paper.pages) == made.pages
    assert bid.title in paper.pages[0]
    assert made.source_digest in paper.pages[-1]
    assert f"{settings.SITE_URL}/verify/{made.source_digest}/" in paper.pages[-1].replace(" ", "")
    assert not job.work(draft.pk)


@pytest.mark.usefixtures("printer")
def test_a_round_is_printed_from_its_snapshot(bid: Bid, ada: User) -> None:
    frozen = factories.a_snapshot(bid, ada)
    asked = request_dossier(bid, DossierKind.SUBMISSION, Language.FR, by=ada)
    assert (asked.snapshot, asked.picture, asked.source_digest) == (frozen, None, frozen.sha256)
    assert job.work(asked.pk)
    assert (fresh(asked).state, fresh(asked).remarks) == (JobState.DONE, ["A remark."])
    sealed = PDF + SEAL
    assert fresh(asked).kept_sha256 == hashlib.sha256(sealed).hexdigest()
    assert (fresh(asked).file_sha256, fresh(asked).size) == (SHA, len(sealed))
    assert files.path_of(fresh(asked).kept_sha256).read_bytes() == sealed
    kept = Seal.objects.get()
    assert (kept.dossier, kept.file_sha256, kept.sealed_sha256) == (asked, SHA, fresh(asked).sealed_sha256)
    assert (kept.source_digest, kept.is_test, kept.is_stamped) == (frozen.sha256, True, False)


@pytest.mark.usefixtures("printer")
def test_a_draft_has_no_seal(draft: Dossier) -> None:
    assert job.work(draft.pk)
    assert (fresh(draft).sealed_sha256, fresh(draft).kept_sha256, Seal.objects.exists()) == ("", SHA, False)


@pytest.mark.usefixtures("printer")
def test_who_was_overtaken_leaves_neither_a_row_nor_a_seal(bid: Bid, ada: User) -> None:
    factories.a_snapshot(bid, ada)
    asked = request_dossier(bid, DossierKind.SUBMISSION, Language.EN, by=ada)
    slow = DossierHold.claim(asked.pk)
    assert slow is not None
    Dossier.objects.filter(pk=asked.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    assert job.work(asked.pk)
    with pytest.raises(Lost):
        slow.keep_seal(AtOnce().seal(PDF, SHA))
    assert (fresh(asked).attempt, Seal.objects.count()) == (2, 1)


@pytest.mark.usefixtures("printer")
def test_who_dies_between_seal_and_done_is_followed_by_one_who_seals_no_more(
    bid: Bid, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.a_snapshot(bid, ada)
    asked = request_dossier(bid, DossierKind.SUBMISSION, Language.EN, by=ada)
    with monkeypatch.context() as patch:
        patch.setattr(job.DossierHold, "finish", lambda *_: (_ for _ in ()).throw(OSError("died")))
        assert job.work(asked.pk)
    seal = Seal.objects.get()
    assert (fresh(asked).state, fresh(asked).sealed_sha256) == (JobState.QUEUED, "")

    class Never(AtOnce):
        def seal(self, *_: Any, **__: Any) -> Sealed:
            raise AssertionError("sealed twice")

    monkeypatch.setattr(job, "Sealer", Never)
    assert job.work(asked.pk)
    assert (fresh(asked).state, fresh(asked).sealed_sha256) == (JobState.DONE, seal.sealed_sha256)
    assert [path.stem for path in files.folder().iterdir()] == [seal.sealed_sha256]


@pytest.mark.usefixtures("printer")
def test_a_sealed_file_that_was_lost_is_sealed_anew_and_the_former_stays_known(
    bid: Bid, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.a_snapshot(bid, ada)
    asked = request_dossier(bid, DossierKind.SUBMISSION, Language.EN, by=ada)
    assert job.work(asked.pk)
    former = fresh(asked).sealed_sha256
    files.path_of(former).unlink()
    request_dossier(bid, DossierKind.SUBMISSION, Language.EN, by=ada)
    monkeypatch.setattr(AtOnce, "more", b" once more")
    assert job.work(asked.pk)
    assert fresh(asked).sealed_sha256 != former
    assert known(former) is not None


@pytest.mark.usefixtures("printer")
def test_a_dossier_that_can_t_be_sealed_is_tried_again_and_says_why(
    bid: Bid, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.a_snapshot(bid, ada)
    asked = request_dossier(bid, DossierKind.SUBMISSION, Language.EN, by=ada)

    class Away(AtOnce):
        def seal(self, *_: Any, **__: Any) -> Sealed:
            raise NotSealed("unreachable", "no answer")

    with monkeypatch.context() as patch:
        patch.setattr(job, "Sealer", Away)
        assert job.work(asked.pk)
    assert (fresh(asked).state, fresh(asked).sealed_sha256) == (JobState.QUEUED, "")
    assert fresh(asked).reason.startswith("The dossier is printed, but the service that seals it did not answer.")
    assert list(files.folder().glob("*")) == []
    assert job.work(asked.pk)
    assert (fresh(asked).state, fresh(asked).reason) == (JobState.DONE, "")


def test_what_was_never_submitted_has_no_submission(bid: Bid, ada: User) -> None:
    with pytest.raises(NothingSubmitted):
        request_dossier(bid, DossierKind.SUBMISSION, Language.EN, by=ada)


@pytest.mark.usefixtures("printer")
def test_asked_twice_the_first_one_is_found(draft: Dossier, bid: Bid, ada: User) -> None:
    assert request_dossier(bid, DossierKind.DRAFT, Language.EN, by=ada) == draft
    job.work(draft.pk)
    again = request_dossier(bid, DossierKind.DRAFT, Language.EN, by=ada)
    assert (again, again.state) == (draft, JobState.DONE)
    assert request_dossier(bid, DossierKind.DRAFT, Language.NL, by=ada) != draft
    assert BidEvent.objects.filter(bid=bid, name="dossier_requested").count() == 2


def test_a_changed_bid_has_another_draft(draft: Dossier, bid: Bid, ada: User) -> None:
    Bid.objects.filter(pk=bid.pk).update(title="Another title", revision=bid.revision + 1)
    other = request_dossier(Bid.objects.with_call().get(pk=bid.pk), DossierKind.DRAFT, Language.EN, by=ada)
    assert other != draft
    assert Picture.objects.filter(bid=bid).count() == 2


@pytest.mark.usefixtures("printer")
def test_a_lost_file_is_printed_again(draft: Dossier, bid: Bid, ada: User) -> None:
    job.work(draft.pk)
    files.path_of(SHA).unlink()
    assert request_dossier(bid, DossierKind.DRAFT, Language.EN, by=ada).state is JobState.QUEUED
    assert job.work(draft.pk)
    assert files.path_of(SHA).exists()


@pytest.mark.usefixtures("printer")
def test_the_same_words_under_a_newer_call_are_printed_again(draft: Dossier, bid: Bid, ada: User) -> None:
    job.work(draft.pk)
    newer = under_a_newer_call(bid)
    again = request_dossier(Bid.objects.with_call().get(pk=bid.pk), DossierKind.DRAFT, Language.EN, by=ada)
    assert (again.pk, again.state) == (draft.pk, JobState.QUEUED)
    assert Picture.objects.get().call_version == newer


def test_what_is_being_printed_under_the_former_call_is_not_handed_out(draft: Dossier, bid: Bid, ada: User) -> None:
    printing = DossierHold.claim(draft.pk)
    assert printing is not None
    under_a_newer_call(bid)
    again = request_dossier(Bid.objects.with_call().get(pk=bid.pk), DossierKind.DRAFT, Language.EN, by=ada)
    assert (again.pk, again.state) == (draft.pk, JobState.QUEUED)
    with pytest.raises(Lost):
        printing.progressed(0.5)
    assert DossierHold.claim(draft.pk) is not None


def under_a_newer_call(bid: Bid) -> CallVersion:
    """Put the bid under the next version of its call, word for word the same."""
    newer = CallVersion.objects.get(pk=bid.call_version_id)
    newer.pk, newer.number, newer.digest = None, newer.number + 1, "f" * 64
    newer.save()
    Bid.objects.filter(pk=bid.pk).update(call_version=newer)
    return newer


def test_a_section_that_can_t_be_printed_fails_with_its_reason_and_is_not_tried_again(
    draft: Dossier, printer: Callable[[Any], None]
) -> None:
    printer(CannotBuild(sentence("“%(section)s” is too long.", section="Summary")))
    assert job.work(draft.pk)
    assert (fresh(draft).state, fresh(draft).reason) == (JobState.FAILED, "“Summary” is too long.")
    assert job.sweep() == []


def test_a_printer_that_was_stopped_is_no_fault_of_the_bid(draft: Dossier, printer: Callable[[Any], None]) -> None:
    printer(CannotBuild(sentence("“Summary” was not finished."), is_final=False))
    assert job.work(draft.pk)
    assert (fresh(draft).state, fresh(draft).reason) == (JobState.QUEUED, "“Summary” was not finished.")
    printer(None)
    assert job.work(draft.pk)
    assert (fresh(draft).state, fresh(draft).reason) == (JobState.DONE, "")


def test_what_fails_for_no_fault_of_the_bid_is_tried_three_times(
    draft: Dossier, printer: Callable[[Any], None], ada: User
) -> None:
    printer(OSError(errno.EIO, "Input/output error"))
    for _ in range(2):
        assert job.work(draft.pk)
        assert fresh(draft).state is JobState.QUEUED
        assert job.sweep() == [draft.pk]
    assert job.work(draft.pk)
    failed = fresh(draft)
    assert failed.state is JobState.FAILED
    assert f"job {draft.pk} failed" in failed.reason
    assert job.sweep() == []
    printer(None)
    assert retry_dossier(failed, by=ada).state is JobState.QUEUED
    assert job.work(draft.pk)
    assert (fresh(draft).state, fresh(draft).attempt, fresh(draft).reason) == (JobState.DONE, 4, "")


def test_a_job_whose_worker_died_three_times_is_given_up(draft: Dossier, bid: Bid, ada: User) -> None:
    for _ in range(3):
        assert job.sweep() == [draft.pk]
        assert DossierHold.claim(draft.pk) is not None
        Dossier.objects.filter(pk=draft.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    assert job.sweep() == []
    given_up = fresh(draft)
    assert given_up.state is JobState.FAILED
    assert given_up.reason.startswith("The dossier was begun 3 times and never finished")
    begun_again = request_dossier(bid, DossierKind.DRAFT, Language.EN, by=ada)
    assert (begun_again.pk, begun_again.state, begun_again.attempts_allowed) == (draft.pk, JobState.QUEUED, 6)


def test_a_job_that_is_worked_on_is_left_alone(draft: Dossier, bid: Bid, ada: User) -> None:
    assert DossierHold.claim(draft.pk) is not None
    assert job.sweep() == []
    assert retry_dossier(fresh(draft), by=ada).state is JobState.RUNNING
    assert request_dossier(bid, DossierKind.DRAFT, Language.EN, by=ada).state is JobState.RUNNING


def test_a_cancelled_job_stops_and_its_result_is_dropped(
    draft: Dossier, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(source: Any, *, meanwhile: Callable[[], None], **_: Any) -> Built:
        cancel_dossier(fresh(draft), by=ada)
        return Built(PDF, 7, SHA, (), "none")

    monkeypatch.setattr(job, "build_pdf", build)
    assert job.work(draft.pk)
    assert (fresh(draft).state, fresh(draft).file_sha256) == (JobState.CANCELLED, "")
    assert not job.work(draft.pk)
    assert cancel_dossier(fresh(draft), by=ada).state is JobState.CANCELLED
    assert BidEvent.objects.filter(name="dossier_cancelled").count() == 1


def test_who_lost_the_job_puts_no_failure_in_its_row(draft: Dossier, printer: Callable[[Any], None]) -> None:
    printer(Lost())
    assert job.work(draft.pk)
    assert fresh(draft).state is JobState.RUNNING


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_after_the_commit_and_a_broker_that_is_down_stops_nobody(
    bid: Bid, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[tuple[int, bool]] = []

    def down(arguments: tuple[int], **_: Any) -> None:
        rung.append((arguments[0], connection.in_atomic_block))
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.ring, "apply_async", down)
    dossier = request_dossier(bid, DossierKind.DRAFT, Language.EN, by=ada)
    assert rung == [(dossier.pk, False)]
    assert fresh(dossier).state is JobState.QUEUED
    ring_waiting_jobs()
    assert rung == [(dossier.pk, False)] * 2


def test_the_clock_rings_for_the_oldest_and_each_finished_one_for_one_more(
    bid: Bid, ada: User, printer: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a dossier asked for now never stands behind everything that was left over."""
    waiting = [request_dossier(bid, DossierKind.DRAFT, language, by=ada).pk for language in Language]
    rung: list[int] = []
    monkeypatch.setattr(tasks.ring, "apply_async", lambda arguments, **_: rung.append(arguments[0]))
    ring_waiting_jobs()
    assert rung == waiting[:2]
    tasks.ring(waiting[0])
    assert rung[2:] == [waiting[1]]
    printer(RuntimeError("no paper"))
    tasks.ring(waiting[1])
    assert rung[3:] == [waiting[2]]


@pytest.mark.usefixtures("printer")
def test_the_bell_makes_the_dossier(draft: Dossier) -> None:
    tasks.ring(draft.pk)
    tasks.ring(draft.pk)
    assert (fresh(draft).state, fresh(draft).attempt) == (JobState.DONE, 1)


@pytest.mark.usefixtures("printer")
def test_drafts_are_deleted_after_thirty_days_and_can_be_made_again(draft: Dossier, bid: Bid, ada: User) -> None:
    job.work(draft.pk)
    left_days = (fresh(draft).purge_after - clock.now()).days  # type: ignore[operator]
    assert left_days in (29, 30)
    purge_drafts()
    assert files.path_of(SHA).exists()
    Dossier.objects.filter(pk=draft.pk).update(purge_after=clock.now() - timedelta(hours=1))
    purge_drafts()
    purged = fresh(draft)
    assert (files.path_of(SHA).exists(), purged.picture, purged.file_sha256) == (False, None, SHA)
    assert not Picture.objects.exists()
    again = request_dossier(bid, DossierKind.DRAFT, Language.EN, by=ada)
    assert (again.pk, again.state, again.purged_at) == (draft.pk, JobState.QUEUED, None)
    assert job.work(again.pk)
    assert files.path_of(SHA).exists()


@pytest.mark.usefixtures("printer")
def test_files_nobody_knows_are_deleted_after_a_day(
    draft: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job.work(draft.pk)
    for name in (".new-old-half", "f" * 64 + ".pdf", "young-half"):
        (files.folder() / name).write_bytes(b"x")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    for name in ("tandem-press-old", "tandem-press-young", "somebody-else"):
        (tmp_path / "tmp" / name).mkdir(parents=True)
    for path in (
        *(files.folder() / name for name in (".new-old-half", "f" * 64 + ".pdf", f"{SHA}.pdf")),
        *(tmp_path / "tmp" / name for name in ("tandem-press-old", "somebody-else")),
    ):
        os.utime(path, (0, time.time() - 2 * 24 * 3600))
    purge_drafts()
    assert sorted(path.name for path in (tmp_path / "tmp").iterdir()) == ["somebody-else", "tandem-press-young"]
    assert sorted(path.name for path in files.folder().iterdir()) == sorted([f"{SHA}.pdf", "young-half"])
