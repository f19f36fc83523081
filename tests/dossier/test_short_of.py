"""A machine that is short of something: a reason people understand, a button to try again, a worker that goes on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids.actions.dossiers import request_dossier
from bids.dossier import job
from bids.models import Bid, Dossier
from bids.rulebook.vocabulary import DossierKind, JobState, Language

ATTEMPTS = 3


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FRAGMENTS_ROOT = tmp_path / "fragments"


@pytest.fixture
def draft(bid: Bid, ada: User) -> Dossier:
    return request_dossier(bid, DossierKind.DRAFT, Language.EN, by=ada)


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def worked_until_given_up(dossier: Dossier) -> Dossier:
    for _ in range(ATTEMPTS):
        if fresh(dossier).state is not JobState.FAILED:
            assert job.work(dossier.pk)
    return fresh(dossier)


def tried_again_on_the_page(client: Client, bid: Bid, by: User, dossier: Dossier, reason: str) -> Dossier:
    """Ada reads why, presses the button, and the same worker makes it."""
    client.force_login(by)
    page = client.get(reverse("bids:dossiers", kwargs={"reference": bid.reference})).text
    button = reverse("bids:draft-retry", kwargs={"reference": bid.reference, "number": dossier.pk})
    assert reason in page
    assert button in page
    assert client.post(button).status_code == 302
    assert job.work(dossier.pk)
    return fresh(dossier)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("render.before_rename:enospc", "there is no room left on the disk"),
        ("render.before_done:raise", "something failed that is not in the bid"),
    ],
)
def test_a_fault_of_the_machine_is_told_and_got_over(
    client: Client, bid: Bid, ada: User, draft: Dossier, monkeypatch: pytest.MonkeyPatch, fault: str, reason: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("ALLOW_FAULTS", "1")
        patch.setenv("FAULT", fault)
        failed = worked_until_given_up(draft)
    assert (failed.state, failed.attempt) == (JobState.FAILED, ATTEMPTS)
    assert reason in failed.reason
    assert tried_again_on_the_page(client, bid, ada, draft, reason).state is JobState.DONE


@pytest.mark.parametrize(
    ("limit", "least", "reason"),
    [
        ("SECTION_MEMORY_BYTES", 100 * 1024**2, "needs more memory than a dossier may use"),
        ("SECTION_FILE_BYTES", 2_000, "makes a larger file than a dossier may be"),
    ],
)
def test_a_section_beyond_a_limit_is_named_at_once_and_can_be_tried_again(
    client: Client, bid: Bid, ada: User, draft: Dossier, settings: Any, limit: str, least: int, reason: str
) -> None:
    enough = getattr(settings, limit)
    setattr(settings, limit, least)
    failed = worked_until_given_up(draft)
    assert (failed.state, failed.attempt) == (JobState.FAILED, 1)
    assert failed.reason.startswith("“")
    assert reason in failed.reason
    setattr(settings, limit, enough)
    assert tried_again_on_the_page(client, bid, ada, draft, reason).state is JobState.DONE


def test_a_cache_that_can_t_be_written_costs_nothing_but_time(
    draft: Dossier, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOW_FAULTS", "1")
    monkeypatch.setenv("FAULT", "fragment.before_rename:enospc")
    assert job.work(draft.pk)
    assert fresh(draft).state is JobState.DONE
    assert [path for path in settings.FRAGMENTS_ROOT.rglob("*") if path.is_file()] == []


def test_a_machine_without_memory_is_told(draft: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: Any, **__: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(job, "build_pdf", build)
    assert job.work(draft.pk)
    assert (fresh(draft).state, fresh(draft).reason.partition(":")[2][:44]) == (
        JobState.QUEUED, " the machine has too little memory free. Try"
    )  # fmt: skip
