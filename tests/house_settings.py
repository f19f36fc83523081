"""Settings of the houses that tests open for a browser: a laptop's, with quick passwords and a worker in a hurry."""

from __future__ import annotations

from config import schedule
from config.settings.dev import *  # noqa: F403
from config.settings.dev import STORAGES

STAGE = "test"
SECRET_KEY = "only-for-tests-" + "x" * 50
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

schedule.BY_ITSELF["ring-waiting-jobs"] |= {"schedule": 1.0, "options": {"expires": 5}}
