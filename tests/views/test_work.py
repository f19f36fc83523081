"""The work plan: one version for a package, its lists and its effort."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids import snapshot
from bids.models import Bid, WorkPackage
from tests import factories


def address(name: str, bid: Bid, **more: Any) -> str:
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference, **more})


def sent(package: WorkPackage, **more: Any) -> dict[str, Any]:
    """The card as a browser sends it back unchanged, and what is different."""
    lists = {"tasks": package.tasks, "deliverables": package.deliverables, "milestones": package.milestones}
    data: dict[str, Any] = {
        "title": package.title,
        "version": package.version,
        "lead": package.lead.key if package.lead else "",
    }
    data |= {"first_month": package.first_month or "", "last_month": package.last_month or ""}
    data |= {f"effort_{effort.partner.key}": str(effort.months) for effort in package.efforts.all()}
    for prefix, rows in lists.items():
        data |= {f"{prefix}-TOTAL_FORMS": rows.count(), f"{prefix}-INITIAL_FORMS": rows.count()}
        for number, row in enumerate(rows.all()):
            data[f"{prefix}-{number}-key"] = row.key
            for name in (
                "title",
                "first_month",
                "last_month",
                "month",
                "type",
                "dissemination",
                "means_of_verification",
            ):
                if hasattr(row, name):
                    value = getattr(row, name)
                    data[f"{prefix}-{number}-{name}"] = "" if value is None else value
            if getattr(row, "lead", None):
                data[f"{prefix}-{number}-lead"] = row.lead.key
    return data | more


@pytest.fixture
def package(bid: Bid) -> WorkPackage:
    return bid.work_packages.get(key="wp1")


def test_a_card_sent_back_unchanged_changes_nothing(client: Client, bid: Bid, ada: User, package: WorkPackage) -> None:
    client.force_login(ada)
    before = snapshot.canonical(snapshot.take(bid))
    answer = client.post(address("work-package-edit", bid, key="wp1"), sent(package))
    assert answer.status_code == 302
    assert snapshot.canonical(snapshot.take(bid)) == before
    package.refresh_from_db()
    assert package.version == 1


def test_title_list_and_effort_are_one_edit(client: Client, bid: Bid, ada: User, package: WorkPackage) -> None:
    client.force_login(ada)
    more = {"title": "Services for all", "effort_cenaero": "60,5", "tasks-0-title": "Set up both sites"}
    assert client.post(address("work-package-edit", bid, key="wp1"), sent(package, **more)).status_code == 302
    package.refresh_from_db()
    facts = snapshot.take(bid).work_packages[0]
    assert (facts.title, str(facts.effort["cenaero"]), facts.tasks[0].title) == (
        "Services for all", "60.5", "Set up both sites",
    )  # fmt: skip
    assert package.version == 2


def test_two_people_who_change_only_the_effort_both_keep_their_figures(
    client: Client, bid: Bid, ada: User, package: WorkPackage
) -> None:
    client.force_login(ada)
    url = address("work-package-edit", bid, key="wp1")
    first, second = sent(package, effort_cenaero="10"), sent(package, effort_cenaero="20")
    assert client.post(url, first).status_code == 302
    answer = client.post(url, second)
    assert answer.status_code == 409
    assert 'value="20"' in answer.text
    assert ">10<" in answer.text
    assert str(snapshot.take(bid).work_packages[0].effort["cenaero"]) == "10"


def test_months_the_wrong_way_round_are_explained(client: Client, bid: Bid, ada: User, package: WorkPackage) -> None:
    client.force_login(ada)
    data = sent(package, first_month="12", last_month="3")
    answer = client.post(address("work-package-edit", bid, key="wp1"), data)
    assert "The last month lies before the first" in answer.text
    assert answer.status_code == 200


def test_a_lead_of_another_bid_is_no_choice(
    client: Client, bid: Bid, foreign_bid: Bid, ada: User, package: WorkPackage
) -> None:
    client.force_login(ada)
    factories.a_partner(foreign_bid, "elsewhere")
    more = {"lead": "elsewhere", "tasks-0-lead": "elsewhere"}
    answer = client.post(address("work-package-edit", bid, key="wp1"), sent(package, **more))
    assert (answer.status_code, answer.text.count("elsewhere is not one of the available choices")) == (200, 4)
    package.refresh_from_db()
    assert package.version == 1


def test_a_package_in_use_stays_and_says_by_what(client: Client, bid: Bid, ada: User, package: WorkPackage) -> None:
    client.force_login(ada)
    answer = client.post(address("work-package-delete", bid, key="wp1"), {"version": package.version})
    assert "is still used by" in answer.text
    assert bid.work_packages.filter(key="wp1").exists()


@pytest.mark.parametrize("more", [1, 3])
@pytest.mark.parametrize("name", ["work-plan", "risks", "sites"])
def test_a_page_asks_the_same_number_of_questions(
    client: Client, bid: Bid, ada: User, name: str, more: int, django_assert_num_queries: Any
) -> None:
    client.force_login(ada)
    for number in range(more):
        factories.a_work_package(bid, f"more{number}")
        factories.a_site(bid, f"more{number}")
        factories.a_risk(bid, f"more{number}")
        factories.an_indicator(bid, f"more{number}")
    with django_assert_num_queries(23):
        assert client.get(address(name, bid)).status_code == 200
