"""Every environment variable Tandem reads: typed, read once, documented here and in `.env.example`.

The one exception is `FAULT` with `ALLOW_FAULTS` (`accounts/faults.py`), read where a fault is asked for,
because render children run without settings.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

_env = environ.Env()


def _read(kind: str, name: str, default: Any) -> Any:
    """One variable in its type; a value of another type is refused by name instead of with a traceback."""
    try:
        return getattr(_env, kind)(name, default=default)
    except ValueError as error:
        raise ImproperlyConfigured(f"The environment variable {name} can't be read as {kind}: {error}.") from error


# Where everything that must survive a restart lives: SQLite, uploads, dossiers, the embedded queue.
DATA_DIR = Path(_read("str", "DATA_DIR", str(BASE_DIR / "data"))).resolve()

# Signs log-ins and links. On a laptop one is made and kept in DATA_DIR; production refuses to start without it.
SECRET_KEY: str = _read("str", "SECRET_KEY", "")
# Former keys, still accepted while they are being replaced (comma separated).
SECRET_KEY_FALLBACKS: list[str] = _read("list", "SECRET_KEY_FALLBACKS", [])

# Stack traces in the browser. Never in production.
DEBUG: bool = _read("bool", "DEBUG", False)

# Where `serve` listens, and the names under which browsers may call us (comma separated).
HOST: str = _read("str", "HOST", "127.0.0.1")
PORT: int = _read("int", "PORT", 8000)
ALLOWED_HOSTS: list[str] = _read("list", "ALLOWED_HOSTS", [])
# The address people type, for links in letters: https://tandem.example
SITE_URL: str = _read("str", "SITE_URL", f"http://{HOST}:{PORT}").rstrip("/")
# How many reverse proxies of ours stand in front; 0 means X-Forwarded-For is not believed.
TRUSTED_PROXIES: int = _read("int", "TRUSTED_PROXIES", 0)

# postgres://user:password@host:5432/name; without it SQLite in DATA_DIR.
DATABASE_URL: str = _read("str", "DATABASE_URL", f"sqlite:///{DATA_DIR / 'tandem.sqlite3'}")
# The database the test suite uses instead of SQLite.
TEST_DATABASE_URL: str = _read("str", "TEST_DATABASE_URL", "")

# redis://host:6379/0; without it the embedded queue in DATA_DIR/queue.
CELERY_BROKER_URL: str = _read("str", "CELERY_BROKER_URL", "filesystem://")

# rediscache://host:6379/1 where several processes count together; without it each counts for itself.
CACHE_URL: str = _read("str", "CACHE_URL", "locmemcache://")

# smtp+tls://user:password@host:587, consolemail:// or filemail:////folder; without it letters become files in DATA_DIR.
EMAIL_URL: str = _read("str", "EMAIL_URL", f"filemail:///{DATA_DIR / 'mail'}")
DEFAULT_FROM_EMAIL: str = _read("str", "DEFAULT_FROM_EMAIL", "Tandem <tandem@localhost>")
# Who answers questions, complaints about accessibility and reports of weaknesses.
CONTACT_EMAIL: str = _read("str", "CONTACT_EMAIL", "tandem@localhost")

# Demo people with a published password; refused unless HOST is loopback or DEMO_PUBLIC is set too.
DEMO: bool = _read("bool", "DEMO", False)
DEMO_PUBLIC: bool = _read("bool", "DEMO_PUBLIC", False)

# Seconds added to the clock, and faults on purpose: for tests only, refused in production.
CLOCK_OFFSET: int = _read("int", "CLOCK_OFFSET", 0)
ALLOW_FAULTS: bool = _read("bool", "ALLOW_FAULTS", False)

# Who seals dossiers: `test` (a certificate of this installation that says TEST), `pkcs11` (a token or HSM beside the
# worker) or `remote` (a signing service with the API of the Cloud Signature Consortium). Production must decide it.
SEAL: str = _read("str", "SEAL", "test")
# The file with the PIN of the token, or with the access token of the service and, on a second line, its PIN. Only the
# worker needs to be able to read it; mount it there alone.
SEAL_SECRET_FILE: str = _read("str", "SEAL_SECRET_FILE", "")
# PEM: the certificate of the key and those above it (pkcs11; without it they are looked for on the token).
SEAL_CERTIFICATE_FILE: str = _read("str", "SEAL_CERTIFICATE_FILE", "")
SEAL_PKCS11_MODULE: str = _read("str", "SEAL_PKCS11_MODULE", "")
SEAL_PKCS11_TOKEN: str = _read("str", "SEAL_PKCS11_TOKEN", "")
SEAL_PKCS11_KEY: str = _read("str", "SEAL_PKCS11_KEY", "")
SEAL_REMOTE_URL: str = _read("str", "SEAL_REMOTE_URL", "")
SEAL_REMOTE_CREDENTIAL: str = _read("str", "SEAL_REMOTE_CREDENTIAL", "")
# An authority that stamps the time on seals (RFC 3161); without it a seal only says what our clock says.
SEAL_TSA_URL: str = _read("str", "SEAL_TSA_URL", "")
# PEM: the roots that `verify_dossier` trusts, of seals and of time stamps.
SEAL_TRUST_FILE: str = _read("str", "SEAL_TRUST_FILE", "")
# Other variables that the driver of a token needs to see (comma separated), such as SOFTHSM2_CONF.
SEAL_PASSED_ON: list[str] = _read("list", "SEAL_PASSED_ON", [])

# How many processes and threads gunicorn serves with.
WEB_WORKERS: int = _read("int", "WEB_WORKERS", 2)
WEB_THREADS: int = _read("int", "WEB_THREADS", 8)

# DEBUG, INFO, WARNING or ERROR; and whether lines are JSON.
LOG_LEVEL: str = _read("str", "LOG_LEVEL", "INFO")
LOG_JSON: bool = _read("bool", "LOG_JSON", False)


def is_given(name: str) -> bool:
    """Was this variable decided by somebody, or is it a default of ours?"""
    return name in _env.ENVIRON


def database(url: str) -> dict[str, Any]:
    """The connection settings of a database address."""
    return dict(_env.db_url_config(url))


def cache(url: str) -> dict[str, Any]:
    """The settings of a cache address."""
    return dict(_env.cache_url_config(url))


def mail(url: str) -> dict[str, Any]:
    """The EMAIL_* settings of a mail address."""
    return dict(_env.email_url_config(url))
