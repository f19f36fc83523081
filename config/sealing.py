"""Is the seal configured whole? Said before the first dossier waits for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

# What each maker can't do without: its variable, and what to write there.
NEEDED = {
    "test": {},
    "pkcs11": {
        "SEAL_PKCS11_MODULE": "the library of the token, such as /usr/lib/softhsm/libsofthsm2.so",
        "SEAL_PKCS11_TOKEN": "the label of the token",
        "SEAL_PKCS11_KEY": "the label of the key on it",
        "SEAL_SECRET_FILE": "the file with its PIN",
    },
    "remote": {
        "SEAL_REMOTE_URL": "the address of the signing service, https://…",
        "SEAL_REMOTE_CREDENTIAL": "the name of the credential there",
        "SEAL_SECRET_FILE": "the file with its access token",
    },
}
TERMS = {
    "SEAL_PKCS11_MODULE": "module",
    "SEAL_PKCS11_TOKEN": "token",
    "SEAL_PKCS11_KEY": "key",
    "SEAL_REMOTE_URL": "url",
    "SEAL_REMOTE_CREDENTIAL": "credential",
    "SEAL_SECRET_FILE": "secret_file",
}


def faults() -> Iterator[tuple[int, str, str]]:
    """What keeps seals from being made: number, message and hint of each."""
    if settings.SEAL not in NEEDED:
        yield 30, f"SEAL={settings.SEAL} is no way to seal.", "Set SEAL=test, SEAL=pkcs11 or SEAL=remote."
        return
    for variable, what in NEEDED[settings.SEAL].items():
        if not settings.SEAL_TERMS[TERMS[variable]]:
            yield 31, f"SEAL={settings.SEAL}, but {variable} is not set.", f"Set {variable}: {what}."
    yield from _addresses()
    if settings.SEAL == "pkcs11" and find_spec("pkcs11") is None:
        yield 34, "SEAL=pkcs11 needs the package python-pkcs11.", 'Install it: pip install "python-pkcs11>=0.9,<0.11"'


def _addresses() -> Iterator[tuple[int, str, str]]:
    """A token travels to the signing service: over https. A time stamp is signed itself, and may come over http."""
    service, stamp = settings.SEAL_TERMS["url"], settings.SEAL_TERMS["stamp_url"]
    if settings.SEAL == "remote" and service and not _is_private(service):
        yield 32, f"SEAL_REMOTE_URL={service} is no https address.", "Set SEAL_REMOTE_URL=https://…"
    if stamp and urlsplit(stamp).scheme not in ("http", "https"):
        yield 33, f"SEAL_TSA_URL={stamp} is no address of the web.", "Set SEAL_TSA_URL=https://…, or leave it empty."


def _is_private(address: str) -> bool:
    """https, or a service on this very machine."""
    split = urlsplit(address)
    try:
        return split.scheme == "https" or ip_address(split.hostname or "").is_loopback
    except ValueError:
        return False


def faults_of_the_worker() -> Iterator[tuple[int, str, str]]:
    """What only the process that seals needs: files it can read."""
    for variable in ("SEAL_SECRET_FILE", "SEAL_CERTIFICATE_FILE"):
        path = settings.SEAL_TERMS[variable.removeprefix("SEAL_").lower()]
        if path and settings.SEAL != "test" and not os.access(path, os.R_OK):
            yield 35, f"{variable}={path} can't be read by the worker.", "Give this user, and no other, the right to."
