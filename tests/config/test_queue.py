"""How the worker is told to behave."""

from __future__ import annotations

import pytest

from config import schedule
from config.celery import app
from config.queue import EMBEDDED, HARD_LIMIT_SECONDS, SOFT_LIMIT_SECONDS, VISIBILITY_SECONDS, celery_settings


@pytest.fixture
def embedded(tmp_path):
    return celery_settings(EMBEDDED, tmp_path)


@pytest.fixture
def redis(tmp_path):
    return celery_settings("redis://127.0.0.1:6379/0", tmp_path)


def test_a_message_is_given_back_when_a_worker_dies(embedded):
    wanted = {
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "accept_content": ["json"],
        "result_backend": None,
        "task_publish_retry": False,
    }
    assert {name: embedded[name] for name in wanted} == wanted


def test_a_task_ends_before_it_is_handed_out_again(redis):
    assert SOFT_LIMIT_SECONDS < HARD_LIMIT_SECONDS < VISIBILITY_SECONDS
    assert redis["broker_transport_options"]["visibility_timeout"] == VISIBILITY_SECONDS


def test_the_embedded_queue_makes_its_folders(embedded, tmp_path):
    assert (tmp_path / "queue/messages").is_dir()
    assert (tmp_path / "queue/control").is_dir()


def test_the_app_takes_these_settings():
    assert (app.conf.task_acks_late, app.conf.task_default_queue, app.conf.result_backend) == (True, "tandem", None)


def test_what_happens_by_itself_exists():
    app.loader.import_default_modules()
    asked_for = {entry["task"] for entry in schedule.BY_ITSELF.values()}
    assert asked_for - set(app.tasks) == set()
    assert {name for name in app.tasks if name.startswith("bids.clock.")} == asked_for
