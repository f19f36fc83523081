"""The embedded worker that `manage.py serve` starts and watches: `python -m config.worker PID-OF-THE-SERVER`."""

from __future__ import annotations

import sys
import warnings

from celery.exceptions import SecurityWarning

from accounts.lifeline import die_with_parent
from config.celery import app

OPTIONS = ("--pool", "prefork", "--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat")

if __name__ == "__main__":
    die_with_parent(int(sys.argv[1]))
    # It runs as whoever typed `make run`, and takes JSON only: what Celery warns of can't happen.
    warnings.simplefilter("ignore", SecurityWarning)
    app.worker_main(["--quiet", "worker", *OPTIONS])
