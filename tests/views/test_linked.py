"""Two linked bids: who sees what of the other, how they are linked, marked, and copied from one to the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from bids.actions import linking
from bids.actions.bidfiles import import_bid
from bids.actions.changing import changing
from bids.actions.records import verify_chain
from bids.models import Bid, BudgetLine
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState, Role
from tests import factories
from tests.views.budget_pages import address

FALLBACK_TITLE = "A quiet fallback"


@pytest.fixture
def fallback(bid: Bid, ada: User, fien: User) -> Bid:
    """Ada's second bid, made from the same base; Bruno and Vic have no part in it."""
    facts = factories.small_bid("BE-FALL")
    imec, *others = facts.partners
    _machine, engineers, storage, elsewhere = facts.budget
    facts = replace(
        facts,
        title=FALLBACK_TITLE,
        acronym="FALL",
        partners=(replace(imec, name="Imec vzw", pic="123456789"), *others),
        budget=(
            replace(engineers, key="F001", quantity=Decimal(20), amount=Euro.of("165000.00")),
            replace(storage, key="F002", description="Storage there"),
            replace(elsewhere, key="F003", alternative_of=None, funded_elsewhere=False),
        ),
        documents=(),
    )
    facts = replace(facts, commitments=(), sites=tuple(replace(site, cooling="Water.") for site in facts.sites))
    found = import_bid(facts, by=ada)
    factories.a_bid_role(found, fien, Role.FINANCE_OFFICER, found.partners.get(key="imec"))
    return fresh(found)


@pytest.fixture
def linked(bid: Bid, fallback: Bid, ada: User) -> Bid:
    """Both bids know of each other; one line is marked."""
    linking.link_bids(bid, fallback, seen=bid.version, by=ada)
    line, other = line_of(bid, "L001"), line_of(fallback, "F001")
    linking.mark_line(line, other, seen=line.version, by=ada)
    return fresh(bid)


def fresh(bid: Bid) -> Bid:
    return Bid.objects.with_call().get(pk=bid.pk)


def line_of(bid: Bid, key: str) -> BudgetLine:
    return BudgetLine.objects.select_related("bid").get(bid=bid, key=key)


def sent(bid: Bid, key: str) -> str:
    return f"{key}:{line_of(bid, key).version}"


def joined(bid: Bid, fallback: Bid) -> tuple[str | None, str | None]:
    return fresh(bid).alternative_to, fresh(fallback).alternative_to


def test_a_coordinator_links_two_bids_and_both_know(client: Client, bid: Bid, fallback: Bid, ada: User) -> None:
    client.force_login(ada)
    page = client.get(address("linked", bid))
    assert "Link the bids" in page.text
    answer = client.post(address("linked-join", bid), {"reference": "BE-FALL", "version": bid.version})
    assert answer.status_code == 302
    assert joined(bid, fallback) == ("BE-FALL", "BE-SMALL")
    for one in (bid, fallback):
        assert one.events.filter(name="bid_changed", about="bid").count() == 1
        assert verify_chain(one) == ""


def test_a_one_sided_link_from_a_file_is_seen_from_both_ends_and_mended(
    client: Client, bid: Bid, fallback: Bid, ada: User
) -> None:
    Bid.objects.filter(pk=fallback.pk).update(alternative_to="BE-SMALL")
    client.force_login(ada)
    assert "BE-FALL names this bid as its alternative" in client.get(address("linked", bid)).text
    assert "does not name this bid in return" in client.get(address("linked", fallback)).text
    sheet = {"reference": "BE-SMALL", "version": fallback.version}
    assert client.post(address("linked-join", fallback), sheet).status_code == 302
    assert joined(bid, fallback) == ("BE-FALL", "BE-SMALL")


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ("BE-SMALL", 422, "alternative to itself"),
        ("FR-SMALL", 422, "There is no bid FR-SMALL that you may edit."),
        ("NOWHERE", 422, "There is no bid NOWHERE that you may edit."),
        ("not a key!", 422, "Write the reference as it stands"),
        ("", 422, "This field is required"),
        ("B" * 33, 422, "at most 32 characters"),
    ],
)
def test_what_cannot_be_linked_is_said_at_the_field(
    client: Client, bid: Bid, foreign_bid: Bid, ada: User, typed: str, status: int, told: str
) -> None:
    client.force_login(ada)
    answer = client.post(address("linked-join", bid), {"reference": typed, "version": bid.version})
    assert (answer.status_code, told in answer.text) == (status, True)
    assert f'value="{typed}"' in answer.text or not typed
    assert fresh(bid).alternative_to is None


