"""Sealing with a key that never leaves its token or HSM: PKCS#11. Needs the package `python-pkcs11`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.keys import load_certs_from_pemder
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from bids.dossier.seal.secret import lines_of
from bids.dossier.seal.terms import Terms


@asynccontextmanager
async def signing(terms: Terms) -> AsyncIterator[PKCS11Signer]:
    """Signs with the key of this label; its certificate and those above it come from a file, or from the token."""
    pin = lines_of(terms.secret_file)[0]
    with open_pkcs11_session(terms.module, token_criteria=TokenCriteria(label=terms.token), user_pin=pin) as session:
        if terms.certificate_file:
            own, *above = load_certs_from_pemder([terms.certificate_file])
            yield PKCS11Signer(session, signing_cert=own, ca_chain=above, key_label=terms.key)
        else:
            yield PKCS11Signer(session, cert_label=terms.key, key_label=terms.key)
