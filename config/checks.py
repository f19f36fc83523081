"""Misconfiguration said in words, before the first visitor notices it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from config import env, sealing

TAG = "tandem"
SHORTEST_SECRET = 50
Question = Callable[[], Iterator[checks.Error]]


def enrol() -> None:
    """Make `manage.py check`, every command and every server entry ask these questions."""
    for question in (*ALWAYS, *PRODUCTION):
        checks.register(partial(_ask, question), TAG)


def _ask(question: Question, app_configs: Any = None, **options: Any) -> Sequence[checks.Error]:
    if question in PRODUCTION and settings.STAGE != "production":
        return []
    return list(question())


def refuse_half_configured() -> None:
    """Stop a server entry that would start with something missing, naming everything that is."""
    problems = [problem for problem in checks.run_checks(tags=[TAG]) if problem.is_serious()]
    if problems:
        lines = (
            f"{problem.id}: {problem.msg} {problem.hint}"
            for problem in sorted(problems, key=lambda problem: str(problem.id))
        )
        raise ImproperlyConfigured("Tandem does not start half-configured.\n" + "\n".join(lines))


def _error(number: int, message: str, hint: str) -> checks.Error:
    return checks.Error(message, hint=hint, id=f"tandem.E{number:03}")


def demo_stays_at_home() -> Iterator[checks.Error]:
    """Demo people have a published password: only where nobody else can reach them, unless asked for twice."""
    at_home = settings.STAGE != "production" and is_loopback(env.HOST)
    if settings.DEMO and not (settings.DEMO_PUBLIC or at_home or settings.STAGE == "test"):
        yield _error(
            1,
            f"DEMO=1 would open demo accounts with a published password to everybody who can reach {env.HOST}.",
            "Set HOST=127.0.0.1, or DEMO=0, or DEMO_PUBLIC=1 if that is what you want.",
        )


def is_loopback(host: str) -> bool:
    """Can only this machine reach this address?"""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def folder_can_be_written() -> Iterator[checks.Error]:
    """Everything that must survive a restart goes to DATA_DIR."""
    folder = Path(settings.DATA_DIR)
    standing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not (standing.is_dir() and os.access(standing, os.W_OK | os.X_OK)):
        yield _error(2, f"DATA_DIR={folder} can't be written.", f"Give this user the right to write in {standing}.")


def secret_is_secret() -> Iterator[checks.Error]:
    if len(env.SECRET_KEY) < SHORTEST_SECRET or len(set(env.SECRET_KEY)) < 10:
        yield _error(
            3,
            "SECRET_KEY is missing or too easy to guess.",
            'Make one: python -c "import secrets; print(secrets.token_urlsafe(64))"',
        )


def hosts_are_named() -> Iterator[checks.Error]:
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield _error(4, "ALLOWED_HOSTS names no host, or every host.", "Set ALLOWED_HOSTS=tandem.example")


def address_is_https() -> Iterator[checks.Error]:
    address = urlsplit(settings.SITE_URL)
    if address.scheme != "https":
        yield _error(5, f"SITE_URL={settings.SITE_URL} is no https address.", "Set SITE_URL=https://tandem.example")
    elif not {address.hostname, "*"} & set(settings.ALLOWED_HOSTS):  # "*" has a sentence of its own
        yield _error(6, "The host of SITE_URL is not in ALLOWED_HOSTS.", f"Add {address.hostname} to ALLOWED_HOSTS.")


def nothing_is_assumed() -> Iterator[checks.Error]:
    """What a laptop may leave to its defaults must be decided in production."""
    for number, (name, hint) in enumerate(DECIDED.items(), start=10):
        if not env.is_given(name):
            yield _error(number, f"{name} is not set.", hint)


DECIDED = {
    "DATABASE_URL": "Set DATABASE_URL=postgres://tandem:…@db:5432/tandem",
    "CELERY_BROKER_URL": "Set CELERY_BROKER_URL=redis://redis:6379/0",
    "CACHE_URL": "Set CACHE_URL=rediscache://redis:6379/1",
    "EMAIL_URL": "Set EMAIL_URL=smtp+tls://user:…@mail.example:587",
    "DEFAULT_FROM_EMAIL": "Set DEFAULT_FROM_EMAIL='Tandem <tandem@tandem.example>'",
    "CONTACT_EMAIL": "Set CONTACT_EMAIL to an address that somebody reads.",
    "DATA_DIR": "Set DATA_DIR to a folder that is backed up.",
    "SEAL": "Set SEAL=pkcs11 or SEAL=remote, or SEAL=test if seals are worth nothing here.",
}


def nothing_for_tests() -> Iterator[checks.Error]:
    for number, name in enumerate(("DEBUG", "ALLOW_FAULTS", "CLOCK_OFFSET"), start=20):
        if getattr(settings, name):
            yield _error(number, f"{name} is set in production.", f"Remove {name}: it is for tests only.")


def seal_is_whole() -> Iterator[checks.Error]:
    """A dossier whose seal can't be made would never be finished."""
    for number, message, hint in sealing.faults():
        yield _error(number, message, hint)


def refuse_a_worker_that_can_t_seal() -> None:
    """Stop a worker whose secrets are not where they should be; a web process never needs them."""
    problems = [f"tandem.E{number:03}: {message} {hint}" for number, message, hint in sealing.faults_of_the_worker()]
    if problems:
        raise ImproperlyConfigured("This worker could not seal.\n" + "\n".join(problems))


ALWAYS: tuple[Question, ...] = (demo_stays_at_home, folder_can_be_written, seal_is_whole)
PRODUCTION: tuple[Question, ...] = (
    secret_is_secret,
    hosts_are_named,
    address_is_https,
    nothing_is_assumed,
    nothing_for_tests,
)