def test_links_never_run_in_a_ring(client: Client, linked: Bid, fallback: Bid, ada: User) -> None:
    third = fresh(import_bid(factories.small_bid("BE-THIRD"), by=ada))
    client.force_login(ada)
    for one, reference in ((third, "BE-SMALL"), (linked, "BE-THIRD")):
        answer = client.post(address("linked-join", one), {"reference": reference, "version": fresh(one).version})
        assert answer.status_code == 422
        assert "is the alternative to another bid already" in answer.text
    assert joined(linked, fallback) == ("BE-FALL", "BE-SMALL")
    assert fresh(third).alternative_to is None


@pytest.mark.parametrize("state", [BidState.LOCKED, BidState.SUBMITTED, BidState.APPROVED, BidState.WITHDRAWN])
def test_a_frozen_bid_is_neither_linked_nor_unlinked(
    client: Client, bid: Bid, fallback: Bid, ada: User, moved_to: Callable[..., Bid], state: BidState
) -> None:
    moved_to(fallback, state)
    client.force_login(ada)
    answer = client.post(address("linked-join", bid), {"reference": "BE-FALL", "version": bid.version})
    assert (answer.status_code, "This can be done in" in answer.text) == (422, True)
    assert joined(bid, fallback) == (None, None)
    Bid.objects.filter(pk=bid.pk).update(alternative_to="BE-FALL")
    Bid.objects.filter(pk=fallback.pk).update(alternative_to="BE-SMALL")
    assert client.post(address("linked-part", bid), {"version": fresh(bid).version}).status_code == 403
    assert joined(bid, fallback) == ("BE-FALL", "BE-SMALL")


def test_a_stale_page_links_and_unlinks_nothing(client: Client, bid: Bid, fallback: Bid, ada: User) -> None:
    client.force_login(ada)
    stale = bid.version
    with changing(bid, by=ada) as change:
        change.save(bid, {"title": "Renamed"}, expected=stale)
    assert client.post(address("linked-join", bid), {"reference": "BE-FALL", "version": stale}).status_code == 409
    assert joined(bid, fallback) == (None, None)
    linking.link_bids(fresh(bid), fallback, seen=fresh(bid).version, by=ada)
    assert client.post(address("linked-part", bid), {"version": stale}).status_code == 409
    assert joined(bid, fallback) == ("BE-FALL", "BE-SMALL")


def test_unlinking_asks_once_and_keeps_the_marks(client: Client, linked: Bid, fallback: Bid, ada: User) -> None:
    client.force_login(ada)
    text = client.get(address("linked-part", linked)).text
    assert "Unlink BE-FALL from this bid?" in text
    assert client.post(address("linked-part", linked), {"version": linked.version}).status_code == 302
    assert joined(linked, fallback) == (None, None)
    assert line_of(linked, "L001").alternative_of == "BE-FALL#F001"


def test_a_name_that_leads_to_no_bid_of_ours_can_be_taken_back(client: Client, bid: Bid, ada: User) -> None:
    Bid.objects.filter(pk=bid.pk).update(alternative_to="GONE")
    client.force_login(ada)
    text = client.get(address("linked", bid)).text
    assert "This bid is the alternative to GONE" in text
    assert client.post(address("linked-part", bid), {"version": fresh(bid).version}).status_code == 302
    assert fresh(bid).alternative_to is None


def test_both_bids_are_shown_to_who_may_read_both(client: Client, linked: Bid, fallback: Bid, fien: User) -> None:
    client.force_login(fien)
    text = client.get(address("linked", linked)).text
    for words in ("206,250.00", "BE-FALL", "Storage there", "marked", "3 shared partners", "2 shared sites"):
        assert words in text, words
    back = client.get(address("linked", fallback)).text
    assert "marked in BE-SMALL" in back
    assert "2,000,000.00" in back


