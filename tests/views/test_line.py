"""A whole budget line on its own page: every way of pricing it, added, edited, one after the other."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from bids import snapshot
from bids.models import Bid, BudgetLine
from bids.rulebook.facts import EnergyPricing, PersonMonthsPricing, PersonnelPricing
from bids.rulebook.funding import price
from bids.rulebook.money import Euro
from tests.views.budget_pages import address, whole

NEW = {"stream": "services", "partner": "imec", "category": "A1", "year": "2026", "description": "People"}
FORMULAS: dict[str, tuple[dict[str, str], str]] = {
    "personnel": ({"annual_cost": "107 500", "max_days": "215", "days": "100,5"}, "50250.00"),
    "person_months": ({"months": "3", "monthly_rate": "8 250,5"}, "24751.50"),
    "sme_owner": ({"days": "10", "country": "BE"}, "4858.50"),
    "depreciation": (
        {"price": "1 250 000", "life_months": "60", "months_in_action": "34", "share_of_use": "80"}, "566666.67",
    ),
    "full_cost": ({"price": "1000", "share_of_use": "33,3333"}, "333.33"),
    "energy": ({"kw": "100", "pue": "1.2", "load": "0,5", "price_per_kwh": "0.1", "years": "2"}, "105120.00"),
}  # fmt: skip


def formula(kind: str, **more: str) -> dict[str, str]:
    return {"formula": kind} | {f"{kind}_{name}": value for name, value in (FORMULAS[kind][0] | more).items()}


def add(client: Client, bid: Bid, **typed: Any):
    return client.post(address("line-add", bid), NEW | typed)


def newest(bid: Bid) -> BudgetLine:
    return BudgetLine.objects.filter(bid=bid).latest("position")


@pytest.mark.parametrize("kind", FORMULAS)
def test_a_line_is_priced_by_each_formula_and_shows_the_amount(client: Client, bid: Bid, ada: User, kind: str) -> None:
    client.force_login(ada)
    assert add(client, bid, **formula(kind)).status_code == 302
    line, facts = newest(bid), snapshot.take(bid)
    amount = price(next(one for one in facts.budget if one.key == line.key), facts, snapshot.call_of(bid)).amount
    assert str(amount) == FORMULAS[kind][1]
    page = client.get(address("line-edit", bid, key=line.key)).text
    assert f"€\u00a0{Decimal(FORMULAS[kind][1]):,}" in page


@pytest.mark.parametrize("kind", FORMULAS)
def test_an_opened_and_saved_line_stays_as_it_was(client: Client, bid: Bid, ada: User, kind: str) -> None:
    client.force_login(ada)
    add(client, bid, **formula(kind))
    line = newest(bid)
    form = client.get(address("line-edit", bid, key=line.key)).context["form"]
    sent = {box.html_name: value for box in form if (value := box.value()) not in (None, False)}
    assert client.post(address("line-edit", bid, key=line.key), sent).status_code == 302
    again = BudgetLine.objects.get(pk=line.pk)
    assert (again.version, again.pricing) == (1, line.pricing)


def test_only_the_chosen_formula_is_looked_at(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    answer = add(client, bid, **(formula("energy", kw="nonsense") | formula("person_months")))
    assert answer.status_code == 302
    assert newest(bid).pricing == PersonMonthsPricing(Decimal("3"), Decimal("8250.5"))


PERIOD = {"period_months": "7", "period_part": "60"}  # 75.5 days, as in the worked examples


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (PERIOD, "75.5"),
        ({"period_months": "12", "period_part": "80"}, "172"),
        ({"period_months": "14", "period_leave": "72"}, "179"),
        (PERIOD | {"personnel_max_days": "75,5"}, "75.5"),
    ],
)
def test_the_days_of_a_period_can_be_made_from_its_months(
    client: Client, bid: Bid, ada: User, period: dict[str, str], days: str
) -> None:
    client.force_login(ada)
    assert add(client, bid, **(formula("personnel", max_days="", days="10") | period)).status_code == 302
    assert newest(bid).pricing == PersonnelPricing(Euro.of("107500"), Decimal(days), Decimal(10))


def test_the_days_are_told_before_anything_is_saved(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    answer = client.get(address("line-price", bid), NEW | formula("personnel", max_days="", days="10") | PERIOD)
    assert "over 75.5 days makes a daily rate of" in answer.text


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"personnel_max_days": "215"} | PERIOD, "personnel_max_days", "The period makes 75.5 days, not 215."),
        ({"period_part": "60"}, "period_months", "Fill in the months as well"),
        ({"period_months": "2", "period_leave": "36"}, "period_months", "No day is left in this period"),
        ({"period_months": "7", "period_part": "160"}, "period_part", "Enter 100 or less"),
    ],
)
def test_a_period_that_makes_no_days_is_told_at_its_box(
    client: Client, bid: Bid, ada: User, typed: dict[str, str], field: str, words: str
) -> None:
    client.force_login(ada)
    answer = add(client, bid, **(formula("personnel", max_days="") | typed))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert words in answer.text
    assert all(f'value="{value}"' in answer.text for value in typed.values())


def test_a_period_counts_only_for_personnel_by_days(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    assert add(client, bid, **(formula("energy") | {"period_part": "1000"})).status_code == 302


def test_a_figure_that_the_formula_needs_is_asked_for(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    answer = add(client, bid, **formula("energy", kw=""))
    assert answer.status_code == 200
    assert 'href="#id_energy_kw"' in answer.text
    assert "The formula needs this figure" in answer.text


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"amount": "1.234"}, "amount", "can be read in two ways"),
        ({"amount": "-1"}, "amount", "zero or more"),
        ({"amount": "12345678901234567890"}, "amount", "too large"),
        ({"quantity": "1,234"}, "quantity", "can be read in two ways"),
        ({"quantity": "1.23456"}, "quantity", "too many decimals"),
        ({"year": "99999"}, "year", "2100"),
        ({"category": "energy"}, "category", "is not a category of the stream"),
        ({"stream": "capex"}, "stream", "not one of the available choices"),
        ({"alternative_of": "somewhere"}, "alternative_of", "Write the reference of the other bid"),
        ({"alternative_of": "BE-SMALL#L001"}, "alternative_of", "another bid than this one"),
        ({"amount": "10", "quantity": "2", "unit_cost": "6"}, "amount", "€\u00a012.00"),
        ({"amount": "10", **formula("energy")}, "amount", "€\u00a0105,120.00"),
        ({"quantity": "2", "unit_cost": "6", **formula("energy")}, "formula", "€\u00a012.00"),
        (formula("sme_owner", country="FR"), "formula", "no coefficient is known for the country FR"),
        (formula("personnel", max_days="0"), "formula", "must be above zero"),
        (formula("depreciation", life_months="0"), "depreciation_life_months", "greater than or equal to 1"),
        (formula("energy", load="1,5"), "energy_load", "Enter 1 or less"),
        ({"formula": "magic"}, "formula", "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_stays_typed(
    client: Client, bid: Bid, ada: User, typed: dict[str, str], field: str, words: str
) -> None:
    client.force_login(ada)
    before = bid.budget_lines.count()
    answer = add(client, bid, **typed)
    assert answer.status_code == 200
    assert any(words in error for error in answer.context["form"].errors[field])
    assert words in answer.text
    assert "People" in answer.text
    assert bid.budget_lines.count() == before


def test_a_line_without_a_price_is_a_draft(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    assert add(client, bid).status_code == 302
    answer = client.get(address("budget", bid), {"text": "People"})
    assert "has no price. Give an amount" in answer.text


def test_the_next_line_begins_where_this_one_was(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    answer = client.post(address("line-add", bid), NEW | {"amount": "1", "next": "1"}, follow=True)
    boxes = answer.context["form"]
    assert [boxes[name].value() for name in ("stream", "partner", "category", "year", "amount")] == [
        "services", "imec", "A1", "2026", None,
    ]  # fmt: skip
    assert "Line L004 was added." in answer.text


def test_a_carried_category_is_checked_like_a_typed_one(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    answer = client.post(f"{address('line-add', bid)}?category=energy&stream=services", NEW | {"category": "energy"})
    assert answer.status_code == 200
    assert "is not a category of the stream" in answer.text


def test_two_people_edit_one_line_and_both_texts_are_shown(client: Client, bid: Bid, ada: User, fien: User) -> None:
    line = bid.budget_lines.get(key="L002")
    url = address("line-edit", bid, key="L002")
    kept = {"formula": "depreciation", "depreciation_price": "1250000", "depreciation_life_months": "60",
            "depreciation_months_in_action": "34", "depreciation_share_of_use": "80"}  # fmt: skip
    client.force_login(fien)
    assert client.post(url, whole(line, description="Disks", **kept)).status_code == 302
    client.force_login(ada)
    answer = client.post(url, whole(line, description="Tapes", **kept))
    assert answer.status_code == 409
    for words in ("Disks", "Tapes", "Fien saved it on"):
        assert words in answer.text
    sides = {field["name"]: field for field in answer.context["conflict"]["fields"]}
    merged = {name: field["mine"] for name, field in sides.items()} | {"version": 2}
    assert client.post(url, merged).status_code == 302
    line.refresh_from_db()
    assert (line.description, line.version, line.pricing.life_months) == ("Tapes", 3, 60)


def test_a_removed_line_keeps_the_typed_text(client: Client, bid: Bid, ada: User) -> None:
    line = bid.budget_lines.get(key="L001")
    client.force_login(ada)
    client.post(address("line-delete", bid, key="L001"), {"version": 1})
    assert client.get(address("line-edit", bid, key="L001")).status_code == 404
    answer = client.post(address("line-edit", bid, key="L001"), whole(line, description="Still here"))
    assert answer.status_code == 409
    assert "Still here" in answer.text


def test_the_price_is_told_before_the_line_is_saved(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    asked = NEW | formula("energy", years="1")
    assert "€\u00a052,560.00" in client.get(address("line-price", bid), asked).text
    assert "can be read in two ways" in client.get(address("line-price", bid), NEW | {"amount": "1.234"}).text
    assert "No price yet" in client.get(address("line-price", bid), NEW).text
    assert bid.budget_lines.count() == 4


def test_a_formula_that_is_cleared_is_gone(client: Client, bid: Bid, ada: User) -> None:
    line = bid.budget_lines.get(key="L002")
    client.force_login(ada)
    client.post(address("line-edit", bid, key="L002"), whole(line, formula=""))
    line.refresh_from_db()
    assert (line.pricing, str(line.amount)) == (None, "566666.67")


def test_a_line_of_a_stream_the_call_lacks_can_still_be_edited(client: Client, bid: Bid, ada: User) -> None:
    BudgetLine.objects.filter(bid=bid, key="L001").update(stream="capex", category="compute")
    line = bid.budget_lines.get(key="L001")
    client.force_login(ada)
    assert client.post(address("line-edit", bid, key="L001"), whole(line, description="Moved")).status_code == 302
    line.refresh_from_db()
    assert (line.stream, line.category, line.description) == ("capex", "compute", "Moved")


def test_energy_is_kept_as_typed(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    add(client, bid, **formula("energy", pue="1.20"))
    assert newest(bid).pricing == EnergyPricing(*map(Decimal, ("100", "1.20", "0.5", "0.1", "2")))
