"""Production does not start half-configured, and says what is missing."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.core import checks

from config import env
from config.checks import TAG, is_loopback, refuse_half_configured

EXAMPLE = dict(
    line.replace('"', "").split("=", 1)
    for line in (env.BASE_DIR / ".env.example").read_text().splitlines()
    if line and not line.startswith("#")
)


# The example leaves out only what nobody may copy.
DECIDED = EXAMPLE | {"SECRET_KEY": "only-for-this-test-" + "".join(map(chr, range(65, 123)))}


def start(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in this folder with nothing but these variables."""
    given = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.prod"} | variables
    return subprocess.run(
        [sys.executable, *command], env=given, cwd=env.BASE_DIR, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("entry", ["import config.wsgi", "import config.asgi"])
def test_a_server_without_configuration_names_everything_that_is_missing(entry):
    started = start("-c", entry)
    assert started.returncode != 0
    ids = re.findall(r"tandem\.E(\d{3})", started.stderr)
    assert ids == ["003", "004", "005", "010", "011", "012", "013", "014", "015", "016", "017"]
    assert "Set SITE_URL=https://" in started.stderr


def test_the_example_starts_and_passes_the_deployment_checks(tmp_path):
    variables = DECIDED | {"DATA_DIR": str(tmp_path)}
    checked = start("manage.py", "check", "--deploy", "--fail-level", "WARNING", **variables)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("variable", "value", "number"),
    [
        ("SECRET_KEY", "short", "003"),
        ("SECRET_KEY", "", "003"),
        ("ALLOWED_HOSTS", "*", "004"),
        ("SITE_URL", "http://tandem.example", "005"),
        ("SITE_URL", "https://other.example", "006"),
        ("DEMO", "1", "001"),
        ("DATA_DIR", "/dev/null/nowhere", "002"),
        ("ALLOW_FAULTS", "1", "021"),
        ("CLOCK_OFFSET", "60", "022"),
    ],
)
@pytest.mark.deep
def test_each_mistake_is_named(tmp_path, variable, value, number):
    started = start("-c", "import config.wsgi", **DECIDED | {"DATA_DIR": str(tmp_path), variable: value})
    assert re.findall(r"tandem\.E(\d{3})", started.stderr) == [number]


def test_demo_people_stay_at_home(settings, monkeypatch):
    settings.STAGE, settings.DEMO, settings.DEMO_PUBLIC = "laptop", True, False
    monkeypatch.setattr(env, "HOST", "0.0.0.0")
    assert [problem.id for problem in checks.run_checks(tags=[TAG])] == ["tandem.E001"]
    with pytest.raises(Exception, match="demo accounts with a published password"):
        refuse_half_configured()
    settings.DEMO_PUBLIC = True
    assert checks.run_checks(tags=[TAG]) == []


@pytest.mark.parametrize(
    ("host", "is_home"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("tandem.example", False),
        ("localhost.example", False),
    ],
)
def test_what_counts_as_home(host, is_home):
    assert is_loopback(host) is is_home


def test_the_example_names_exactly_the_variables_that_are_read():
    source = (env.BASE_DIR / "config/env.py").read_text()
    read = set(re.findall(r'_read\("\w+", "(\w+)"', source))
    assert set(EXAMPLE) - {"POSTGRES_PASSWORD"} == read


def test_a_value_of_the_wrong_kind_is_refused_by_name():
    started = start("manage.py", "check", PORT="soon", DJANGO_SETTINGS_MODULE="config.settings.dev")
    assert started.returncode == 1
    assert "PORT can't be read as int" in started.stderr
    assert "Traceback" not in started.stderr