def test_others_see_the_reference_and_nothing_else(
    client: Client, linked: Bid, fallback: Bid, vic: User, bruno: User
) -> None:
    for user in (vic, bruno):
        client.force_login(user)
        for name in ("linked", "readiness", "overview", "basics", "history"):
            answer = client.get(address(name, linked))
            if answer.status_code == 200:
                assert [
                    words
                    for words in ("165,000", "206,250", FALLBACK_TITLE, "F002", "Storage there")
                    if words in answer.text
                ] == []
        text = client.get(address("linked", linked)).text
        assert "This bid is the alternative to BE-FALL" in text
        assert "is compared on the page of the linked bid" in client.get(address("readiness", linked)).text
        assert client.get(address("linked", fallback)).status_code == 404


def test_who_may_read_both_is_told_of_lines_that_nobody_marked(
    client: Client, linked: Bid, fallback: Bid, ada: User
) -> None:
    BudgetLine.objects.filter(bid=fallback, key="F002").update(description="Storage")
    client.force_login(ada)
    assert address("linked", linked) in client.get(address("readiness", linked)).text
    assert "Mark L002 as an alternative" in client.get(address("linked", linked)).text


def test_who_only_reads_is_offered_nothing_and_refused(client: Client, linked: Bid, fallback: Bid, vic: User) -> None:
    factories.a_bid_role(fallback, vic, Role.VIEWER)
    client.force_login(vic)
    text = client.get(address("linked", linked)).text
    assert "206,250.00" in text
    assert "Unmark" not in text
    assert client.get(address("linked-copy", linked)).status_code == 403
    for name, typed in (
        ("linked-mark", {"line": sent(linked, "L002"), "other": "F002"}),
        ("linked-unmark", {"line": sent(linked, "L001")}),
        ("linked-join", {"reference": "BE-FALL", "version": 1}),
        ("linked-part", {"version": linked.version}),
        ("linked-copy", {}),
    ):
        assert client.post(address(name, linked), typed).status_code == 403, name
    assert line_of(linked, "L001").alternative_of == "BE-FALL#F001"


def test_lines_are_marked_and_unmarked(client: Client, linked: Bid, fallback: Bid, ada: User) -> None:
    client.force_login(ada)
    typed = {"line": sent(linked, "L002"), "other": "F002"}
    assert client.post(address("linked-mark", linked), typed).status_code == 302
    assert line_of(linked, "L002").alternative_of == "BE-FALL#F002"
    assert client.post(address("linked-unmark", linked), {"line": sent(linked, "L002")}).status_code == 302
    assert line_of(linked, "L002").alternative_of is None


def test_a_finance_officer_marks_lines_of_the_own_organisation_only(
    client: Client, linked: Bid, fallback: Bid, cenaero: Any
) -> None:
    officer = factories.a_user("Odette")
    cenaero.memberships.create(user=officer)
    for one in (linked, fallback):
        partner = one.partners.get(key="cenaero")
        type(partner).objects.filter(pk=partner.pk).update(organisation=cenaero)
        factories.a_bid_role(one, officer, Role.FINANCE_OFFICER, partner)
    client.force_login(officer)
    assert client.post(address("linked-unmark", linked), {"line": sent(linked, "L001")}).status_code == 302
    typed = {"line": sent(linked, "L002"), "other": "F002"}
    assert client.post(address("linked-mark", linked), typed).status_code == 403
    assert "F002" in client.get(address("linked", linked)).text


@pytest.mark.parametrize(
    ("line", "other", "status", "told"),
    [
        ("L001", "F002", 422, "L001 is marked as the alternative of BE-FALL#F001 already"),
        ("L002", "F001", 422, "L001 is marked as the alternative of BE-FALL#F001 already"),
        ("L002", "GONE", 404, ""),
        ("GONE", "F002", 404, ""),
    ],
)
def test_a_line_stands_for_one_other_line(
    client: Client, linked: Bid, ada: User, line: str, other: str, status: int, told: str
) -> None:
    client.force_login(ada)
    value = sent(linked, line) if line != "GONE" else "GONE:1"
    answer = client.post(address("linked-mark", linked), {"line": value, "other": other})
    assert (answer.status_code, told in answer.text) == (status, True)
    assert line_of(linked, "L002").alternative_of is None


def test_a_line_marked_from_the_other_side_is_taken(client: Client, linked: Bid, fallback: Bid, ada: User) -> None:
    line, other = line_of(fallback, "F002"), line_of(linked, "L002")
    linking.mark_line(line, other, seen=line.version, by=ada)
    client.force_login(ada)
    typed = {"line": sent(linked, "M001"), "other": "F002"}
    answer = client.post(address("linked-mark", linked), typed)
    assert (answer.status_code, "F002 is marked as the alternative of BE-SMALL#L002 already" in answer.text) == (
        422,
        True,
    )


