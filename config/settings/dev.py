"""A laptop: what `make run` uses. No stack trace in the browser unless DEBUG=1 is asked for."""

from __future__ import annotations

from importlib.util import find_spec

from config import env
from config.secret import kept_secret
from config.settings.base import *  # noqa: F403
from config.settings.base import ALLOWED_HOSTS, DATA_DIR, INSTALLED_APPS, STORAGES

STAGE = "laptop"
DEBUG = env.DEBUG
SECRET_KEY = env.SECRET_KEY or kept_secret(DATA_DIR)
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "localhost", "127.0.0.1", "[::1]", env.HOST]

if DEBUG:
    STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

# Keeps `max_migration.txt` beside the migrations, so that two branches with a migration each conflict in git.
if find_spec("django_linear_migrations"):
    INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations"]
