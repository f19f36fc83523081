"""Sealing with a key on a token: SoftHSM stands for it. Tandem itself needs neither it nor `python-pkcs11`."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from bids.dossier.seal import check
from bids.dossier.seal.sealing import NotSealed
from bids.dossier.seal.terms import Maker, Terms
from tests.dossier.authorities import Held, a_certificate
from tests.dossier.test_seal import sealed_by

LIBRARIES = [os.environ.get("SOFTHSM2_MODULE", ""), "/usr/lib/softhsm/libsofthsm2.so"]
MODULE = next((path for path in LIBRARIES if Path(path).is_file()), "")
IS_THERE = find_spec("pkcs11") is not None and MODULE and shutil.which("softhsm2-util")

pytestmark = [
    pytest.mark.deep,
    pytest.mark.skipif(not IS_THERE, reason="needs the Python package python-pkcs11 and the Debian package softhsm2"),
]


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> tuple[Terms, Held]:
    """A token with a key and a PIN; its certificate is in a file."""
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm2.conf").write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    settings.SEAL_PASSED_ON = ["SOFTHSM2_CONF"]
    root = a_certificate("Root of the tests")
    held = a_certificate("Seal on a token", root)
    pem = serialization.Encoding.PEM
    key = held.key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "key.pem").write_bytes(key)
    (tmp_path / "certificates.pem").write_bytes(held.made.public_bytes(pem) + root.made.public_bytes(pem))
    (tmp_path / "pin").write_text("4321\n")
    hsm("--init-token", "--free", "--label", "desk", "--pin", "4321", "--so-pin", "8765")
    hsm("--import", str(tmp_path / "key.pem"), "--token", "desk", "--label", "seal", "--id", "01", "--pin", "4321")
    agreed = Terms(
        Maker.PKCS11, str(tmp_path), secret_file=str(tmp_path / "pin"), module=MODULE, token="desk", key="seal",
        certificate_file=str(tmp_path / "certificates.pem"),
    )  # fmt: skip
    return agreed, root


def hsm(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", "--module", MODULE, *arguments], check=True, capture_output=True)


def test_a_key_on_a_token_seals(token: tuple[Terms, Held]) -> None:
    agreed, root = token
    sealed = sealed_by(agreed)
    assert (sealed.is_test, sealed.certificate) == (False, "Seal on a token, A ministry")
    seal = check.seal_of(sealed.pdf, [root.certificate])
    assert seal is not None
    assert (seal.is_intact, seal.is_trusted, seal.is_test) == (True, True, False)


def test_a_wrong_pin_seals_nothing_and_is_not_told(token: tuple[Terms, Held]) -> None:
    agreed, _ = token
    Path(agreed.secret_file).write_text("0000\n")
    with pytest.raises(NotSealed) as refused:
        sealed_by(agreed)
    assert refused.value.reason == "refused"
    assert "0000" not in refused.value.detail
