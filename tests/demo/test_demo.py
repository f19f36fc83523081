"""The demonstration: log-ins, bids and the rehearsal round, made once and never in anybody's way."""

from __future__ import annotations

import io
import json
from datetime import datetime

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import RequestFactory

from accounts.models import Membership, User
from bids import access, snapshot
from bids.actions import demo_bids, scenarios
from bids.actions.changing import changing
from bids.actions.demo import seed
from bids.models import Bid, BidRole, CallRole, Document
from bids.rulebook.calendar import BRUSSELS
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from bids.rulebook.permits import Act
from bids.rulebook.scenarios import apply, outcome
from bids.rulebook.vocabulary import BidState, Role

pytestmark = [pytest.mark.usefixtures("demonstration", "db"), pytest.mark.xdist_group("demonstration")]

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=BRUSSELS)
DOMAIN = "demo.tandem.example"


def bids_by_reference() -> dict[str, Bid]:
    return {bid.reference: bid for bid in Bid.objects.with_call()}


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def test_everybody_can_log_in_and_is_what_the_address_says() -> None:
    request = RequestFactory().get("/")
    for login in ("coordinator", "finance", "partner", "viewer", "manager", "inspector", "approver2", "admin"):
        assert authenticate(request, username=f"{login}@{DOMAIN}", password="tandem-demo"), login
    belongs = dict(Membership.objects.values_list("user__email", "organisation__name"))
    wanted = {
        "coordinator": "imec",
        "finance": "imec",
        "partner": "Cenaero asbl",
        "viewer": "Vrije Universiteit Brussel",
    }
    assert {login: belongs[f"{login}@{DOMAIN}"] for login in wanted} == wanted
    ministry = {email.split("@")[0]: role for email, role in CallRole.objects.values_list("user__email", "role")}
    assert ministry == {
        "manager": Role.CASE_MANAGER, "reviewer1": Role.REVIEWER, "reviewer2": Role.REVIEWER,
        "legal": Role.LEGAL_REVIEWER, "inspector": Role.FINANCE_INSPECTOR, "approver1": Role.APPROVER,
        "approver2": Role.APPROVER, "auditor": Role.AUDITOR, "admin": Role.SYSTEM_ADMIN,
    }  # fmt: skip
    assert set(User.objects.filter(is_staff=True).values_list("pk", flat=True)) == set(
        CallRole.objects.values_list("user", flat=True)
    )


def test_the_two_bids_stand_as_drafts_with_their_figures_letters_and_people() -> None:
    bids = {reference: bid for reference, bid in bids_by_reference().items() if reference in demo_bids.CALL_OF}
    assert {reference: (bid.state, str(bid.total), str(bid.eu), bid.is_demo) for reference, bid in bids.items()} == {
        "BE-AIF-2025": (BidState.DRAFT, "80000000.00", "40000000.00", True),
        "BE-AIFA-2025": (BidState.DRAFT, "10000000.00", "5000000.00", True),
    }
    for bid in bids.values():
        assert list(bid.documents.filter(file=None)) == []
        roles = BidRole.objects.filter(bid=bid).values_list("user__email", "role", "partner__key")
        assert {(email.split("@")[0], role, partner) for email, role, partner in roles} == {
            ("coordinator", Role.COORDINATOR, "imec"), ("finance", Role.FINANCE_OFFICER, "imec"),
            ("partner", Role.PARTNER_EDITOR, "cenaero"), ("viewer", Role.VIEWER, "vub"),
        }  # fmt: skip


def test_every_letter_is_stored_whole() -> None:
    letters = {document.file for document in Document.objects.filter(bid__reference__in=demo_bids.CALL_OF)}
    assert len(letters) == 41
    assert [letter.pk for letter in letters if letter is None or not letter.is_intact()] == []


@pytest.mark.parametrize("reference", list(demo_bids.CALL_OF))
def test_a_stored_bid_is_the_bid_of_its_file(reference: str) -> None:
    bid = bids_by_reference()[reference]
    facts = snapshot.take(bid)
    assert facts == demo_bids.written(demo_bids.FILES / f"{reference}.json")
    assert assess(facts, snapshot.call_of(bid)).eu == bid.eu


