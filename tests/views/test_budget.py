"""The budget table: read by all, written row by row by those who may, every figure of the page moving along."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from bids import snapshot
from bids.actions import rows
from bids.models import Bid, BudgetLine
from bids.rulebook.facts import BidFacts
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState, Role, Stream
from tests import factories
from tests.views.budget_pages import HTMX, address, cells

Move = Callable[[Bid, BidState], Bid]
HOSTILE = "<script>alert(1)</script> \u202e=cmd|' /C calc'!A0 ‘Ünïcödé’"


@pytest.fixture
def line(bid: Bid) -> BudgetLine:
    """imec's storage, priced by a formula; Fien keeps imec's figures."""
    return factories.a_line(bid, "L010", partner=bid.partners.get(key="imec"), description="Servers")


def save(client: Client, bid: Bid, line: BudgetLine, **typed: object):
    return client.post(address("line-cells", bid, key=line.key), cells(line, **typed), headers=HTMX)


def test_everybody_of_the_consortium_reads_the_table(client: Client, bid: Bid, vic: User) -> None:
    client.force_login(vic)
    answer = client.get(address("budget", bid))
    assert answer.status_code == 200
    for words in ("Engineers", "445,500.00", "4 lines", "Contribution of the Union", "Your role does not allow this"):
        assert words in answer.text
    assert 'name="description"' not in answer.text


def test_an_edited_cell_saves_its_row_and_moves_every_figure(
    client: Client, bid: Bid, ada: User, line: BudgetLine
) -> None:
    client.force_login(ada)
    answer = save(client, bid, line, amount="2 000,50")
    line.refresh_from_db()
    bid.refresh_from_db()
    assert (answer.status_code, str(line.amount), line.version) == (200, "2000.50", 2)
    assert 'id="line-L010"' in answer.text
    assert 'value="2,000.50"' in answer.text
    assert f'<data value="bar-total">€\u00a0{bid.total.cents / 100:,.2f}</data>' in answer.text
    assert 'id="summary" class="money-summary" hx-swap-oob="true"' in answer.text
    assert json.loads(answer.headers["HX-Trigger"])["saved"]["words"].startswith("Saved ")


def test_without_scripts_a_row_is_saved_by_its_own_button(
    client: Client, bid: Bid, ada: User, line: BudgetLine
) -> None:
    client.force_login(ada)
    url = address("line-cells", bid, key="L010") + "?partner=imec"
    answer = client.post(url, cells(line, description="Racks"))
    line.refresh_from_db()
    assert (answer.status_code, line.description) == (302, "Racks")
    assert answer.headers["Location"] == address("budget", bid) + "?partner=imec#line-L010"


@pytest.mark.parametrize(
    ("cell", "typed", "words"),
    [
        ("amount", "1.234", "can be read in two ways"),
        ("amount", "-5", "zero or more"),
        ("amount", "12345678901234567890", "too large"),
        ("amount", "ten", "is not a number"),
        ("quantity", "1.234", "can be read in two ways"),
        ("year", "20x6", "whole number"),
        ("category", "acquisition", "is not a category of the stream"),
        ("partner", "nobody", "not one of the available choices"),
    ],
)
def test_a_wrong_cell_says_so_in_words_and_keeps_what_was_typed(
    client: Client, bid: Bid, ada: User, line: BudgetLine, cell: str, typed: str, words: str
) -> None:
    client.force_login(ada)
    answer = save(client, bid, line, **{cell: typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert f'id="L010-{cell}-problem"' in answer.text
    assert f'aria-describedby="L010-{cell}-problem"' in answer.text
    if cell not in ("category", "partner"):
        assert f'value="{typed}"' in answer.text
    line.refresh_from_db()
    assert line.version == 1


def test_without_scripts_a_wrong_cell_leads_to_the_whole_form(
    client: Client, bid: Bid, ada: User, line: BudgetLine
) -> None:
    client.force_login(ada)
    answer = client.post(address("line-cells", bid, key="L010"), cells(line, amount="1.234", description="Kept"))
    assert answer.status_code == 200
    for words in ("can be read in two ways", 'value="1.234"', "Kept", "There is a problem"):
        assert words in answer.text


def test_an_amount_that_disagrees_with_its_quantity_is_refused_with_both_numbers(
    client: Client, bid: Bid, ada: User
) -> None:
    client.force_login(ada)
    answer = save(client, bid, bid.budget_lines.get(key="L001"), quantity="55")
    assert answer.status_code == 422
    assert "€\u00a0445,500.00" in answer.text
    assert "€\u00a0453,750.00" in answer.text


def test_a_sum_no_column_holds_is_refused_at_the_row(client: Client, bid: Bid, ada: User, line: BudgetLine) -> None:
    client.force_login(ada)
    answer = save(client, bid, line, amount="", quantity="999999999999", unit_cost="999999999999")
    assert answer.status_code == 422
    assert "larger than" in answer.text or "more than can be stored" in answer.text
    line.refresh_from_db()
    assert str(line.amount) == "1000.00"


def test_two_people_edit_one_row_and_both_texts_are_shown(
    client: Client, bid: Bid, ada: User, fien: User, line: BudgetLine
) -> None:
    client.force_login(fien)
    assert save(client, bid, line, description="Fien's words").status_code == 200
    client.force_login(ada)
    answer = save(client, bid, line, description="Ada's words")
    assert answer.status_code == 409
    for words in ("Fien&#x27;s words", "Ada&#x27;s words", "Fien saved it on", 'name="version" value="2"'):
        assert words in answer.text
    assert 'id="conflict-L010"' in answer.text
    line.refresh_from_db()
    assert (line.description, line.version) == ("Fien's words", 2)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_what_is_saved_while_the_table_is_drawn_is_never_overwritten(
    client: Client, bid: Bid, ada: User, line: BudgetLine, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Versions and texts are read one after the other; whoever saves in between has not been seen by the reader."""
    take = snapshot.money_of

    def while_somebody_saves(looked_at: Bid) -> BidFacts:
        facts = take(looked_at) if moment == "after" else None
        rows.revise(line, {"description": "Theirs"}, seen=1, by=ada)
        return facts or take(looked_at)

    client.force_login(ada)
    with monkeypatch.context() as patch:
        patch.setattr(snapshot, "money_of", while_somebody_saves)
        page = client.get(address("budget", bid))
    (shown,) = (row for group in page.context["groups"] for row in group.rows if row.key == "L010")
    answer = save(client, bid, line, description="Mine", version=shown.version)
    line.refresh_from_db()
    assert (answer.status_code, line.description) == (409, "Theirs")


