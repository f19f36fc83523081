"""The pages drawn from the tables say what the tables say."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from bids.rulebook.permits import TABLE
from bids.rulebook.vocabulary import Role


@pytest.mark.parametrize("name", ["workflow.md", "permits.md"])
def test_the_page_equals_what_draw_rules_writes(name: str, tmp_path: Path) -> None:
    call_command("draw_rules", out=tmp_path, stdout=StringIO())
    kept = Path(settings.BASE_DIR) / "docs" / name
    assert kept.read_text(encoding="utf-8") == (tmp_path / name).read_text(encoding="utf-8"), "run make docs"


def test_policy_prints_the_whole_table_as_data() -> None:
    out = StringIO()
    call_command("policy", "--json", stdout=out)
    policy = json.loads(out.getvalue())
    assert [entry["act"] for entry in policy["acts"]] == [act.value for act in TABLE]
    assert list(policy["roles"]) == [role.value for role in Role]
    named = {name for entry in policy["acts"] for cells in entry["roles"].values() for cell in cells
             for name in cell["conditions"]}  # fmt: skip
    assert named | {"is_member_of_an_organisation"} == set(policy["conditions"])
    assert all(policy["conditions"].values())
    filing = next(entry for entry in policy["acts"] if entry["act"] == "file_bid")
    assert filing["roles"]["case_manager"] == [{"states": ["approved"], "manner": "do", "conditions": [], "scope": ""}]
    assert filing["roles"]["approver"][0]["manner"] == "confirm"


def test_policy_prints_a_page_for_people() -> None:
    out = StringIO()
    call_command("policy", stdout=out)
    assert out.getvalue().startswith("# Who may do what")