@pytest.mark.parametrize("value", ["L002:99", "L002", "L002:x", "L002:999999999999999999999"])
def test_a_stale_or_tampered_line_is_not_marked(client: Client, linked: Bid, ada: User, value: str) -> None:
    client.force_login(ada)
    answer = client.post(address("linked-mark", linked), {"line": value, "other": "F002"})
    assert answer.status_code in (404, 409)
    assert line_of(linked, "L002").alternative_of is None


@pytest.mark.parametrize("name", ["line", "other"])
def test_what_no_database_keeps_names_no_line(client: Client, linked: Bid, ada: User, name: str) -> None:
    client.force_login(ada)
    for page in ("linked-mark", "linked-unmark"):
        given = {"line": sent(linked, "L003"), "other": "F003"} | {name: "L\x003:1"}
        expected = 302 if (page, name) == ("linked-unmark", "other") else 404
        assert client.post(address(page, linked), given).status_code == expected


def test_only_lines_of_the_linked_bid_can_be_meant(client: Client, bid: Bid, fallback: Bid, ada: User) -> None:
    client.force_login(ada)
    typed = {"line": sent(bid, "L002"), "other": "F002"}
    assert client.post(address("linked-mark", bid), typed).status_code == 302
    assert line_of(bid, "L002").alternative_of is None
    with pytest.raises(linking.NotLinked, match="not linked"):
        linking.mark_line(line_of(bid, "L002"), line_of(fallback, "F002"), seen=1, by=ada)


def chosen(client: Client, bid: Bid, *takes: str) -> dict[str, Any]:
    """The page with differences as a browser sends it back."""
    sheets = client.get(address("linked-copy", bid)).context["sheets"]
    return {"take": list(takes), "seen": [thing.seen for sheet in sheets for thing in sheet.things]}


def test_differences_are_copied_field_by_field_and_both_trails_tell_it(
    client: Client, linked: Bid, fallback: Bid, ada: User
) -> None:
    client.force_login(ada)
    text = client.get(address("linked-copy", linked)).text
    for words in ("Imec vzw", "123456789", "Water.", "20 person-month × 8,250", "Copy: Cost of L001"):
        assert words in text, words
    typed = chosen(client, linked, "partners/imec/pic", "sites/zellik/cooling", "budget/L001/cost")
    assert client.post(address("linked-copy", linked), typed).status_code == 302
    imec, line = linked.partners.get(key="imec"), line_of(linked, "L001")
    assert (imec.pic, imec.name) == ("123456789", "imec legal name")
    assert linked.sites.get(key="zellik").cooling == "Water."
    assert (line.quantity, line.amount) == (Decimal(20), Euro.of("165000.00"))
    assert fresh(linked).revision == linked.revision + 1
    assert {event.name for event in linked.events.order_by("-sequence")[:3]} == {
        "partner_changed", "site_changed", "budget_line_changed",
    }  # fmt: skip
    told = {
        (event.about, tuple(event.after["fields"])) for event in fallback.events.filter(name="copied_to_linked_bid")
    }
    assert told == {("partners/imec", ("pic",)), ("sites/zellik", ("cooling",)), ("budget/F001", ("cost",))}
    assert "F001 was copied to the bid BE-SMALL." in client.get(address("history", fallback)).text
    assert verify_chain(linked) == verify_chain(fallback) == ""


@pytest.mark.parametrize("moved", ["here", "there"])
def test_nothing_is_copied_once_something_moved(
    client: Client, linked: Bid, fallback: Bid, ada: User, moved: str
) -> None:
    client.force_login(ada)
    typed = chosen(client, linked, "sites/zellik/cooling", "partners/imec/pic")
    row = (linked if moved == "here" else fallback).partners.get(key="imec")
    with changing(row.bid, by=ada) as change:
        change.save(row, {"region": "BE-BRU"}, expected=row.version)
    answer = client.post(address("linked-copy", linked), typed)
    assert (answer.status_code, "nothing was copied" in answer.text) == (409, True)
    assert 'value="partners/imec/pic" checked' in answer.text
    assert linked.sites.get(key="zellik").cooling == ""
    assert not fallback.events.filter(name="copied_to_linked_bid").exists()


