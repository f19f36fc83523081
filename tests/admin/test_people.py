"""People, organisations, memberships and roles: kept by system administrators, each change told in the trail."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail as outbox

from accounts.mail import wait_until_sent
from accounts.models import Membership, Organisation, User
from bids.models import BidEvent
from bids.rulebook.vocabulary import Role
from tests import factories
from tests.admin.stories import HOSTILE, At

PEOPLE, ORGANISATIONS = "/desk/accounts/user/", "/desk/accounts/organisation/"
MEMBERSHIPS, ROLES = "/desk/accounts/membership/", "/desk/bids/callrole/"
ROOMS = (PEOPLE, ORGANISATIONS, MEMBERSHIPS, ROLES)
QUESTIONS = dict.fromkeys(ROOMS, 5)


def a_person(**typed: Any) -> dict[str, Any]:
    return {"email": "nora@example.org", "name": "Nora", "language": "fr", "is_staff": "on", "is_active": "on"} | typed


def an_organisation(**typed: Any) -> dict[str, Any]:
    given = {"name": "Université de Mons", "short_name": "UMONS", "kind": "public", "country": "BE"}
    empty = dict.fromkeys(("name_fr", "name_nl", "name_de", "enterprise_number", "pic"), "")
    return given | empty | typed


def seen_on(page: Any) -> str:
    """The mark of what stood in the row when the page was made."""
    found = re.search(r'name="seen" value="(\w+)"', page.text)
    return found[1] if found else ""


def change(client: Any, address: str, typed: dict[str, Any]) -> Any:
    """Save a row as it was seen on its page."""
    return client.post(address, typed | {"seen": seen_on(client.get(address))})


def test_the_rooms_are_the_administrators_own(at: At, ministry: SimpleNamespace, sam: User) -> None:
    for address in ROOMS:
        assert at(sam).get(address).status_code == 200
        for user in (ministry.dora, ministry.otto, ministry.rik):
            assert at(user).get(address).status_code == 403
    assert [at(ministry.clara).get(address).status_code for address in ROOMS] == [403, 403, 403, 200]


def test_somebody_new_is_invited_by_letter(at: At, sam: User, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = at(sam).post(f"{PEOPLE}add/", a_person(email="Nora@Example.org"))
    wait_until_sent()
    nora = User.objects.get(email="nora@example.org")
    assert answer.headers["Location"] == PEOPLE
    assert (nora.has_usable_password(), nora.is_staff, nora.is_superuser) == (False, True, False)
    assert [letter.to for letter in outbox.outbox] == [["nora@example.org"]]
    assert BidEvent.objects.get(bid=None, name="user_added").actor == sam


def test_a_wrong_person_is_refused_at_the_box_and_what_was_typed_stays(at: At, sam: User) -> None:
    for typed, box in [
        ({"email": ""}, "email"),
        ({"email": "nobody"}, "email"),
        ({"email": "SAM@example.org"}, "email"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "email"),
        ({"email": "a\x00@example.org"}, "email"),
        ({"name": "x" * 121}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"language": "xx"}, "language"),
    ]:
        people = User.objects.count()
        answer = at(sam).post(f"{PEOPLE}add/", a_person(**typed))
        assert (answer.status_code, f'href="#id_{box}"' in answer.text) == (200, True)
        assert "<title>Error:" in answer.text
        assert 'value="Nora"' in answer.text or box == "name"
        assert (User.objects.count(), len(outbox.outbox)) == (people, 0)


def test_rights_beyond_the_boxes_can_t_be_sent_along(at: At, sam: User, vic: User) -> None:
    sent = a_person(email=vic.email, is_superuser="on", password="mine", groups="1", user_permissions="1", id="1")
    assert change(at(sam), f"{PEOPLE}{vic.pk}/change/", sent).status_code == 302
    changed = User.objects.get(pk=vic.pk)
    assert (changed.name, changed.is_superuser, changed.password) == ("Nora", False, vic.password)
    assert BidEvent.objects.get(name="user_changed").after == {"fields": ["name", "language", "is_staff"]}


def test_nobody_changes_the_own_account_here(at: At, sam: User) -> None:
    page = at(sam).get(f"{PEOPLE}{sam.pk}/change/")
    assert (page.status_code, "You can read this here, but not change it." in page.text) == (200, True)
    assert at(sam).post(f"{PEOPLE}{sam.pk}/change/", a_person(email=sam.email)).status_code == 403
    assert User.objects.get(pk=sam.pk).name == "Sam"


def test_somebody_switched_off_is_out_at_once(at: At, sam: User, clara: User) -> None:
    assert at(clara).get("/desk/").status_code == 200
    change(at(sam), f"{PEOPLE}{clara.pk}/change/", a_person(email=clara.email, is_active=""))
    assert at(clara).get("/desk/").status_code == 302


def test_an_organisation_is_added_and_changed(at: At, sam: User) -> None:
    assert at(sam).post(f"{ORGANISATIONS}add/", an_organisation()).headers["Location"] == ORGANISATIONS
    found = Organisation.objects.get(short_name="UMONS")
    assert (found.enterprise_number, found.pic) == (None, None)
    page = f"{ORGANISATIONS}{found.pk}/change/"
    assert "Université de Mons" in at(sam).get(page).text
    change(at(sam), page, an_organisation(name_nl="Universiteit van Bergen"))
    found.refresh_from_db()
    assert found.name_nl == "Universiteit van Bergen"
    names = BidEvent.objects.filter(bid=None).order_by("sequence").values_list("name", flat=True)
    assert list(names) == ["organisation_added", "organisation_changed"]


def test_a_wrong_organisation_is_refused_at_the_box(at: At, sam: User, imec: Organisation) -> None:
    for typed, box in [
        ({"name": ""}, "name"),
        ({"name": "imec legal name"}, "name"),
        ({"name": "a\x00"}, "name"),
        ({"kind": "club"}, "kind"),
        ({"country": "EL"}, "country"),
        ({"country": ""}, "country"),
        ({"pic": "12"}, "pic"),
        ({"short_name": "x" * 61}, "short_name"),
    ]:
        answer = at(sam).post(f"{ORGANISATIONS}add/", an_organisation(**typed))
        assert (answer.status_code, f'href="#id_{box}"' in answer.text) == (200, True)
        assert Organisation.objects.count() == 1


def test_an_enterprise_number_is_checked_where_belgium_gave_it(at: At, sam: User) -> None:
    wrong = at(sam).post(f"{ORGANISATIONS}add/", an_organisation(enterprise_number="0425260669"))
    assert wrong.status_code == 200
    assert 'value="0425260669"' in wrong.text
    assert at(sam).post(f"{ORGANISATIONS}add/", an_organisation(enterprise_number="0425260668")).status_code == 302


def test_two_administrators_lose_nobody_s_words(at: At, sam: User, vic: User, imec: Organisation) -> None:
    """Sam and Sofie have the same page open; Sofie saves first."""
    sofie = factories.a_user("Sofie", is_staff=True)
    factories.a_call_role(sofie, Role.SYSTEM_ADMIN)
    person, house = f"{PEOPLE}{vic.pk}/change/", f"{ORGANISATIONS}{imec.pk}/change/"
    for address, first, second, box in (
        (person, a_person(email=vic.email, name="Victor"), a_person(email=vic.email, name="Victoria"), "name"),
        (house, an_organisation(name="imec vzw"), an_organisation(name="imec npo"), "name"),
    ):
        seen = seen_on(at(sam).get(address))
        assert at(sofie).post(address, first | {"seen": seen}).status_code == 302
        answer = at(sam).post(address, second | {"seen": seen})
        assert answer.status_code == 409
        assert f'value="{second[box]}"' in answer.text
        assert f"Now it says: {first[box]}" in answer.text
        assert at(sam).post(address, second | {"seen": seen_on(answer)}).status_code == 302
    vic.refresh_from_db()
    assert vic.name == "Victoria"


def test_a_membership_is_given_and_taken_away(at: At, sam: User, vic: User, cenaero: Organisation) -> None:
    given = {"user": vic.pk, "organisation": cenaero.pk}
    assert at(sam).post(f"{MEMBERSHIPS}add/", given).status_code == 302
    twice = at(sam).post(f"{MEMBERSHIPS}add/", given)
    assert (twice.status_code, "already exists" in twice.text) == (200, True)
    row = Membership.objects.get(user=vic, organisation=cenaero)
    page = at(sam).get(MEMBERSHIPS).text
    remove = f"{MEMBERSHIPS}{row.pk}/delete/"
    assert f'href="{remove}"' in page
    assert "Remove Vic – Cenaero?" in at(sam).get(remove).text
    assert at(sam).post(remove, {"post": "yes"}).headers["Location"] == MEMBERSHIPS
    assert not Membership.objects.filter(pk=row.pk).exists()
    assert at(sam).post(remove, {"post": "yes"}).status_code in (302, 404)
    names = BidEvent.objects.filter(bid=None).order_by("sequence").values_list("name", flat=True)
    assert list(names) == ["membership_added", "membership_removed"]


def test_a_membership_of_nobody_is_none(at: At, sam: User, imec: Organisation) -> None:
    for typed in [*HOSTILE, "999999"]:
        answer = at(sam).post(f"{MEMBERSHIPS}add/", {"user": typed, "organisation": imec.pk})
        assert (answer.status_code, 'href="#id_user"' in answer.text) == (200, True)
        assert not Membership.objects.exists()


def test_what_is_not_there_is_not_there(at: At, sam: User) -> None:
    for number in ["999999", "x", "1e3", str(10**30), "1/change", "../1", "-1"]:
        for address in (PEOPLE, ORGANISATIONS):
            assert at(sam).get(f"{address}{number}/change/").status_code in (302, 404)
        assert at(sam).get(f"{MEMBERSHIPS}{number}/delete/").status_code in (302, 404)


def test_nobody_sieves_what_the_list_does_not_show(at: At, sam: User, vic: User) -> None:
    for asked in ["password__startswith=argon2", "is_superuser__exact=1", "last_login__isnull=1"]:
        assert vic.email in at(sam).get(f"{PEOPLE}?{asked}").text


def test_whatever_is_asked_of_a_list_is_no_accident(at: At, sam: User, vic: User) -> None:
    for address in ROOMS:
        for asked in ("q=%00", "q=nobody", "is_active__exact=%00", "kind__exact=%00", "p=x", "o=99", "e=1&p=77"):
            answer = at(sam).get(f"{address}?{asked}")
            assert answer.status_code in (200, 302), asked
            assert "0 entries" in answer.text or not asked.startswith("q="), asked


def test_roles_are_shown_in_words(at: At, ministry: SimpleNamespace) -> None:
    page = at(ministry.clara).get(ROLES).text
    assert ("Case manager" in page, "Inspector of Finance" in page) == (True, True)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", ROOMS)
def test_each_list_costs_the_same_for_one_row_and_for_three(
    at: At, sam: User, django_assert_num_queries: Callable[..., Any], address: str, rows: int
) -> None:
    for number in range(rows):
        person = factories.a_user(f"Row {number}")
        factories.an_organisation(f"Row organisation {number}", person)
        factories.a_call_role(person, Role.AUDITOR, factories.a_call())
    client = at(sam)
    with django_assert_num_queries(QUESTIONS[address]):
        page = client.get(f"{address}?q=row").text
    assert f"{rows} entr" in page
