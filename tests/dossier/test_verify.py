"""Is this ours? The question of the check page, and the two commands around it."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from bids.actions.dossiers import request_dossier
from bids.dossier import files, job
from bids.dossier.source import Built
from bids.dossier.verify import Known, Thing, known, known_file
from bids.models import Bid, Dossier, Picture, Snapshot
from bids.rulebook.vocabulary import DossierKind, JobState, Language
from tests import factories

PDF = b"%PDF-1.7 printed"


@pytest.fixture(autouse=True)
def quick_printer(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prints at once, its own number into each file."""
    settings.MEDIA_ROOT = tmp_path / "media"

    def build(source: Any, **_: Any) -> Built:
        pdf = PDF + source.digest.encode() + source.kind.encode()
        return Built(pdf, 7, hashlib.sha256(pdf).hexdigest(), (), "none")

    monkeypatch.setattr(job, "build_pdf", build)


@pytest.fixture
def frozen(bid: Bid, ada: User) -> Snapshot:
    return factories.a_snapshot(bid, ada)


def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


def made(bid: Bid, kind: DossierKind) -> Dossier:
    dossier = request_dossier(bid, kind, Language.EN, by=None)
    assert job.work(dossier.pk)
    return Dossier.objects.get(pk=dossier.pk)


def test_a_digest_tells_the_round_it_belongs_to(frozen: Snapshot, bid: Bid) -> None:
    submission = made(bid, DossierKind.SUBMISSION)
    assert known(frozen.sha256) == Known(Thing.SNAPSHOT, bid.reference, frozen.received_at, frozen.sha256, round=1)
    told = known(submission.file_sha256.upper() + " ")
    assert told == Known(
        Thing.DOSSIER,
        bid.reference,
        frozen.received_at,
        frozen.sha256,
        round=1,
        kind=DossierKind.SUBMISSION,
        language=Language.EN,
    )
    Dossier.objects.filter(pk=submission.pk).update(sealed_sha256="5ea1" * 16)
    assert known("5ea1" * 16).thing is Thing.SEALED  # type: ignore[union-attr]


def test_a_draft_is_known_too_even_when_it_is_deleted(bid: Bid) -> None:
    draft = made(bid, DossierKind.DRAFT)
    picture = Picture.objects.get()
    assert known(picture.sha256) == Known(Thing.PICTURE, bid.reference, picture.made_at, picture.sha256)
    Dossier.objects.filter(pk=draft.pk).update(purge_after=draft.created_at)
    assert job.purge() == 1
    assert known(picture.sha256) is None
    assert known(draft.file_sha256).kind is DossierKind.DRAFT  # type: ignore[union-attr]


@pytest.mark.django_db
@pytest.mark.parametrize("digest", ["", "0" * 64, "not a digest", "../../etc/passwd", "0" * 63, "é" * 64])
def test_what_was_never_made_is_not_known(digest: str) -> None:
    assert known(digest) is None


def test_a_file_is_ours_to_the_last_byte(frozen: Snapshot, bid: Bid) -> None:
    pdf = files.path_of(made(bid, DossierKind.SUBMISSION).file_sha256).read_bytes()
    assert known_file(pdf).reference == bid.reference  # type: ignore[union-attr]
    assert known_file(pdf + b"\n") is None


def test_the_command_makes_what_is_asked(bid: Bid, ada: User, tmp_path: Path) -> None:
    out = tmp_path / "draft.pdf"
    assert "7 pages" in command("dossier", bid.reference, "--out", str(out))
    assert out.read_bytes().endswith(b"draft")
    factories.a_snapshot(bid, ada)
    told = command("dossier", bid.reference, "--lang", "nl")
    submission = Dossier.objects.get(kind=DossierKind.SUBMISSION)
    assert (submission.language, submission.created_by) == (Language.NL, None)
    assert submission.file_sha256 in told
    assert command("dossier", bid.reference, "--kind", "draft").startswith(str(files.folder()))
    assert Dossier.objects.count() == 2


def test_the_command_says_what_it_can_t_make(bid: Bid, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no bid BE-NOWHERE"):
        command("dossier", "BE-NOWHERE")
    with pytest.raises(CommandError, match="was never submitted: only --kind draft"):
        command("dossier", bid.reference, "--kind", "decision")
    with pytest.raises(CommandError, match="can't be written: Is a directory"):
        command("dossier", bid.reference, "--out", str(tmp_path))


def test_the_command_tells_why_it_failed(bid: Bid, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(source: Any, **_: Any) -> Built:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(job, "build_pdf", broken)
    with pytest.raises(CommandError, match="The dossier could not be made"):
        command("dossier", bid.reference)
    assert Dossier.objects.get().state is JobState.FAILED


def test_the_other_command_tells_ours_from_others(frozen: Snapshot, bid: Bid, tmp_path: Path) -> None:
    ours, changed = tmp_path / "ours.pdf", tmp_path / "changed.pdf"
    command("dossier", bid.reference, "--out", str(ours))
    changed.write_bytes(ours.read_bytes() + b" ")
    told = command("verify_dossier", str(ours))
    assert f"{bid.reference}, round 1" in told
    assert frozen.sha256 in told
    with pytest.raises(CommandError, match="was not made here, or it was changed"):
        command("verify_dossier", str(changed))
    with pytest.raises(CommandError, match="can't be read"):
        command("verify_dossier", str(tmp_path / "nothing.pdf"))


def test_a_round_whose_text_was_changed_is_found_out(bid: Bid, tmp_path: Path) -> None:
    ours = tmp_path / "ours.pdf"
    command("dossier", bid.reference, "--out", str(ours))
    Picture.objects.update(text="{}")
    with pytest.raises(CommandError, match="the text of BE-SMALL it was made from was changed"):
        command("verify_dossier", str(ours))