@pytest.mark.parametrize(
    ("takes", "status"),
    [
        ((), 422),
        (("partners/imec/role",), 422),
        (("budget/L001/alternative_of",), 422),
        (("nonsense", "sites/zellik/machines", "///"), 422),
    ],
)
def test_only_what_differs_and_may_be_copied_is(
    client: Client, linked: Bid, ada: User, takes: tuple[str, ...], status: int
) -> None:
    client.force_login(ada)
    answer = client.post(address("linked-copy", linked), chosen(client, linked, *takes))
    assert (answer.status_code, "Choose at least one field" in answer.text) == (status, True)


def test_a_form_without_versions_copies_nothing(client: Client, linked: Bid, ada: User) -> None:
    client.force_login(ada)
    assert client.post(address("linked-copy", linked), {"take": "partners/imec/pic"}).status_code == 409
    assert linked.partners.get(key="imec").pic is None


def test_an_editor_copies_onto_the_own_card_only(
    client: Client, linked: Bid, fallback: Bid, bruno: User, cenaero: Any
) -> None:
    type(linked.partners.get(key="cenaero")).objects.filter(bid=linked, key="cenaero").update(organisation=cenaero)
    fallback.partners.filter(key="cenaero").update(pic="987654321")
    factories.a_bid_role(fallback, bruno, Role.VIEWER)
    client.force_login(bruno)
    typed = chosen(client, linked, "partners/cenaero/pic")
    assert client.post(address("linked-copy", linked), typed).status_code == 302
    assert linked.partners.get(key="cenaero").pic == "987654321"
    typed = chosen(client, linked, "partners/imec/pic")
    assert client.post(address("linked-copy", linked), typed).status_code == 403
    assert linked.partners.get(key="imec").pic is None


def test_copying_waits_for_a_linked_bid_one_may_read(client: Client, bid: Bid, linked: Bid, fien: User) -> None:
    fallback = Bid.objects.get(reference="BE-FALL")
    fallback.people.filter(user=fien).delete()
    client.force_login(fien)
    assert client.get(address("linked-copy", linked)).status_code == 302
    assert client.post(address("linked-copy", linked), {"take": "partners/imec/pic"}).status_code == 302
    assert linked.partners.get(key="imec").pic is None


def test_a_confirmation_falls_where_copied_figures_moved(client: Client, linked: Bid, ada: User) -> None:
    given = factories.a_confirmation(linked.partners.get(key="cenaero"), ada)
    client.force_login(ada)
    client.post(address("linked-copy", linked), chosen(client, linked, "budget/L001/cost"))
    given.refresh_from_db()
    assert given.cleared_at is not None


@pytest.mark.parametrize("pairs", [1, 3])
@pytest.mark.parametrize(("name", "number"), [("linked", 22), ("linked-copy", 24)])
def test_pages_ask_as_many_questions_for_one_pair_as_for_three(
    client: Client, linked: Bid, fallback: Bid, ada: User, pairs: int, name: str, number: int, django_assert_num_queries
) -> None:
    for extra in range(1, pairs):
        factories.a_line(fallback, f"X{extra}", description="More")
        factories.a_line(linked, f"Y{extra}", description="Less", alternative_of=f"BE-FALL#X{extra}")
    client.force_login(ada)
    with django_assert_num_queries(number):
        text = client.get(address(name, linked)).text
    assert text.count("BE-FALL") > 2


def test_a_foreign_bid_has_no_such_pages(client: Client, foreign_bid: Bid, ada: User, clara: User, bid: Bid) -> None:
    client.force_login(ada)
    for name in ("linked", "linked-copy", "linked-part"):
        assert client.get(address(name, foreign_bid)).status_code == 404
    client.force_login(clara)
    assert client.get(address("linked", bid)).status_code == 403


@pytest.mark.parametrize(
    ("page", "questions"), [("", 24), ("readiness/", 23), ("steps/lock/", 23), ("linked/copy/", 24)]
)
def test_a_page_of_a_linked_bid_asks_no_more_than_any_other(
    client: Client, linked: Bid, ada: User, page: str, questions: int, django_assert_num_queries: Any
) -> None:
    client.force_login(ada)
    with django_assert_num_queries(questions):
        assert client.get(f"/bids/{linked.reference}/{page}").status_code == 200
