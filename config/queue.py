"""How work is asked for: the database remembers it, the broker only rings (docs/decisions/0002)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

EMBEDDED = "filesystem://"

# The job's own wall limit is 15 minutes; the task's limits lie above it, redelivery above those.
SOFT_LIMIT_SECONDS = 960
HARD_LIMIT_SECONDS = 1020
VISIBILITY_SECONDS = 1200
# Whoever rings waits at most this long for a broker that is down or stands still; a worker, which only listens, longer.
RING_SECONDS = 1
LISTEN_SECONDS = 5


def celery_settings(broker: str, data_dir: Path) -> dict[str, Any]:
    """Everything Celery must know."""
    return {
        "broker_url": broker,
        "broker_transport": "config.folder_queue:Transport" if broker == EMBEDDED else None,
        "broker_transport_options": _transport(broker, data_dir),
        "broker_connection_retry_on_startup": True,
        "accept_content": ["json"],
        "task_serializer": "json",
        "result_backend": None,
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        # A bell that can't be rung is logged; the sweeper rings again.
        "task_publish_retry": False,
        "task_soft_time_limit": SOFT_LIMIT_SECONDS,
        "task_time_limit": HARD_LIMIT_SECONDS,
        "task_default_queue": "tandem",
        "worker_prefetch_multiplier": 1,
        "worker_concurrency": 2,
        # Sections are set in forks of a press: what grows there ends there. A young child has no warm press.
        "worker_max_tasks_per_child": 500,
        "worker_max_memory_per_child": 600_000,
        "worker_hijack_root_logger": False,
        "worker_enable_remote_control": broker != EMBEDDED,
        "timezone": "Europe/Brussels",
        "enable_utc": True,
    }


def _transport(broker: str, data_dir: Path) -> dict[str, Any]:
    """What the way of carrying messages needs: time limits for Redis, folders for the embedded queue."""
    if broker == EMBEDDED:
        return _folders(data_dir / "queue") | {"store_processed": False, "polling_interval": 0.3}
    return {
        "visibility_timeout": VISIBILITY_SECONDS,
        "socket_timeout": RING_SECONDS,
        "socket_connect_timeout": RING_SECONDS,
        "socket_keepalive": True,
        "retry_on_timeout": False,
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.2,
        "interval_max": 0.2,
    }


def _folders(queue: Path) -> dict[str, str]:
    """The folders of the embedded queue, made here because Celery expects them to exist."""
    messages, control = queue / "messages", queue / "control"
    for folder in (messages, control):
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(messages),
        "data_folder_out": str(messages),
        "control_folder": str(control),
        "processed_folder": str(messages),
    }
