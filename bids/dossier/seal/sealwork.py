"""What runs in the process that seals: waits for one order, signs one file, answers, and is gone.

`python -m bids.dossier.seal.sealwork TERMS`, in a folder of its own. The order is one line of JSON with
the digest of `unsealed.pdf`; the answer is `answer.json`, beside `sealed.pdf` if it went well. It has no
Django, no database and no secret but the one file that the terms name.
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import aiohttp
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError

from accounts.lifeline import die_with_parent
from bids.dossier.seal.names import name_of
from bids.dossier.seal.terms import MARK, SEAL_FIELD, Maker, Terms

MAKERS = {
    Maker.TEST: "bids.dossier.seal.own_key",
    Maker.PKCS11: "bids.dossier.seal.token",
    Maker.REMOTE: "bids.dossier.seal.remote",
}
UNSEALED, SEALED, ANSWER = "unsealed.pdf", "sealed.pdf", "answer.json"


class Writer(IncrementalPdfFileWriter):
    """Adds the seal at the end and leaves the rest: pyHanko would write the metadata anew and spoil PDF/A."""

    def _update_meta(self) -> None:
        pass


def main(parent: int, **terms: Any) -> None:
    """Load the key's module while the pages are still being set, then wait for the order."""
    die_with_parent(parent)
    logging.disable(logging.CRITICAL)
    agreed = Terms.of(terms)
    maker = import_module(MAKERS[agreed.maker])
    line = sys.stdin.readline()
    if line:
        answer(lambda: asyncio.run(seal(maker, agreed, json.loads(line)["sha256"])))


def answer(work: Any) -> None:
    """Leave an answer whatever happens; the file is renamed, so that half of one is never read."""
    try:
        said = {"done": work()}
    except Exception as problem:  # every library here raises what it likes; the reason decides what people are told
        said = {"failed": reason_of(problem), "detail": f"{type(problem).__name__}: {problem}"[:300]}
    Path(f"{ANSWER}.new").write_text(json.dumps(said))
    os.replace(f"{ANSWER}.new", ANSWER)


async def seal(maker: Any, terms: Terms, sha256: str) -> dict[str, Any]:
    """One signature: PAdES, of the whole file, after which nothing may be changed."""
    writer = Writer(io.BytesIO(Path(UNSEALED).read_bytes()))
    about = PdfSignatureMetadata(
        field_name=SEAL_FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=f"{MARK}{sha256}",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    async with maker.signing(terms) as signer:
        sealed = await PdfSigner(about, signer=signer, timestamper=stamper(terms)).async_sign_pdf(writer)
        certificate = signer.signing_cert
    Path(SEALED).write_bytes(sealed.getbuffer())
    return {
        "certificate": name_of(certificate),
        "fingerprint": certificate.sha256.hex(),
        "sealed_at": datetime.now(UTC).isoformat(),
        "is_stamped": bool(terms.stamp_url),
    }


def stamper(terms: Terms) -> TimeStamper | None:
    return HTTPTimeStamper(terms.stamp_url, timeout=terms.seconds) if terms.stamp_url else None


def reason_of(problem: BaseException) -> str:
    """One of the reasons that `sealing.py` has sentences for: what is behind the problem tells most."""
    behind: BaseException | None = problem
    while behind is not None:
        if isinstance(behind, TimestampRequestError):
            return "stamp"
        if isinstance(behind, aiohttp.ClientConnectionError | TimeoutError):
            return "unreachable"
        behind = behind.__cause__ or behind.__context__
    return "refused"


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
