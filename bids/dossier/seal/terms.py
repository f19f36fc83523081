"""What is agreed before a file is sealed, and what comes out: plain words that travel between processes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

SEAL_FIELD = "TandemSeal"  # the empty field that the binding puts on the last page
MARK = "Tandem, SHA-256 without this seal: "  # what the signature says of itself


class Maker(StrEnum):
    """Whose key it is."""

    TEST = "test"  # a certificate of this installation, worth nothing to anybody
    PKCS11 = "pkcs11"  # a token or HSM beside the worker
    REMOTE = "remote"  # a signing service that speaks the API of the Cloud Signature Consortium


@dataclass(frozen=True, slots=True)
class Terms:
    """How to seal. Names and places only: a secret stays in its file, and only the sealing process opens it."""

    maker: Maker
    folder: str  # where the test certificate is kept
    secret_file: str = ""  # a PIN, or a token on the first line and a PIN on the second
    certificate_file: str = ""  # PEM: the certificate of the key, then those above it
    module: str = ""
    token: str = ""
    key: str = ""
    url: str = ""
    credential: str = ""
    stamp_url: str = ""  # of a time-stamping authority (RFC 3161)
    seconds: int = 60

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Terms:
        return cls(**{**told, "maker": Maker(told["maker"])})


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed file. Without its seal it is the unsealed file, byte for byte: the seal is added at its end."""

    pdf: bytes
    unsealed_sha256: str
    certificate: str
    fingerprint: str
    is_test: bool
    sealed_at: datetime
    is_stamped: bool

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.pdf).hexdigest()