def test_a_stale_row_is_a_conflict_even_where_its_text_is_wrong(
    client: Client, bid: Bid, ada: User, line: BudgetLine
) -> None:
    client.force_login(ada)
    assert save(client, bid, line, description="First").status_code == 200
    answer = save(client, bid, line, description="Second", amount="1.234")
    assert answer.status_code == 409
    assert "1.234" in answer.text


def test_a_row_that_somebody_removed_keeps_what_was_typed(
    client: Client, bid: Bid, ada: User, line: BudgetLine
) -> None:
    client.force_login(ada)
    client.post(address("line-delete", bid, key="L010"), {"version": 1})
    answer = save(client, bid, line, description="Typed long")
    assert answer.status_code == 409
    assert "Typed long" in answer.text
    assert address("line-restore", bid, key="L010") in answer.text


def test_a_line_is_removed_and_put_back(client: Client, bid: Bid, ada: User, line: BudgetLine) -> None:
    client.force_login(ada)
    total = Bid.objects.get(pk=bid.pk).total
    answer = client.post(address("line-delete", bid, key="L010"), {"version": 1}, follow=True)
    assert "Line L010 was removed." in answer.text
    assert 'id="line-L010"' not in answer.text
    answer = client.post(address("line-restore", bid, key="L010"), follow=True)
    assert 'id="line-L010" class="is-new"' in answer.text
    line.refresh_from_db()
    assert line.removed_at is None
    assert Bid.objects.get(pk=bid.pk).total == total + Euro.of("1250.00")


def test_a_removed_row_takes_its_figures_along(client: Client, bid: Bid, ada: User, line: BudgetLine) -> None:
    client.force_login(ada)
    answer = client.post(address("line-delete", bid, key="L010"), {"version": 1}, headers=HTMX)
    assert answer.status_code == 200
    assert "Line L010 was removed." in answer.text
    assert 'id="line-L010"' not in answer.text
    assert '<data value="sum-total">' in answer.text