def test_a_bid_that_was_changed_is_left_alone() -> None:
    bid = bids_by_reference()["BE-AIF-2025"]
    line = bid.budget_lines.get(key="L129")
    coordinator = User.objects.get(email=f"coordinator@{DOMAIN}")
    with changing(bid, by=coordinator) as change:
        change.save(line, {"amount": Euro.of("1.00")}, expected=line.version)
    before = snapshot.take(bid)
    BidRole.objects.filter(bid=bid, role=Role.VIEWER).delete()
    seed()
    after = bids_by_reference()["BE-AIF-2025"]
    assert snapshot.take(after) == before
    assert not BidRole.objects.filter(bid=after, role=Role.VIEWER).exists()


def test_three_scenarios_stand_beside_the_factory_and_change_nothing_in_it() -> None:
    bid = bids_by_reference()["BE-AIF-2025"]
    finance = User.objects.get(email=f"finance@{DOMAIN}")
    stand = {scenario.name: scenario for scenario in bid.scenarios.all()}
    assert list(stand) == ["Fewer accelerators", "Dearer electricity", "Zellik alone"]
    facts, call = snapshot.take(bid), snapshot.call_of(bid)
    for scenario in stand.values():
        applied = apply(facts, scenario.list_of_changes)
        assert applied.set_aside == ()
        assert outcome(applied.facts, call).assessment.total != bid.total
        assert scenario.created_by == finance
    fewer = outcome(apply(facts, stand["Fewer accelerators"].list_of_changes).facts, call)
    assert (fewer.accelerators, outcome(facts, call).accelerators) == (320, 400)


def test_scenarios_that_were_changed_or_removed_stay_so() -> None:
    bid = bids_by_reference()["BE-AIF-2025"]
    finance = User.objects.get(email=f"finance@{DOMAIN}")
    fewer, dearer, _alone = bid.scenarios.all()
    scenarios.remove(fewer, seen=1, by=finance)
    scenarios.revise(dearer, {"name": "Mine"}, seen=1, by=finance)
    events = bid.events.count()
    seed()
    assert [scenario.name for scenario in bid.scenarios.filter(removed_at=None)] == ["Mine", "Zellik alone"]
    assert bid.events.count() == events


def test_a_password_that_was_changed_and_a_role_that_was_taken_stay_so() -> None:
    user = User.objects.get(email=f"viewer@{DOMAIN}")
    user.set_password("something of my own")
    user.save()
    CallRole.objects.filter(user__email=f"approver2@{DOMAIN}").delete()
    seed()
    user.refresh_from_db()
    assert user.check_password("something of my own")
    assert not CallRole.objects.filter(user__email=f"approver2@{DOMAIN}").exists()


def test_the_coordinator_may_confirm_a_partner_by_the_uploaded_mandate() -> None:
    bid = bids_by_reference()["BE-AIF-2025"]
    coordinator = User.objects.get(email=f"coordinator@{DOMAIN}")
    mandates = set(bid.documents.filter(kind="partner_mandate").values_list("partner__key", flat=True))
    assert mandates == set(bid.partners.exclude(key="imec").values_list("key", flat=True))
    assert access.can(coordinator, Act.CONFIRM_PARTNER, bid, partner="vub", is_mandated="vub" in mandates).allowed


def test_the_command_prints_log_ins_and_bids_as_data() -> None:
    data = json.loads(printed("--json"))
    assert data["password"] == "tandem-demo"
    assert len(data["people"]) == 13
    assert [(bid["reference"], bid["state"], bid["eu"], bid["new"]) for bid in data["bids"][:2]] == [
        ("BE-AIF-2025", "draft", "40000000.00", False),
        ("BE-AIFA-2025", "draft", "5000000.00", False),
    ]
    assert datetime.fromisoformat(data["rehearsal"]["desk_closes"]).utcoffset() is not None


def test_the_command_prints_log_ins_and_bids_in_words() -> None:
    words = printed()
    assert "tandem-demo" in words
    assert f"inspector@{DOMAIN}" in words
    assert "Inspector of Finance" in words
    assert "BE-AIFA-2025" in words
