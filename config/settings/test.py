"""Fast hashers, letters in memory, files in a folder that goes away; SQLite unless TEST_DATABASE_URL names another."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from config import env
from config.databases import connection
from config.logs import log_settings
from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, STORAGES

STAGE = "test"
SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations"]

DATA_DIR = Path(tempfile.mkdtemp(prefix="tandem-test-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
MEDIA_ROOT = DATA_DIR / "media"
FRAGMENTS_ROOT = DATA_DIR / "fragments"
SEAL_FOLDER = DATA_DIR / "seal"
PRESS_STAYS_WARM = False
STATIC_ROOT = DATA_DIR / "static"

# A file rather than memory, so that threads and worker processes see what the test sees.
DATABASES = {"default": connection(env.TEST_DATABASE_URL or f"sqlite:///{DATA_DIR / 'tandem.sqlite3'}")}
if not env.TEST_DATABASE_URL:
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
LOGGING = log_settings("WARNING", as_json=False)
CELERY_BROKER_URL = "memory://"
DEMO = True
