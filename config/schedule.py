"""What happens by itself, and how often; each task lives in `bids/clock.py` and may run twice without harm."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

BY_ITSELF: dict[str, dict[str, Any]] = {
    "ring-waiting-jobs": {"task": "bids.clock.ring_waiting_jobs", "schedule": 15.0, "options": {"expires": 15}},
    "send-letters": {"task": "bids.clock.send_letters", "schedule": 15.0, "options": {"expires": 15}},
    "move-what-is-due": {"task": "bids.clock.move_what_is_due", "schedule": 60.0, "options": {"expires": 60}},
    "purge-fragments": {"task": "bids.clock.purge_fragments", "schedule": crontab(minute="20")},
    "purge-drafts": {"task": "bids.clock.purge_drafts", "schedule": crontab(hour="3", minute="30")},
}
