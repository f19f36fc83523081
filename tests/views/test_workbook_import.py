"""A workbook comes back: compared before anything is saved, taken over as chosen, at once, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from bids import snapshot
from bids.actions import exporting
from bids.actions.changing import changing
from bids.actions.records import verify_chain
from bids.models import Bid, BidEvent, BidRole, BudgetImport, BudgetLine
from bids.rulebook.facts import BidFacts
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState, Role
from tests import factories
from tests.views.budget_pages import address
from tests.workbook.reading import a_sheet, edited

Sheet = Any
Edit = Callable[[Sheet], None]


@pytest.fixture
def at_work(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def workbook(bid: Bid, by: User, edit: Edit = lambda sheet: None) -> bytes:
    """The workbook of the bid after somebody typed into its lines."""
    content = exporting.budget_workbook(Bid.objects.with_call().get(pk=bid.pk), by=by)
    return edited(content, lambda book: edit(book["Budget lines"]))


def upload(client: Client, bid: Bid, content: bytes, **more: Any) -> Any:
    file = SimpleUploadedFile("../my budget.xlsx", content)
    return client.post(address("budget-import", bid), {"file": file, **more}, follow=True)


def at(sheet: Sheet, key: str, title: str) -> Any:
    """The cell of a line under a heading."""
    column = next(cell.column for cell in sheet[1] if cell.value == title)
    row = next(cell.row for cell in sheet["A"] if cell.value == key)
    return sheet.cell(row, column)


def put(key: str, title: str, value: Any) -> Edit:
    def edit(sheet: Sheet) -> None:
        at(sheet, key, title).value = value

    return edit


def add(**cells: Any) -> Edit:
    """A line below the last."""

    def edit(sheet: Sheet) -> None:
        row = next(cell.row for cell in sheet["A"] if cell.value is None)
        for cell in sheet[1]:
            if cell.value in cells:
                sheet.cell(row, cell.column).value = cells[cell.value]

    return edit


def drop(key: str) -> Edit:
    return lambda sheet: sheet.delete_rows(at(sheet, key, "Line").row)


def all_of(*edits: Edit) -> Edit:
    def edit(sheet: Sheet) -> None:
        for each in edits:
            each(sheet)

    return edit


def sent(answer: Any, **more: Any) -> dict[str, Any]:
    """The form of the page as a browser sends it, with what was ticked or not."""
    review = answer.context["review"]
    ticked = [row.id for row in answer.context["rows"] if row.can_be_taken and row.is_taken]
    ticked += [cell.id for row in answer.context["rows"] for cell in row.cells if cell.is_taken and not cell.problem]
    return {"seal": answer.context["seal"], "page": review.page.number, "take": ticked, **more}


def post(client: Client, answer: Any, **more: Any) -> Any:
    return client.post(answer.request["PATH_INFO"], sent(answer, **more), follow=True)


def lines(bid: Bid) -> dict[str, BudgetLine]:
    return {line.key: line for line in BudgetLine.objects.filter(bid=bid, removed_at=None)}


def test_an_untouched_workbook_differs_in_nothing(at_work: Client, bid: Bid, ada: User) -> None:
    answer = upload(at_work, bid, workbook(bid, ada))
    assert "Nothing differs" in answer.text
    post(at_work, answer, drop="1")
    assert not BudgetImport.objects.exists()


def test_changes_are_shown_before_they_are_saved_and_then_written_at_once(at_work: Client, bid: Bid, ada: User) -> None:
    before, standing = snapshot.take(bid), lines(bid)
    edit = all_of(
        put("L001", "Quantity", 55),
        put("L001", "Stated amount (€)", None),
        put("M001", "Description", "Another one"),
        add(
            Stream="Services",
            Partner="imec",
            Category="A.1 Employees or equivalent",
            Description="New",
            **{"Stated amount (€)": 7.07},
        ),
        drop("L002"),
    )
    answer = upload(at_work, bid, workbook(bid, ada, edit))
    assert snapshot.take(bid) == before
    for words in ("my budget.xlsx", "Another one", "55", "New", "Removed in the workbook"):
        assert words in answer.text
    told = post(at_work, answer, apply="1")
    assert "Lines added: 1, changed: 2, removed: 1" in told.text
    now = lines(bid)
    assert (now["L001"].quantity, now["L001"].amount, now["M001"].description) == (55, None, "Another one")
    assert "L002" not in now
    (new,) = (line for key, line in now.items() if key not in standing)
    assert (new.amount, new.partner.key, new.category) == (Euro(707), "imec", "A1")
    assert [event.name for event in BidEvent.objects.filter(bid=bid).order_by("-sequence")[:5]] == [
        "budget_imported", "budget_line_added", "budget_line_removed", "budget_line_changed", "budget_line_changed",
    ]  # fmt: skip
    assert verify_chain(bid) == ""


def test_it_can_be_taken_back(at_work: Client, bid: Bid, ada: User) -> None:
    before = snapshot.money_of(bid)
    edit = all_of(
        put("L001", "Quantity", 1), put("L001", "Stated amount (€)", None), add(Description="New"), drop("L002")
    )
    told = post(at_work, upload(at_work, bid, workbook(bid, ada, edit)), apply="1")
    assert same(snapshot.money_of(bid), before) is False
    at_work.post(told.context["undo"]["url"])
    assert same(snapshot.money_of(bid), before) is True
    assert verify_chain(bid) == ""
    assert "taken back" in at_work.get(address("history", bid)).text


def same(one: BidFacts, other: BidFacts) -> bool:
    return sorted(one.budget, key=lambda line: line.key) == sorted(other.budget, key=lambda line: line.key)


def test_lines_changed_again_stay_when_it_is_taken_back(at_work: Client, bid: Bid, ada: User) -> None:
    edit = all_of(put("L001", "Description", "Mine"), put("L002", "Description", "Mine too"))
    told = post(at_work, upload(at_work, bid, workbook(bid, ada, edit)), apply="1")
    line = bid.budget_lines.get(key="L001")
    BudgetLine.objects.filter(pk=line.pk).update(description="Later", version=line.version + 1)
    answer = at_work.post(told.context["undo"]["url"], follow=True)
    assert "L001" in answer.text
    assert lines(bid)["L001"].description == "Later"
    assert lines(bid)["L002"].description != "Mine too"


def test_a_line_keeps_its_partner_where_the_former_one_is_gone(at_work: Client, bid: Bid, ada: User) -> None:
    lonely = factories.a_partner(bid, "lonely")
    factories.a_line(bid, "L900", partner=lonely, stream="services", category="C.1")
    told = post(at_work, upload(at_work, bid, workbook(bid, ada, put("L900", "Partner", "cenaero"))), apply="1")
    assert lines(bid)["L900"].partner.key == "cenaero"
    with changing(Bid.objects.with_call().get(pk=bid.pk), by=ada) as change:
        change.remove(lonely, expected=lonely.version)
    answer = at_work.post(told.context["undo"]["url"], follow=True)
    assert "what they named were changed again since: L900." in answer.text
    assert lines(bid)["L900"].partner.key == "cenaero"


def test_what_would_be_given_back_to_a_partner_must_be_ones_own_there(
    client: Client, bid: Bid, ada: User, bruno: User
) -> None:
    cenaero, lonely = bid.partners.get(key="cenaero"), factories.a_partner(bid, "lonely")
    role = factories.a_bid_role(bid, bruno, Role.FINANCE_OFFICER, lonely)
    factories.a_line(bid, "L900", partner=lonely, stream="services", category="C.1")
    client.force_login(bruno)
    told = post(client, upload(client, bid, workbook(bid, ada, put("L900", "Partner", "cenaero"))), apply="1")
    assert lines(bid)["L900"].partner == cenaero
    BidRole.objects.filter(pk=role.pk).update(partner=cenaero)
    assert client.post(told.context["undo"]["url"]).status_code == 403
    assert lines(bid)["L900"].partner == cenaero


def test_each_cell_can_be_refused(at_work: Client, bid: Bid, ada: User) -> None:
    standing = lines(bid)["L001"].description
    edit = all_of(put("L001", "Description", "No"), put("L001", "Year", 2031), drop("L002"))
    answer = upload(at_work, bid, workbook(bid, ada, edit))
    post(at_work, answer, take=["L001:year"], apply="1")
    now = lines(bid)
    assert (now["L001"].description, now["L001"].year, "L002" in now) == (standing, 2031, True)


def test_totals_follow_what_is_chosen(at_work: Client, bid: Bid, ada: User) -> None:
    answer = upload(at_work, bid, workbook(bid, ada, drop("L001")))
    (total,) = (figure for figure in answer.context["moved"] if figure["title"] == "Total cost")
    assert total["moves"]
    answer = post(at_work, answer, take=[])
    (total,) = (figure for figure in answer.context["moved"] if figure["title"] == "Total cost")
    assert not total["moves"]
    assert "Chosen: 0." in answer.text
    assert "Chosen: 1." in post(at_work, answer, all="1").text


def test_a_change_in_between_is_shown_and_nothing_is_written(at_work: Client, bid: Bid, ada: User) -> None:
    answer = upload(at_work, bid, workbook(bid, ada, put("L001", "Description", "Mine")))
    BudgetLine.objects.filter(bid=bid, key="L001").update(description="Theirs", version=7)
    conflict = post(at_work, answer, apply="1")
    assert conflict.status_code == 409
    assert "Changed here and in the workbook" in conflict.text
    assert lines(bid)["L001"].description == "Theirs"
    post(at_work, conflict, take=["L001:description"], apply="1")
    assert lines(bid)["L001"].description == "Mine"


def test_a_stale_workbook_tells_whose_change_each_cell_is(at_work: Client, bid: Bid, ada: User) -> None:
    content = workbook(bid, ada, all_of(put("L001", "Description", "Mine"), put("L002", "Year", 2033)))
    BudgetLine.objects.filter(bid=bid, key="L001").update(description="Theirs", year=2034, version=2)
    answer = upload(at_work, bid, content)
    cells = {cell.id: cell for row in answer.context["rows"] for cell in row.cells}
    assert {id_: (cell.is_taken, str(cell.remark or "")) for id_, cell in cells.items()} == {
        "L001:description": (False, "Changed here and in the workbook"),
        "L001:year": (False, "Changed here since the workbook was made"),
        "L002:year": (True, ""),
    }
    assert "The budget has changed since this workbook was made" in answer.text


def test_a_line_removed_here_and_changed_there_can_be_put_back(at_work: Client, bid: Bid, ada: User) -> None:
    content = workbook(bid, ada, put("L002", "Description", "Still wanted"))
    at_work.post(address("line-delete", bid, key="L002"), {"version": 1})
    answer = upload(at_work, bid, content)
    (row,) = answer.context["rows"]
    assert (str(row.what), row.is_taken) == ("Removed here", False)
    post(at_work, answer, take=[row.id], apply="1")
    assert lines(bid)["L002"].description == "Still wanted"


def test_the_workbook_of_another_bid_is_refused(
    at_work: Client, bid: Bid, ada: User, foreign_bid: Bid, frank: User
) -> None:
    answer = upload(at_work, bid, workbook(foreign_bid, frank))
    assert "belongs to the bid FR-SMALL, not to BE-SMALL" in answer.text
    assert not BudgetImport.objects.exists()


def test_what_a_form_would_refuse_is_refused_beside_the_line(at_work: Client, bid: Bid, ada: User) -> None:
    answer = upload(at_work, bid, workbook(bid, ada, put("L001", "Quantity", 55)))
    assert "445,500.00" in answer.text
    assert "453,750.00" in answer.text
    refused = post(at_work, answer, apply="1")
    assert refused.status_code == 409
    assert lines(bid)["L001"].quantity == 54


@pytest.mark.parametrize("title", ["Stated amount (€)", "Unit cost (€)"])
@pytest.mark.parametrize("tick", [True, False])
def test_a_tick_is_no_amount_of_one_euro(at_work: Client, bid: Bid, ada: User, title: str, tick: bool) -> None:
    answer = upload(at_work, bid, workbook(bid, ada, put("L001", title, tick)))
    assert "This cell holds a yes or no. Write a number." in answer.text
    (row,) = answer.context["rows"]
    assert row.cells[0].is_taken is False


def test_what_was_never_taken_over_cannot_be_taken_back(at_work: Client, bid: Bid, ada: User) -> None:
    upload(at_work, bid, workbook(bid, ada, drop("L001")))
    undo = address("budget-review-undo", bid, number=BudgetImport.objects.get().pk)
    assert at_work.post(undo).status_code == 404


def test_a_plain_sheet_in_german_adds_and_changes(at_work: Client, bid: Bid) -> None:
    content = a_sheet(
        ("Unser Budget",),
        ("Bezeichnung", "Betrag (€)", "Partner", "Zeile", "Kategorie", "Strang", "Farbe"),
        ("Neues", "1 234,56", "imec", None, "A1", "Dienste", "rot"),
        ("Anders", None, "imec", "L001", "A1", "services", None),
        ("Fraglich", "1.234", "imec", None, "A1", "services", None),
    )
    answer = upload(at_work, bid, content)
    assert "Columns that are not known and not read: Farbe" in answer.text
    assert "can be read in two ways" in answer.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not a zip", "not an Excel workbook"),
        (a_sheet(("nothing", "known"), (1, 2)), "No sheet has a row with the names"),
        (
            a_sheet(
                ("Line", "Amount"),
            ),
            "no line below",
        ),
    ],
)
def test_what_is_no_workbook_of_lines_is_told(at_work: Client, bid: Bid, content: bytes, words: str) -> None:
    assert words in upload(at_work, bid, content).text


def test_formulas_are_told_unless_their_results_are_wanted(at_work: Client, bid: Bid) -> None:
    content = a_sheet(("Description", "Amount"), ("A", "=1+1"))
    assert "holds a formula" in upload(at_work, bid, content).text


# --- who may -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bruno", "vic"])
def test_who_may_not_edit_the_budget_may_not_import(
    client: Client, bid: Bid, name: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(name))
    assert client.get(address("budget-import", bid)).status_code == 403
    assert "Import from Excel" not in client.get(address("budget", bid)).text


def test_the_officer_of_one_partner_can_not_write_the_lines_of_another(
    client: Client, bid: Bid, ada: User, bruno: User
) -> None:
    factories.a_bid_role(bid, bruno, "finance_officer", bid.partners.get(key="cenaero"))
    key = bid.budget_lines.filter(partner__key="imec", removed_at=None).first().key
    content = workbook(bid, ada, put(key, "Description", "Not mine"))
    client.force_login(bruno)
    answer = upload(client, bid, content)
    assert "Only the coordinator and the finance officer of the lead" in answer.text
    assert post(client, answer, apply="1").status_code == 409
    assert lines(bid)[key].description != "Not mine"


def test_nobody_sees_what_somebody_else_brought(at_work: Client, bid: Bid, ada: User, fien: User) -> None:
    answer = upload(at_work, bid, workbook(bid, ada, drop("L001")))
    url = answer.request["PATH_INFO"]
    at_work.force_login(fien)
    assert at_work.get(url).status_code == 404


def test_a_bid_that_was_locked_meanwhile_is_left_alone(
    at_work: Client, bid: Bid, ada: User, moved_to: Callable[[Bid, object], Bid]
) -> None:
    answer = upload(at_work, bid, workbook(bid, ada, drop("L001")))
    moved_to(bid, BidState.LOCKED)
    assert post(at_work, answer, apply="1").status_code == 403
    assert "L001" in lines(bid)


def test_twice_sent_is_taken_over_once(at_work: Client, bid: Bid, ada: User) -> None:
    answer = upload(at_work, bid, workbook(bid, ada, add(Description="Once")))
    post(at_work, answer, apply="1")
    post(at_work, answer, apply="1")
    assert [line.description for line in lines(bid).values()].count("Once") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_comparison_asks_as_many_questions_for_one_line_as_for_three(
    at_work: Client, bid: Bid, ada: User, count: int, django_assert_num_queries: Any
) -> None:
    edits = [put(key, "Description", "Described anew") for key in ("M001", "L001", "L002")[:count]]
    answer = upload(at_work, bid, workbook(bid, ada, all_of(*edits)))
    with django_assert_num_queries(20):
        page = at_work.get(answer.request["PATH_INFO"])
    assert page.text.count("Described anew") == count