def test_a_line_changed_meanwhile_is_not_removed(client: Client, bid: Bid, ada: User, line: BudgetLine) -> None:
    client.force_login(ada)
    assert save(client, bid, line, description="Look again").status_code == 200
    answer = client.post(address("line-delete", bid, key="L010"), {"version": 1}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Reswap"]) == (409, "outerHTML")
    assert "Look again" in answer.text
    assert BudgetLine.objects.get(pk=line.pk).removed_at is None


def test_a_copy_is_a_line_of_its_own(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    answer = client.post(address("line-duplicate", bid, key="L003"), follow=True)
    copy = bid.budget_lines.get(key="L004")
    assert 'id="line-L004" class="is-new"' in answer.text
    assert (str(copy.amount), copy.funded_elsewhere, copy.alternative_of) == ("0.01", True, None)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("partner=imec", {"L002"}),
        ("partner=-", {"M001"}),
        ("site=charleroi", {"L001"}),
        ("work_package=wp1", {"L001", "L002", "L003"}),
        ("category=A1", {"L001"}),
        ("year=2027", {"L002", "L003"}),
        ("stream=machine", {"M001"}),
        ("text=STORAGE", {"L002"}),
        ("text=l003&group=none", {"L003"}),
        ("year=2027&partner=lab", {"L003"}),
        ("year=1999", {"M001", "L001", "L002", "L003"}),
    ],
)
def test_lines_are_filtered(client: Client, bid: Bid, vic: User, query: str, shown: set[str]) -> None:
    client.force_login(vic)
    text = client.get(f"{address('budget', bid)}?{query}").text
    assert {key for key in ("M001", "L001", "L002", "L003") if f'id="line-{key}"' in text} == shown


@pytest.mark.parametrize("group", ["", "partner", "site", "work_package", "category", "year"])
def test_groups_add_up_to_the_total(client: Client, bid: Bid, vic: User, group: str) -> None:
    client.force_login(vic)
    context = client.get(address("budget", bid), {"group": group}).context
    groups = context["groups"]
    assert len(groups) > 1
    assert Euro.total(one.sums.total for one in groups) == context["assessment"].total
    assert Euro.total(one.sums.eu for one in groups) == context["assessment"].eu


def test_a_line_that_changes_its_group_is_shown_there(client: Client, bid: Bid, ada: User, line: BudgetLine) -> None:
    client.force_login(ada)
    url = address("line-cells", bid, key="L010") + "?group=partner"
    answer = client.post(url, cells(line, partner="lab"), headers=HTMX)
    assert answer.headers["HX-Refresh"] == "true"


def test_hostile_text_is_shown_as_text(client: Client, bid: Bid, ada: User, line: BudgetLine) -> None:
    client.force_login(ada)
    assert save(client, bid, line, description=HOSTILE).status_code == 200
    answer = client.get(address("budget", bid), {"text": "<script>"})
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
    line.refresh_from_db()
    assert line.description == HOSTILE


def test_a_character_that_cannot_be_stored_is_refused(client: Client, bid: Bid, ada: User, line: BudgetLine) -> None:
    client.force_login(ada)
    assert save(client, bid, line, description="a\x00b").status_code == 422


# --- who may -----------------------------------------------------------------------------------

ROUTES = (
    "line-add", "line-edit", "line-cells", "line-duplicate", "line-delete", "line-restore",
)  # fmt: skip


