"""`assess` and `readiness` of a file: exact, without a database, and clear about what can't be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.bidfile.documents import small

ROOT = Path(__file__).parents[2]
FACTORY = str(ROOT / "bids" / "demo" / "BE-AIF-2025.json")
ANTENNA = str(ROOT / "bids" / "demo" / "BE-AIFA-2025.json")


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> list[str]:
    """What the command says on stderr before it exits with 2."""
    err = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command(*arguments, stderr=err)
    assert left.value.code == 2
    return err.getvalue().splitlines()


def file_of(tmp_path: Path, document: Any) -> str:
    path = tmp_path / "bid.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def test_the_belgian_factory_to_the_cent() -> None:
    found = json.loads(run("assess", FACTORY, "--json"))
    assert found["rule_set"] == "EUROHPC-2024-CEI-AI-02@1"
    assert (found["total"], found["eu"], found["national"]) == ("80000000.00", "40000000.00", "40000000.00")
    assert (found["union_access_share"], found["uncovered"]) == ("0.500000", "0.00")


def test_the_belgian_antenna_reaches_its_cap_without_being_cut() -> None:
    services = json.loads(run("assess", ANTENNA, "--json"))["streams"]["services"]
    assert (services["eu"], services["eu_before_cap"], services["capped"]) == ("5000000.00", "5000000.00", False)


def test_words_with_and_without_the_reasons() -> None:
    short, long = run("assess", FACTORY), run("assess", FACTORY, "--explain")
    assert "80000000.00" in short
    assert "Why" not in short
    assert long.startswith(short.rstrip("\n"))
    assert "Art. 35 (to be confirmed)" in long


def test_a_formula_is_priced_and_counted(tmp_path: Path) -> None:
    found = json.loads(run("assess", file_of(tmp_path, small()), "--json"))
    assert found["lines"]["L002"]["amount"] == "566666.67"
    assert found["partners"]["cenaero"]["indirect"] == "111375.00"


def test_readiness_tells_check_severity_gate_and_place(tmp_path: Path) -> None:
    found = json.loads(run("readiness", file_of(tmp_path, small()), "--json"))
    assert {tuple(finding) for finding in found} == {("check", "severity", "gate", "sentence", "where", "source")}
    assert all((finding["gate"] is None) == (finding["severity"] != "block") for finding in found)
    commitments = [finding for finding in found if finding["check"] == "C07"]
    assert [(finding["severity"], finding["gate"]) for finding in commitments] == [("block", "approve")]
    assert "block approve   C07  commitments: " in run("readiness", file_of(tmp_path, small()))


def test_what_only_the_desk_knows_is_not_known_from_a_file(tmp_path: Path) -> None:
    found = json.loads(run("readiness", file_of(tmp_path, small()), "--json"))
    reviews = next(finding for finding in found if finding["check"] == "C16")
    assert reviews["severity"] == "info"
    assert "not known from a file" in reviews["sentence"]


def test_the_real_dates_and_the_clock_close_a_past_call() -> None:
    found = json.loads(run("readiness", FACTORY, "--json"))
    closed = next(finding for finding in found if finding["check"] == "C13")
    assert (closed["severity"], closed["gate"]) == ("block", "file")


def test_words_show_moments_in_brussels() -> None:
    assert "it was 30 June 2025, 17:00 (Brussels)." in run("readiness", FACTORY)


@pytest.mark.parametrize("command", ["assess", "readiness"])
def test_each_problem_has_its_line_on_stderr(command: str, tmp_path: Path) -> None:
    document = small(surprise=1)
    document["budget"][0]["amount"] = 445500
    document["budget"][1]["partner"] = "nobody"
    assert refused(command, file_of(tmp_path, document)) == [
        '$.surprise: "surprise" is not a field here.',
        '$.budget[0].amount: Write "445500" as text, such as "1250.00": a JSON number can lose digits.',
        '$.budget[1].partner: "nobody" is not among the partners of this bid. Known are: imec, cenaero.',
    ]


@pytest.mark.parametrize("command", ["assess", "readiness"])
def test_a_file_that_is_not_there(command: str, tmp_path: Path) -> None:
    assert refused(command, str(tmp_path / "none.json")) == [
        '$: The file "none.json" can\'t be read: No such file or directory.'
    ]


def test_a_file_is_answered_before_any_database_server_is_there() -> None:
    """A real process, with a database address where nobody listens."""
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:1/none"}
    answer = subprocess.run(
        [sys.executable, "manage.py", "assess", FACTORY, "--json"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert json.loads(answer.stdout)["eu"] == "40000000.00"
    assert answer.stderr == ""
