"""The test certificate of this installation: made once, kept beside its data, and called TEST wherever it shows."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import keys, x509
from cryptography import x509 as making
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder, load_private_key_from_pemder
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from bids.dossier.seal.terms import Terms

SECRET, CERTIFICATE = "secret.pem", "certificate.pem"
NAME = "TEST seal of Tandem (no legal value)"
LIFE = timedelta(days=3650)
USES = {
    "digital_signature": True, "content_commitment": True, "key_encipherment": False, "data_encipherment": False,
    "key_agreement": False, "key_cert_sign": False, "crl_sign": False, "encipher_only": False, "decipher_only": False,
}  # fmt: skip


@asynccontextmanager
async def signing(terms: Terms) -> AsyncIterator[SimpleSigner]:
    """Signs with the test key, which is made if it is not there yet."""
    key, certificate = kept(Path(terms.folder))
    yield SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=SimpleCertificateStore())


def kept(folder: Path) -> tuple[keys.PrivateKeyInfo, x509.Certificate]:
    """The key and its certificate; processes that start together agree on one."""
    secret = folder / SECRET
    if not secret.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _place(secret, _made(), 0o600, replace=False)
    certificate = next(iter(load_certs_from_pemder([str(secret)])))
    if not (folder / CERTIFICATE).exists():
        _place(folder / CERTIFICATE, _pem(certificate), 0o644, replace=True)
    return load_private_key_from_pemder(str(secret), passphrase=None), certificate


def _place(path: Path, content: bytes, mode: int, *, replace: bool) -> None:
    """Whole or not at all; without `replace`, the one that was there first stays."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(fresh, path)
        else:
            with suppress(FileExistsError):
                os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _made() -> bytes:
    """A new key and a certificate that it signs itself, as one PEM."""
    key = rsa.generate_private_key(65537, 3072)
    name = making.Name([making.NameAttribute(NameOID.COMMON_NAME, NAME)])
    yesterday = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        making.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(making.random_serial_number())
        .not_valid_before(yesterday)
        .not_valid_after(yesterday + LIFE)
        .add_extension(making.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(making.KeyUsage(**USES), critical=True)
        .add_extension(making.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return certificate.public_bytes(serialization.Encoding.PEM) + private


def _pem(certificate: x509.Certificate) -> bytes:
    loaded = making.load_der_x509_certificate(certificate.dump())
    return loaded.public_bytes(serialization.Encoding.PEM)


if __name__ == "__main__":
    kept(Path(sys.argv[1]))