def ask(client: Client, name: str, bid: Bid):
    more = {} if name == "line-add" else {"key": "L010"}
    return client.post(address(name, bid, **more), {"version": 1, "description": "Mine"})


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.parametrize("who", ["vic", "bruno"])
def test_viewers_and_partner_editors_write_no_line(
    client: Client, bid: Bid, line: BudgetLine, name: str, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert ask(client, name, bid).status_code == 403
    assert BudgetLine.objects.get(pk=line.pk).version == 1


@pytest.mark.parametrize("name", ROUTES)
def test_a_locked_bid_takes_no_line(
    client: Client, bid: Bid, ada: User, line: BudgetLine, moved_to: Move, name: str
) -> None:
    moved_to(bid, BidState.LOCKED)
    client.force_login(ada)
    answer = ask(client, name, bid)
    assert answer.status_code == 403
    assert "Locked for the final check" in answer.text


@pytest.mark.parametrize("name", [*ROUTES, "budget"])
def test_a_foreign_bid_is_not_there(client: Client, foreign_bid: Bid, ada: User, name: str) -> None:
    client.force_login(ada)
    answer = client.get(address(name, foreign_bid)) if name == "budget" else ask(client, name, foreign_bid)
    assert answer.status_code == 404


def test_a_row_of_another_bid_is_no_row_of_this_one(
    client: Client, bid: Bid, foreign_bid: Bid, ada: User, line: BudgetLine
) -> None:
    factories.a_partner(foreign_bid, "theirs")
    factories.a_line(foreign_bid, "X001")
    client.force_login(ada)
    assert client.post(address("line-cells", bid, key="X001"), {"version": 1}).status_code == 404
    answer = save(client, bid, line, partner="theirs")
    assert answer.status_code == 422
    assert "not one of the available choices" in answer.text


@pytest.fixture
def cenaeros(bid: Bid, cenaero) -> User:
    """The finance officer of Cenaero, who is not the lead's."""
    user = factories.a_user("Carl")
    cenaero.memberships.create(user=user)
    factories.a_bid_role(bid, user, Role.FINANCE_OFFICER, bid.partners.get(key="cenaero"))
    return user


def test_a_finance_officer_writes_the_own_lines_only(
    client: Client, bid: Bid, cenaeros: User, line: BudgetLine
) -> None:
    client.force_login(cenaeros)
    text = client.get(address("budget", bid)).text
    assert 'id="L001-description"' in text
    assert 'id="L010-description"' not in text
    assert 'id="M001-description"' not in text
    assert save(client, bid, bid.budget_lines.get(key="L001"), description="Ours").status_code == 200
    refused = save(client, bid, line, description="Theirs")
    assert refused.status_code == 403
    assert save(client, bid, bid.budget_lines.get(key="M001"), description="Machine").status_code == 403


def test_a_finance_officer_cannot_hand_a_line_to_another_partner(client: Client, bid: Bid, cenaeros: User) -> None:
    client.force_login(cenaeros)
    own = bid.budget_lines.get(key="L001")
    assert save(client, bid, own, partner="imec").status_code == 422
    assert save(client, bid, own, partner="").status_code == 422
    own.refresh_from_db()
    assert own.partner.key == "cenaero"


def test_the_lead_finance_officer_writes_lines_of_the_machine(client: Client, bid: Bid, fien: User) -> None:
    client.force_login(fien)
    assert save(client, bid, bid.budget_lines.get(key="M001"), description="More racks").status_code == 200


# --- how much it costs -------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_asks_the_same_questions_at_any_length(
    client: Client, bid: Bid, ada: User, count: int, django_assert_num_queries
) -> None:
    BudgetLine.objects.filter(bid=bid).exclude(key__in=["L001", "L002", "L003"][:count]).delete()
    client.force_login(ada)
    with django_assert_num_queries(12):
        client.get(address("budget", bid))


@pytest.mark.parametrize("count", [1, 60])
def test_a_saved_row_asks_the_same_questions_at_any_length(
    client: Client, bid: Bid, ada: User, line: BudgetLine, count: int, django_assert_num_queries
) -> None:
    fill(bid, count)
    client.force_login(ada)
    with django_assert_num_queries(33):
        assert save(client, bid, line, description="Once").status_code == 200


def fill(bid: Bid, count: int) -> None:
    partner = bid.partners.get(key="imec")
    BudgetLine.objects.bulk_create(
        BudgetLine(
            bid=bid, key=f"N{number:03d}", position=100 + number, stream=Stream.SERVICES, partner=partner,
            category="C3", year=2026, amount=Euro(100_00 + number), description=f"Line {number}",
        )
        for number in range(count)
    )  # fmt: skip


def test_five_hundred_lines_come_in_pages(client: Client, bid: Bid, vic: User) -> None:
    fill(bid, 500)
    client.force_login(vic)
    first = client.get(address("budget", bid))
    last = client.get(address("budget", bid), {"page": "3"})
    assert "Page 1 of 3" in first.text
    assert "504 lines" in first.text
    assert ('id="line-N499"' in first.text, 'id="line-N499"' in last.text) == (False, True)


def test_a_new_line_is_shown_on_its_own_page(client: Client, bid: Bid, ada: User) -> None:
    fill(bid, 500)
    client.force_login(ada)
    answer = client.post(address("line-duplicate", bid, key="N000"), follow=True)
    assert "is-new" in answer.text


def test_an_empty_budget_says_how_to_begin(client: Client, bid: Bid, ada: User) -> None:
    BudgetLine.objects.filter(bid=bid).delete()
    client.force_login(ada)
    text = client.get(address("budget", bid)).text
    assert "No budget lines yet" in text
    assert address("line-add", bid) in text
