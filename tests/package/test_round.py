"""The round in one archive: everything that was submitted, nothing the ministry wrote, the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from bids import snapshot
from bids.dossier.files import path_of
from bids.models import Bid, Dossier, Snapshot, StoredFile
from bids.models.document import write_once
from bids.package import round as of_the_round
from bids.package.round import NotPackable, name_of, write_package
from bids.rulebook.text import sentence
from bids.rulebook.vocabulary import DossierKind, ReviewState
from bids.workbook.write import NotWritable
from tests import factories

LETTER = b"%PDF-1.7 a letter"
SEALED = b"%PDF-1.7 sealed"
CANARY = "Canary of the ministry"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def frozen(bid: Bid, ada: User) -> Snapshot:
    """A round with one letter on the shelf."""
    file = StoredFile.objects.keep(LETTER)
    bid.documents.update(sha256="")
    bid.documents.filter(key="letter-federal").update(sha256=file.sha256, file=file)
    return factories.a_snapshot(bid, ada)


@pytest.fixture
def submission(frozen: Snapshot) -> Dossier:
    dossier = factories.a_dossier(frozen)
    factories.a_seal(dossier, sealed_sha256=hashlib.sha256(SEALED).hexdigest())
    write_once(path_of(dossier.kept_sha256), SEALED)
    return dossier


def packed(dossier: Dossier) -> bytes:
    file = io.BytesIO()
    write_package(dossier, file)
    return file.getvalue()


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def test_everything_of_the_round_is_in_it_under_its_digest(submission: Dossier, frozen: Snapshot) -> None:
    archive = opened(packed(submission))
    names = ["dossier.pdf", "bid.json", "budget.xlsx", "annexes/letter-federal.pdf", "manifest.json", "SHA256SUMS"]
    assert archive.namelist() == names
    assert archive.testzip() is None
    assert (archive.read("dossier.pdf"), archive.read("annexes/letter-federal.pdf")) == (SEALED, LETTER)
    assert hashlib.sha256(archive.read("bid.json")).hexdigest() == frozen.sha256
    sums = dict(reversed(line.split("  ")) for line in archive.read("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names[:-1]}
    assert load_workbook(io.BytesIO(archive.read("budget.xlsx"))).sheetnames


def test_the_list_says_what_each_file_is_and_what_is_left_out(submission: Dossier, frozen: Snapshot) -> None:
    archive = opened(packed(submission))
    manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["format"], manifest["reference"], manifest["round"]) == ("tandem-package/1", "BE-SMALL", 1)
    assert (manifest["receipt"], manifest["received_at"]) == (frozen.receipt, frozen.received_at.isoformat())
    assert manifest["digests"] == {
        "bid": frozen.sha256,
        "dossier_without_seal": submission.file_sha256,
        "dossier": submission.sealed_sha256,
    }
    listed = {each["name"]: (each["sha256"], each["size"]) for each in manifest["files"]}
    assert listed["dossier.pdf"] == (hashlib.sha256(SEALED).hexdigest(), len(SEALED))
    others = [each.key for each in snapshot.read(frozen.text).documents if not each.sha256]
    assert [each["name"] for each in manifest["left_out"]] == [f"annexes/{key}.pdf" for key in others]


def test_the_same_round_gives_the_same_bytes(submission: Dossier) -> None:
    assert packed(submission) == packed(submission)


def test_a_file_that_was_damaged_is_named_and_not_handed_out(submission: Dossier) -> None:
    path = StoredFile.objects.get().path
    path.chmod(0o640)
    path.write_bytes(b"%PDF-1.7 another letter")
    archive = opened(packed(submission))
    assert "annexes/letter-federal.pdf" not in archive.namelist()
    (left_out,) = (each for each in json.loads(archive.read("manifest.json"))["left_out"] if "federal" in each["name"])
    assert "missing or damaged" in left_out["why"]


def test_letters_whose_keys_differ_in_capitals_alone_both_arrive(bid: Bid, ada: User) -> None:
    file = StoredFile.objects.keep(LETTER)
    bid.documents.update(sha256="")
    for key in ("Letter", "letter"):
        factories.a_document(bid, key=key, sha256=file.sha256, file=file)
    dossier = factories.a_dossier(factories.a_snapshot(bid, ada))
    factories.a_seal(dossier, sealed_sha256=hashlib.sha256(SEALED).hexdigest())
    write_once(path_of(dossier.kept_sha256), SEALED)
    names = [name for name in opened(packed(dossier)).namelist() if name.startswith("annexes/")]
    assert names == ["annexes/Letter.pdf", "annexes/letter_.pdf"]


def test_a_budget_no_workbook_takes_is_left_out_with_its_reason(
    submission: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> bytes:
        raise NotWritable(sentence("Too many lines."))

    monkeypatch.setattr(of_the_round, "write", refuse)
    archive = opened(packed(submission))
    assert "budget.xlsx" not in archive.namelist()
    assert {"name": "budget.xlsx", "why": "Too many lines."} in json.loads(archive.read("manifest.json"))["left_out"]


def test_of_anything_else_there_is_no_archive(submission: Dossier, frozen: Snapshot) -> None:
    with pytest.raises(NotPackable):
        packed(factories.a_dossier(frozen, kind=DossierKind.REVIEW))
    path_of(submission.kept_sha256).unlink()
    with pytest.raises(NotPackable):
        packed(submission)


def test_nothing_the_ministry_wrote_is_in_it(submission: Dossier, frozen: Snapshot, rik: User, clara: User) -> None:
    review = factories.a_review(frozen, rik, state=ReviewState.SENT, sent_at=frozen.received_at, comment=CANARY)
    factories.a_score(review, "specs", 9, comment=CANARY)
    factories.an_opinion(frozen, clara, text=CANARY)
    frozen.recommendations.create(bid=frozen.bid, by=clara, reason=CANARY)
    factories.a_desk_document(frozen.bid, clara, title=CANARY)
    archive = opened(packed(submission))
    for name in archive.namelist():
        assert CANARY.encode() not in archive.read(name), name
    told = zipfile.ZipFile(io.BytesIO(archive.read("budget.xlsx")))
    assert not any(CANARY.encode() in told.read(part) for part in told.namelist())


def address(dossier: Dossier) -> str:
    return reverse("bids:dossier-package", kwargs={"reference": dossier.bid.reference, "number": dossier.pk})


def test_the_consortium_takes_it_away_from_the_page_of_dossiers(
    client: Client, submission: Dossier, ada: User, moved_to: Any
) -> None:
    moved_to(submission.bid, "submitted")
    client.force_login(ada)
    page = client.get(reverse("bids:dossiers", kwargs={"reference": submission.bid.reference})).text
    assert f'href="{address(submission)}"' in page
    answer = client.get(address(submission))
    assert b"".join(answer.streaming_content) == packed(submission)
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name_of(submission)}.zip"'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    path_of(submission.kept_sha256).unlink()
    assert client.get(address(submission)).status_code == 404


def test_strangers_and_reviewers_before_their_time_do_not(
    client: Client, submission: Dossier, frozen: Snapshot, rik: User, moved_to: Any
) -> None:
    moved_to(submission.bid, "submitted")
    client.force_login(factories.a_user("Mallory"))
    assert client.get(address(submission)).status_code == 404
    client.force_login(rik)
    assert client.get(address(submission)).status_code in (403, 404)
