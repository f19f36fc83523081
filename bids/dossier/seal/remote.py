"""Sealing by a remote service: it gets a digest, never the file. The API is that of the Cloud Signature Consortium."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import aiohttp
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.csc_signer import (
    CSCAuthorizationInfo,
    CSCAuthorizationManager,
    CSCServiceSessionInfo,
    CSCSigner,
    fetch_certs_in_csc_credential,
)

from bids.dossier.seal.secret import lines_of
from bids.dossier.seal.terms import Terms


class AskedEachTime(CSCAuthorizationManager):
    """Has every signature permitted anew, bound to its digest."""

    def __init__(self, session: aiohttp.ClientSession, pin: str | None, seconds: int, **about: Any) -> None:
        super().__init__(**about)
        self._post = partial(session.post, timeout=aiohttp.ClientTimeout(total=seconds), raise_for_status=True)
        self._pin = pin

    async def authorize_signature(self, hash_b64s: list[str]) -> CSCAuthorizationInfo:
        asked = self.format_csc_auth_request(pin=self._pin, hash_b64s=hash_b64s)
        address = self.csc_session_info.endpoint_url("credentials/authorize")
        try:
            async with self._post(address, headers=self.auth_headers, json=asked) as response:
                return self.parse_csc_auth_response(await response.json())
        except aiohttp.ClientError as error:
            raise SigningError("the signature was not permitted") from error


@asynccontextmanager
async def signing(terms: Terms) -> AsyncIterator[CSCSigner]:
    """Signs with the credential of this name at the service of this address."""
    token, *pin = lines_of(terms.secret_file)
    service = CSCServiceSessionInfo(terms.url.rstrip("/"), terms.credential, oauth_token=token)
    async with aiohttp.ClientSession() as session:
        credential = await fetch_certs_in_csc_credential(session, service, timeout=terms.seconds)
        permission = AskedEachTime(
            session,
            pin[0] if pin else None,
            terms.seconds,
            csc_session_info=service,
            credential_info=credential,
        )
        yield CSCSigner(session, permission, sign_timeout=terms.seconds)
