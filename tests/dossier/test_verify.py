"""Is this ours? The question of the check page, and the two commands around it."""

from __future__ import annotations

import errno
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from bids.actions.dossiers import request_dossier
from bids.dossier import files, job
from bids.dossier.source import Built
from bids.dossier.verify import Known, Thing, known, known_file
from bids.models import Bid, Dossier, Picture, Seal, Snapshot
from bids.rulebook.vocabulary import DossierKind, JobState, Language
from tests import factories
from tests.dossier.seals import a_pdf, printed


@pytest.fixture(autouse=True)
def quick_printer(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prints at once a page that says what it is of; it is really sealed."""
    settings.MEDIA_ROOT = tmp_path / "media"

    def build(source: Any, **_: Any) -> Built:
        return printed(a_pdf(f"{source.kind} of {source.digest}"), pages=7)

    monkeypatch.setattr(job, "build_pdf", build)


@pytest.fixture
def frozen(bid: Bid, ada: User) -> Snapshot:
    return factories.a_snapshot(bid, ada)


def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


def flipped(content: bytes, place: int) -> bytes:
    """With one bit changed there."""
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


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
        sealed_files=(submission.sealed_sha256,),
    )
    assert known(submission.sealed_sha256) == replace(
        told, thing=Thing.SEALED, seal=Seal.objects.get(), sealed_files=()
    )


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
    pdf = files.path_of(made(bid, DossierKind.SUBMISSION).kept_sha256).read_bytes()
    assert known_file(pdf).thing is Thing.SEALED  # type: ignore[union-attr]
    assert known_file(pdf + b"\n") is None
    for place in {*range(0, len(pdf), 37), len(pdf) - 1}:
        assert known_file(flipped(pdf, place)) is None


def test_the_command_makes_what_is_asked(bid: Bid, ada: User, tmp_path: Path) -> None:
    out = tmp_path / "draft.pdf"
    assert "7 pages" in command("dossier", bid.reference, "--out", str(out))
    assert b"draft of" in out.read_bytes()
    factories.a_snapshot(bid, ada)
    told = command("dossier", bid.reference, "--lang", "nl")
    submission = Dossier.objects.get(kind=DossierKind.SUBMISSION)
    assert (submission.language, submission.created_by) == (Language.NL, None)
    assert submission.sealed_sha256 in told
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
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(job, "build_pdf", broken)
    with pytest.raises(CommandError, match="The dossier could not be made"):
        command("dossier", bid.reference)
    assert Dossier.objects.get().state is JobState.FAILED


def test_the_other_command_tells_ours_from_others(frozen: Snapshot, bid: Bid, tmp_path: Path) -> None:
    ours, changed = tmp_path / "ours.pdf", tmp_path / "changed.pdf"
    command("dossier", bid.reference, "--out", str(ours))
    changed.write_bytes(ours.read_bytes() + b" ")
    dossier = Dossier.objects.get()
    told = command("verify_dossier", str(ours))
    assert told.startswith("Known: the sealed file of a dossier, submission, en")
    assert f"{bid.reference}, round 1" in told
    for digest in (frozen.sha256, dossier.file_sha256):
        assert digest in told
    assert "Seal       intact\nBy         TEST seal of Tandem (no legal value) (TEST certificate of this" in told
    assert "Time stamp none; the sealing computer said" in told
    with pytest.raises(CommandError, match="was not made here, or it was changed"):
        command("verify_dossier", str(changed))
    with pytest.raises(CommandError, match="can't be read"):
        command("verify_dossier", str(tmp_path / "nothing.pdf"))


def test_the_other_command_knows_the_file_without_its_seal_too(frozen: Snapshot, bid: Bid, tmp_path: Path) -> None:
    dossier = made(bid, DossierKind.SUBMISSION)
    bare = tmp_path / "bare.pdf"
    bare.write_bytes(a_pdf(f"submission of {frozen.sha256}"))
    told = command("verify_dossier", str(bare))
    assert told.startswith("Known: the file of a dossier, without a seal, submission, en")
    assert f"Sealed as  {dossier.sealed_sha256}\nSeal       none in this file" in told


@pytest.mark.usefixtures("frozen")
def test_a_changed_file_is_told_what_its_seal_is_worth(bid: Bid, tmp_path: Path) -> None:
    pdf = files.path_of(made(bid, DossierKind.SUBMISSION).kept_sha256).read_bytes()
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(pdf.replace(b"submission of", b"submissiom of"))
    with pytest.raises(CommandError, match=r"its digest is not known(.|\n)*Seal       BROKEN") as refused:
        command("verify_dossier", str(changed))
    assert refused.value.returncode == 1
    changed.write_bytes(b"no PDF")
    with pytest.raises(CommandError, match=r"its digest is not known(.|\n)*no PDF at all"):
        command("verify_dossier", str(changed))


@pytest.mark.usefixtures("frozen")
def test_a_file_on_the_shelf_that_was_changed_is_found(bid: Bid) -> None:
    dossier = made(bid, DossierKind.SUBMISSION)
    command("verify_snapshots")
    path = files.path_of(dossier.kept_sha256)
    pdf = path.read_bytes()
    path.chmod(0o640)
    path.write_bytes(flipped(pdf, len(pdf) // 2))
    with pytest.raises(CommandError, match=f"dossier {dossier.pk} of {bid.reference}: its file is gone or changed"):
        command("verify_snapshots")
    path.write_bytes(pdf)
    Dossier.objects.update(file_sha256="0" * 64)
    with pytest.raises(CommandError, match="its seal is not written down, or with other digests"):
        command("verify_snapshots")


def test_a_round_whose_text_was_changed_is_found_out(bid: Bid, tmp_path: Path) -> None:
    ours = tmp_path / "ours.pdf"
    command("dossier", bid.reference, "--out", str(ours))
    Picture.objects.update(text="{}")
    with pytest.raises(CommandError, match="the text of BE-SMALL it was made from was changed"):
        command("verify_dossier", str(ours))
