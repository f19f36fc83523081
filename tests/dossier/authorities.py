"""A signing service and a time-stamping authority on this machine, as small as their protocols allow."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asn1crypto import keys, tsp, x509
from cryptography import x509 as making
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

USES = dict.fromkeys(
    ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
     "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False,
)  # fmt: skip


@dataclass
class Held:
    """A certificate with its key."""

    key: rsa.RSAPrivateKey
    made: making.Certificate

    @property
    def certificate(self) -> x509.Certificate:
        return x509.Certificate.load(self.made.public_bytes(serialization.Encoding.DER))

    @property
    def der(self) -> str:
        return base64.b64encode(self.made.public_bytes(serialization.Encoding.DER)).decode()

    @property
    def key_info(self) -> keys.PrivateKeyInfo:
        return keys.PrivateKeyInfo.load(
            self.key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )


def a_certificate(name: str, by: Held | None = None, stamps: bool = False) -> Held:
    """Signed by another, or (a root) by itself."""
    key = rsa.generate_private_key(65537, 2048)
    names = [
        making.NameAttribute(NameOID.COMMON_NAME, name), making.NameAttribute(NameOID.ORGANIZATION_NAME, "A ministry"),
    ]  # fmt: skip
    uses = USES | ({"digital_signature": True, "content_commitment": True} if by else {"key_cert_sign": True})
    signing = by.key if by else key
    made = (
        making.CertificateBuilder()
        .subject_name(making.Name(names))
        .issuer_name(by.made.subject if by else making.Name(names))
        .public_key(key.public_key())
        .serial_number(making.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=30))
        .add_extension(making.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(making.KeyUsage(**uses), critical=True)
        .add_extension(making.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(making.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
    )
    if stamps:
        made = made.add_extension(making.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Held(key, made.sign(signing, hashes.SHA256()))


@dataclass
class Authority:
    """What both of them know and were asked."""

    port: int = 0
    asked: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._root = a_certificate("Root of the tests")
        self.seal = a_certificate("Seal of the desk", self._root)
        stamper = a_certificate("Stamper of the tests", self._root, stamps=True)
        store = SimpleCertificateStore()
        store.register(self.root)
        self.stamper = DummyTimeStamper(stamper.certificate, stamper.key_info, certs_to_embed=store)

    @property
    def root(self) -> x509.Certificate:
        return self._root.certificate

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def stamp_url(self) -> str:
        return f"{self.url}/stamp"

    def stamp(self, asked: bytes) -> bytes:
        return bytes(self.stamper.request_tsa_response(tsp.TimeStampReq.load(asked)).dump())

    def answer(self, path: str, token: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """What the service says; None where it refuses."""
        if body.get("credentialID") != "seal-1" or token != "Bearer the-token":
            return None
        match path.rpartition("/")[2]:
            case "info":
                rsa_sha256 = "1.2.840.113549.1.1.11"
                chain = [self.seal.der, self._root.der]
                return {"cert": {"certificates": chain}, "key": {"algo": [rsa_sha256]}, "multisign": 1, "SCAL": "2"}
            case "authorize":
                return {"SAD": f"permitted {body['hash'][0]}"} if body["PIN"] == "1234" else None
            case "signHash":
                if body["SAD"] != f"permitted {body['hash'][0]}":
                    return None
                digest = base64.b64decode(body["hash"][0])
                signed = self.seal.key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
                return {"signatures": [base64.b64encode(signed).decode()]}
        return None


@contextmanager
def open_authority() -> Iterator[Authority]:
    """Both of them, listening until the end."""
    authority = Authority()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path.startswith("/silence"):
                time.sleep(20)
            if self.path == "/stamp":
                return self.reply(200, "application/timestamp-reply", authority.stamp(content))
            if not self.path.startswith("/csc/"):
                return self.reply(200, "text/plain", b"nonsense")
            body, token = json.loads(content), self.headers["Authorization"]
            authority.asked.append((self.path, token, body))
            told = authority.answer(self.path, token, body)
            return self.reply(200 if told else 403, "application/json", json.dumps(told).encode())

        def reply(self, status: int, kind: str, content: bytes) -> None:
            with suppress(BrokenPipeError, ConnectionResetError):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, *said: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    server.block_on_close = False
    authority.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
