"""The embedded worker that `manage.py serve` starts and watches: `python -m config.worker PID-OF-THE-SERVER`."""

from __future__ import annotations

import sys

from accounts.processes import die_with_parent
from config.celery import app

OPTIONS = ("--pool", "prefork", "--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat")

if __name__ == "__main__":
    die_with_parent(int(sys.argv[1]))
    app.worker_main(["worker", *OPTIONS])
