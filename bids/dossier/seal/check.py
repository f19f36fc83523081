"""Reading a seal back: who made it, whether it is intact, whether the certificate is one we trust, and when."""

from __future__ import annotations

import hashlib
import io
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import x509
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from bids.dossier.seal.names import name_of
from bids.dossier.seal.own_key import CERTIFICATE
from bids.dossier.seal.terms import MARK, SEAL_FIELD

ENDS = re.compile(rb"%%EOF\n?")

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class SealFound:
    """What a seal says, and what we found.

    `is_intact`: it covers the whole file, and not a bit of that was changed. `unsealed_sha256` is the digest of
    the file as it was printed, where it is still contained. `is_trusted`: its certificate
    leads to one we were told to trust; whether it was revoked since is not asked. `signed_at` is only what
    the sealing computer said; `stamped_at` is what an authority says.
    """

    certificate: str
    fingerprint: str
    is_intact: bool
    is_trusted: bool
    is_test: bool
    unsealed_sha256: str
    signed_at: datetime | None
    stamped_at: datetime | None
    is_stamp_trusted: bool


class Broken(Exception):
    """There is something like a seal, or like a PDF, that can't be read."""


def seal_of(
    pdf: bytes, trusted: Iterable[x509.Certificate], tests: Iterable[x509.Certificate] = ()
) -> SealFound | None:
    """The seal of this file, or None where it has none. `tests` are certificates of test keys."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        found = [each for each in reader.embedded_signatures if each.field_name == SEAL_FIELD]
        if not found:
            return None
        of_tests = {each.sha256 for each in tests}
        roots = ValidationContext(trust_roots=[*trusted, *tests], allow_fetching=False)
        status = validate_pdf_signature(found[0], roots, ts_validation_context=roots)
        return _told(status, _unsealed(pdf, str(found[0].sig_object.get("/Reason", ""))), of_tests)
    except Exception as problem:  # whatever a changed file makes the libraries raise, it is broken
        raise Broken(f"{type(problem).__name__}: {problem}"[:200]) from problem


def _unsealed(pdf: bytes, reason: str) -> str:
    """The digest of the file before its seal was added, if the file still begins with just that."""
    said = reason.removeprefix(MARK)
    for end in ENDS.finditer(pdf):
        if hashlib.sha256(pdf[: end.end()]).hexdigest() == said:
            return said
    return ""


def _told(status: PdfSignatureStatus, unsealed: str, tests: set[bytes]) -> SealFound:
    stamp = status.timestamp_validity
    certificate = status.signing_cert
    return SealFound(
        certificate=name_of(certificate),
        fingerprint=certificate.sha256.hex(),
        is_intact=bool(
            status.intact
            and status.valid
            and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
            and status.docmdp_ok
        ),
        is_trusted=bool(status.trusted),
        is_test=certificate.sha256 in tests,
        unsealed_sha256=unsealed,
        signed_at=status.signer_reported_dt,
        stamped_at=stamp.timestamp if stamp is not None and stamp.valid and stamp.intact else None,
        is_stamp_trusted=bool(stamp is not None and stamp.trusted),
    )


def certificates(path: Path) -> list[x509.Certificate]:
    """The certificates of a PEM file; none where there is no file."""
    return list(load_certs_from_pemder([str(path)])) if path.is_file() else []


def test_certificates(folder: Path) -> list[x509.Certificate]:
    """The certificate of this installation's test key, if one was made; the key itself is not read."""
    return certificates(folder / CERTIFICATE)
