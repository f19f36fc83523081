"""The bell itself: on a real Redis, on a Redis that is away, and on the embedded queue."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import uuid

import pytest
from celery import Celery
from kombu.exceptions import KombuError

from config import env
from config.queue import EMBEDDED, celery_settings
from tests.services import REDIS_URL


def an_app(broker: str, folder) -> Celery:
    app = Celery("bell", set_as_current=False)
    app.conf.update(celery_settings(broker, folder) | {"task_default_queue": f"test-{uuid.uuid4().hex}"})
    return app


@pytest.mark.redis
def test_a_bell_rung_on_redis_is_heard(tmp_path):
    heard(an_app(REDIS_URL, tmp_path))


def test_a_bell_rung_on_the_embedded_queue_is_heard(tmp_path):
    heard(an_app(EMBEDDED, tmp_path))


def heard(app: Celery) -> None:
    """What is sent arrives, as JSON, for whoever asks first."""
    app.send_task("bids.tasks.ring", (7,))
    with app.connection_for_read() as connection:
        queue = connection.SimpleQueue(app.conf.task_default_queue)
        message = queue.get(timeout=5)
        message.ack()
        queue.close()
    assert (message.content_type, message.payload[0]) == ("application/json", [7])


def test_a_message_that_a_power_cut_left_empty_does_not_keep_the_next_from_being_heard(tmp_path):
    app = an_app(EMBEDDED, tmp_path)
    messages = tmp_path / "queue/messages"
    app.send_task("bids.tasks.ring", (7,))
    [whole] = messages.iterdir()
    (messages / f"0_{whole.name.partition('_')[2]}").touch()
    with app.connection_for_read() as connection:
        connection.ensure_connection(timeout=5)
        assert type(connection.transport).__module__ == "config.folder_queue"
        message = connection.SimpleQueue(app.conf.task_default_queue).get(timeout=5)
        message.ack()
    assert message.payload[0] == [7]


def test_a_message_is_whole_before_anybody_can_see_it(tmp_path, monkeypatch):
    app = an_app(EMBEDDED, tmp_path)
    folder, seen = tmp_path / "queue/messages", []
    put_in_place = os.replace

    def look_then_put(aside, place):
        seen.extend(path.name for path in folder.glob("*.msg"))
        put_in_place(aside, place)
        seen.append(len(place.read_bytes()) > 100)

    monkeypatch.setattr("config.folder_queue.os.replace", look_then_put)
    app.send_task("bids.tasks.ring", (7,))
    assert seen == [True]


def seconds_until_noticed(address: str, folder) -> float:
    """How long somebody who rings is held up; the sweeper rings later."""
    app = an_app(address, folder)
    began = time.monotonic()
    with pytest.raises((KombuError, OSError)):
        app.send_task("bids.tasks.ring", (7,))
    return time.monotonic() - began


def test_a_broker_that_is_down_is_noticed_at_once(tmp_path):
    assert seconds_until_noticed("redis://127.0.0.1:1/0", tmp_path) < 2


def test_a_broker_that_stands_still_is_noticed_in_seconds(tmp_path):
    """It takes connections and says nothing, like a Redis that was paused."""
    with socket.create_server(("127.0.0.1", 0)) as still:
        assert seconds_until_noticed(f"redis://127.0.0.1:{still.getsockname()[1]}/0", tmp_path) < 4


@pytest.mark.redis
@pytest.mark.worker
def test_a_production_worker_starts_on_redis_and_answers(tmp_path):
    variables = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "CELERY_BROKER_URL": REDIS_URL,
        "DATA_DIR": str(tmp_path),
    }
    command = [sys.executable, "-m", "config.worker", str(os.getpid())]
    worker = subprocess.Popen(command, env=variables, cwd=env.BASE_DIR, start_new_session=True)
    try:
        app = an_app(REDIS_URL, tmp_path)
        end = time.monotonic() + 60
        while not (answers := app.control.ping(timeout=1)) and time.monotonic() < end:
            assert worker.poll() is None
        assert [list(answer.values()) for answer in answers] == [[{"ok": "pong"}]]
    finally:
        worker.terminate()
        worker.wait(30)
