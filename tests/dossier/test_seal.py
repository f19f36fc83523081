"""The seal itself: who makes it, what it covers, what other readers say of it, and what happens without a key."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import subprocess
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Pdf

from bids.dossier.seal import check
from bids.dossier.seal.sealing import NotSealed, Sealer, make_ready, terms
from bids.dossier.seal.terms import SEAL_FIELD, Maker, Sealed, Terms
from bids.dossier.seal_field import SEAL_FIELD as FIELD_OF_THE_BINDING
from bids.dossier.source import Built
from bids.dossier.validation import breaches
from tests.dossier.authorities import Authority, a_certificate
from tests.dossier.seals import a_pdf

PDF = a_pdf("A page")
SHA = hashlib.sha256(PDF).hexdigest()


def sealed_by(agreed: Terms, pdf: bytes = PDF) -> Sealed:
    with Sealer(agreed) as sealer:
        return sealer.seal(pdf, hashlib.sha256(pdf).hexdigest())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("seal") / "own"


@pytest.fixture(scope="module")
def sealed(folder: Path) -> Sealed:
    return sealed_by(Terms(Maker.TEST, str(folder)))


def found(sealed: Sealed, folder: Path) -> check.SealFound:
    seal = check.seal_of(sealed.pdf, [], check.test_certificates(folder))
    assert seal is not None
    return seal


def test_the_test_key_is_made_once_and_for_its_owner_alone(sealed: Sealed, folder: Path) -> None:
    secret = folder / "secret.pem"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert b"PRIVATE" not in (folder / "certificate.pem").read_bytes()
    before = secret.read_bytes()
    again = sealed_by(Terms(Maker.TEST, str(folder)))
    assert (secret.read_bytes(), again.fingerprint) == (before, sealed.fingerprint)
    assert sorted(path.name for path in folder.iterdir()) == ["certificate.pem", "secret.pem"]


def test_the_test_key_is_made_at_set_up_where_it_is_needed(tmp_path: Path, settings: Any) -> None:
    settings.SEAL_FOLDER = tmp_path / "own"
    settings.SEAL = "pkcs11"
    make_ready()
    assert not (tmp_path / "own").exists()
    settings.SEAL = "test"
    make_ready()
    made = (tmp_path / "own" / "secret.pem").read_bytes()
    make_ready()
    assert (tmp_path / "own" / "secret.pem").read_bytes() == made


def test_the_seal_covers_the_whole_file_and_leaves_it_as_it_was(sealed: Sealed, folder: Path) -> None:
    assert sealed.pdf.startswith(PDF)
    assert (sealed.is_test, sealed.certificate) == (True, "TEST seal of Tandem (no legal value)")
    seal = found(sealed, folder)
    assert (seal.is_intact, seal.is_test, seal.unsealed_sha256, seal.stamped_at) == (True, True, SHA, None)
    assert (seal.certificate, seal.fingerprint) == (sealed.certificate, sealed.fingerprint)
    stranger = check.seal_of(sealed.pdf, [])
    assert stranger is not None
    assert (stranger.is_intact, stranger.is_trusted, stranger.is_test) == (True, False, False)
    assert check.seal_of(PDF, []) is None


def test_another_reader_finds_it_valid(sealed: Sealed, tmp_path: Path) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed.pdf)
    told = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    assert "Signature Field Name: TandemSeal" in told
    assert "Signature Type: ETSI.CAdES.detached" in told
    assert "Total document signed" in told
    assert "Signature Validation: Signature is Valid." in told


def test_nothing_may_be_changed_afterwards(sealed: Sealed) -> None:
    with Pdf.open(io.BytesIO(sealed.pdf)) as book:
        assert int(book.Root.Perms.DocMDP.Reference[0].TransformParams.P) == 1


def test_one_changed_bit_is_found_by_the_seal_too(sealed: Sealed, folder: Path) -> None:
    """Wherever the signature looks: everywhere but in its own room, where only the digest of the file looks."""
    room = sealed.pdf.rindex(b"/Contents <") + len(b"/Contents <")
    after = sealed.pdf.index(b">", room)
    for place in (*range(0, len(PDF), len(PDF) // 12), room - 20, after + 2, len(sealed.pdf) - 9):
        changed = sealed.pdf[:place] + bytes([sealed.pdf[place] ^ 1]) + sealed.pdf[place + 1 :]
        try:
            seal = check.seal_of(changed, [], check.test_certificates(folder))
        except check.Broken:
            continue
        assert seal is None or not seal.is_intact, place


def test_what_is_added_after_the_seal_is_seen(sealed: Sealed, folder: Path) -> None:
    more = replace(sealed, pdf=sealed.pdf + b"\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    with suppress(check.Broken):
        assert not found(more, folder).is_intact


def test_an_authority_stamps_the_time(tmp_path: Path, authority: Authority) -> None:
    sealed = sealed_by(Terms(Maker.TEST, str(tmp_path), stamp_url=authority.stamp_url))
    assert sealed.is_stamped
    seal = check.seal_of(sealed.pdf, [authority.root], check.test_certificates(tmp_path))
    assert seal is not None
    assert (seal.is_intact, seal.is_stamp_trusted, seal.stamped_at is not None) == (True, True, True)
    stranger = check.seal_of(sealed.pdf, [], check.test_certificates(tmp_path))
    assert stranger is not None
    assert (stranger.is_intact, stranger.is_stamp_trusted) == (True, False)


def remote(tmp_path: Path, authority: Authority) -> Terms:
    secret = tmp_path / "secret"
    secret.write_text("the-token\n1234\n")
    return Terms(
        Maker.REMOTE, str(tmp_path), secret_file=str(secret), url=authority.url, credential="seal-1", seconds=10
    )


def test_a_remote_service_gets_a_digest_and_permits_it(tmp_path: Path, authority: Authority) -> None:
    sealed = sealed_by(remote(tmp_path, authority))
    assert (sealed.is_test, sealed.certificate) == (False, "Seal of the desk, A ministry")
    seal = check.seal_of(sealed.pdf, [authority.root])
    assert seal is not None
    assert (seal.is_intact, seal.is_trusted, seal.is_test) == (True, True, False)
    asked = [(path, sorted(body)) for path, _, body in authority.asked]
    assert asked == [
        ("/csc/v1/credentials/info", ["certInfo", "certificates", "credentialID"]),
        ("/csc/v1/credentials/authorize", ["PIN", "credentialID", "hash", "numSignatures"]),
        ("/csc/v1/signatures/signHash", ["SAD", "credentialID", "hash", "hashAlgo", "signAlgo"]),
    ]
    assert {token for _, token, _ in authority.asked} == {"Bearer the-token"}
    permitted, signed = (body["hash"] for _, _, body in authority.asked[1:])
    assert (permitted, len(permitted), len(permitted[0])) == (signed, 1, 44)


REFUSALS: dict[str, tuple[dict[str, str], str, str]] = {
    "a service that is away": ({"url": "http://127.0.0.1:9"}, "unreachable", "did not answer"),
    "a service that refuses": ({"credential": "another"}, "refused", "the key that seals it can't be used"),
    "no secret": ({"secret_file": "/nowhere"}, "refused", "the key that seals it can't be used"),
    "an authority that is away": ({"stamp_url": "http://127.0.0.1:9"}, "stamp", "stamps the time"),
    "an authority that answers nonsense": ({"stamp_url": "/nonsense"}, "stamp", "stamps the time"),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_without_a_seal_the_reason_is_a_sentence(tmp_path: Path, authority: Authority, what: str) -> None:
    changes, reason, words = REFUSALS[what]
    if changes.get("stamp_url", "").startswith("/"):
        changes = {"stamp_url": authority.url + changes["stamp_url"]}
    with pytest.raises(NotSealed) as refused:
        sealed_by(replace(remote(tmp_path, authority), **changes))
    assert refused.value.reason == reason, refused.value.detail
    assert words in str(refused.value.sentence)
    assert not refused.value.is_final
    assert "the-token" not in refused.value.detail


def test_who_waits_is_called_meanwhile_and_nothing_is_left_running(tmp_path: Path) -> None:
    class Enough(Exception):
        pass

    def enough() -> None:
        raise Enough

    with pytest.raises(Enough), Sealer(Terms(Maker.TEST, str(tmp_path))) as sealer:
        sealer.seal(PDF, SHA, enough)
    with pytest.raises(ProcessLookupError):
        os.kill(sealer.process_id, 0)
    assert not sealer.folder.exists()


def test_a_service_that_never_answers_is_given_up(
    tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bids.dossier.seal.sealing.START_SECONDS", 0)
    with pytest.raises(NotSealed) as refused:
        sealed_by(replace(remote(tmp_path, authority), url=f"{authority.url}/silence", seconds=1))
    assert refused.value.reason in ("clock", "unreachable")


def test_the_sealing_process_gets_nothing_of_the_workers_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setenv("SECRET_KEY", "signs log-ins")
    monkeypatch.setenv("DATABASE_URL", "postgres://tandem:secret@db/tandem")
    monkeypatch.setenv("SOFTHSM2_CONF", "/etc/softhsm2.conf")
    settings.SEAL_PASSED_ON = ["SOFTHSM2_CONF"]
    with Sealer(Terms(Maker.TEST, str(tmp_path))) as sealer:
        seen = Path(f"/proc/{sealer.process_id}/environ").read_text()
    assert "SECRET_KEY" not in seen
    assert "DATABASE_URL" not in seen
    assert "SOFTHSM2_CONF=/etc/softhsm2.conf" in seen


def test_what_is_configured_is_agreed(settings: Any, tmp_path: Path) -> None:
    settings.SEAL, settings.SEAL_FOLDER = "remote", tmp_path
    settings.SEAL_TERMS = {**settings.SEAL_TERMS, "url": "https://seal.example", "credential": "one"}
    assert terms() == Terms(Maker.REMOTE, str(tmp_path), url="https://seal.example", credential="one")


def test_a_sealed_dossier_keeps_both_standards(built: Built, folder: Path, tmp_path: Path) -> None:
    assert SEAL_FIELD == FIELD_OF_THE_BINDING
    sealed = sealed_by(Terms(Maker.TEST, str(folder)), built.pdf)
    assert found(sealed, folder).is_intact
    with Pdf.open(io.BytesIO(sealed.pdf)) as book:
        (field,) = book.Root.AcroForm.Fields
        assert (str(field.T), "/StructParent" in field) == (SEAL_FIELD, True)
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed.pdf)
    assert breaches(path) == []


def test_a_certificate_is_called_by_its_holder() -> None:
    assert check.name_of(a_certificate("Seal of the desk").certificate) == "Seal of the desk, A ministry"
