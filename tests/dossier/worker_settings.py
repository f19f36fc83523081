"""Settings of the workers that tests start and kill: a folder of their own (DATA_DIR), and a clock in a hurry."""

from __future__ import annotations

from config import schedule
from config.settings.dev import *  # noqa: F403

STAGE = "test"
SECRET_KEY = "only-for-tests-" + "x" * 50
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Long enough for a machine that is busy with the rest of the suite, short enough to wait for.
JOB_LEASE_SECONDS = 2
SECTIONS_AT_ONCE = 2  # on a laptop too: a kill shall find as much at work as it can anywhere
schedule.BY_ITSELF["ring-waiting-jobs"] |= {"schedule": 0.5, "options": {"expires": 5}}
