"""The worker's app: discovers `tasks` (what we ask for) and `clock` (what happens by itself)."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init, worker_process_init
from django.conf import settings

from accounts.lifeline import die_with_parent
from config import schedule
from config.checks import refuse_a_worker_that_can_t_seal, refuse_half_configured
from config.queue import LISTEN_SECONDS, celery_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")


def _settings() -> dict[str, Any]:
    return celery_settings(settings.CELERY_BROKER_URL, settings.DATA_DIR) | {"beat_schedule": schedule.BY_ITSELF}


app = Celery("tandem")
app.add_defaults(_settings)
app.autodiscover_tasks(["bids"], related_name="tasks")
app.autodiscover_tasks(["bids"], related_name="clock")


# The pool's parent; its children know it from before they were born, so that one orphaned at birth notices.
_worker = 0


@worker_init.connect
def start_whole_or_not_at_all(**_: Any) -> None:
    """A worker refuses a half configuration like a web server does, and listens more patiently than others ring."""
    global _worker
    refuse_half_configured()
    refuse_a_worker_that_can_t_seal()
    _worker = os.getpid()
    app.conf.broker_transport_options |= {"socket_timeout": LISTEN_SECONDS}


@worker_process_init.connect
def pool_child_dies_with_worker(**_: Any) -> None:
    """A pool child whose worker was killed would go on working where nobody listens. A solo pool has no child."""
    if os.getpid() != _worker:
        die_with_parent(_worker)
