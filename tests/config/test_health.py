"""What machines that watch are told."""

from __future__ import annotations

import json
import re
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection, transaction

from bids.models import BidEvent, Chain, Letter
from config import env, probes
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_process_answers_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").json()["status"] == "ok"


def test_the_version_is_that_of_the_changelog(client):
    newest = re.search(r"^## (\S+)", (env.BASE_DIR / "CHANGELOG.md").read_text(), re.MULTILINE).group(1)
    assert client.get("/healthz").json()["version"] == newest


def test_each_thing_we_depend_on_is_named(client, settings):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert list(answer.json()["probes"]) == [path.rpartition(".")[2] for path in settings.READINESS_PROBES]


def failed(client) -> dict[str, str]:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    return {name: reading["detail"] for name, reading in answer.json()["probes"].items() if not reading["ok"]}


def test_a_full_disk_is_named(client, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(probes.shutil, "disk_usage", lambda folder: usage(10, 9, 3 * 2**20))
    assert failed(client) == {"disk": "only 3 MiB free"}


def test_a_folder_that_may_not_be_written_is_named(client, monkeypatch):
    monkeypatch.setattr(probes.os, "access", lambda folder, how: False)
    assert failed(client) == {"disk": "nothing can be written"}


def test_a_database_that_is_away_is_named_while_the_process_answers(client, monkeypatch):
    def refuse(*_args):
        raise OperationalError("connection to database.ministry.example refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    away = dict.fromkeys(("database", "clock", "jobs", "audit"), "OperationalError")
    assert failed(client) == away
    assert client.get("/healthz").status_code == 200


def test_a_moved_clock_is_named(client, settings):
    settings.CLOCK_OFFSET = timedelta(hours=1)
    assert failed(client) == {"clock": "the clock is moved by 1:00:00 for tests"}


def test_a_database_that_lives_in_another_time_is_named(client, monkeypatch):
    monkeypatch.setattr(probes, "_database_time", lambda: datetime.now(UTC) - timedelta(seconds=10))
    assert failed(client)["clock"].startswith("the database's clock differs by 10.0 s")


def test_waiting_migrations_are_named(client, monkeypatch):
    monkeypatch.setattr(probes.MigrationExecutor, "migration_plan", lambda self, targets: [1, 2])
    assert failed(client) == {"database": "2 migrations are waiting; run `manage.py migrate`"}


def test_a_probe_that_breaks_counts_as_not_ready_and_tells_no_secret(client, monkeypatch):
    monkeypatch.setattr(probes, "_database_time", lambda: 1 / 0)
    assert failed(client) == {"clock": "ZeroDivisionError"}


def test_weaknesses_can_be_reported(client):
    text = client.get("/.well-known/security.txt").content.decode()
    expires = datetime.fromisoformat(re.search(r"^Expires: (\S+)$", text, re.MULTILINE).group(1))
    assert timedelta(days=100) < expires - datetime.now(UTC) < timedelta(days=365)
    assert "Contact: mailto:" in text


def test_other_tools_can_read_the_schema_of_bid_files(client):
    answer = client.get("/api/v1/bid.schema.json")
    assert answer["Content-Type"] == "application/schema+json"
    assert answer.json() == json.loads((env.BASE_DIR / "bids/bid.schema.json").read_text())


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_the_accessibility_statement_has_an_address_for_complaints(client, settings, language):
    client.cookies["language"] = language
    assert f"mailto:{settings.CONTACT_EMAIL}" in client.get("/accessibility/").content.decode()


def test_a_job_that_nobody_takes_is_named(client, settings):
    factories.a_letter(factories.a_user("Ada"))
    assert client.get("/readyz").json()["probes"]["jobs"]["ok"]
    settings.CLOCK_OFFSET = timedelta(minutes=6)
    assert re.match(r"the oldest job has waited for 36\d s", failed(client)["jobs"])


def test_a_job_whose_worker_vanished_is_named(client):
    long_ago = datetime.now(UTC) - timedelta(minutes=10)
    letter = factories.a_letter(factories.a_user("Ada"))
    Letter.objects.filter(pk=letter.pk).update(state="running", lease_until=long_ago, created_at=long_ago)
    assert re.match(r"the oldest job has waited for 60\d s", failed(client)["jobs"])


@pytest.mark.parametrize(
    ("state", "later"),
    [("done", timedelta(0)), ("failed", timedelta(0)), ("running", timedelta(minutes=1))],
)
def test_what_is_finished_or_worked_on_is_not_waited_for(client, state, later):
    letter = factories.a_letter(factories.a_user("Ada"))
    now = datetime.now(UTC)
    Letter.objects.filter(pk=letter.pk).update(
        state=state, lease_until=now + later, created_at=now - timedelta(hours=1)
    )
    assert client.get("/readyz").json()["probes"]["jobs"]["detail"] == "nobody waits"


def test_a_head_that_was_tampered_with_is_named(client):
    with transaction.atomic():
        event = BidEvent.objects.append(None, "house_opened", by=None)
    assert client.get("/readyz").json()["probes"]["audit"] == {"ok": True, "detail": f"head {event.hash[:12]}"}
    Chain.objects.update(head="0" * 64)
    assert failed(client) == {"audit": "the newest event does not fit its chain; run `manage.py verify_audit`"}
