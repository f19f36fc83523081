"""What people say about themselves."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Membership, Organisation, User

pytestmark = pytest.mark.django_db


def test_eva_sees_her_organisations_and_changes_name_and_language(client, eva, institute):
    Membership.objects.create(user=eva, organisation=institute)
    client.force_login(eva)
    assert "Institute of Examples" in client.get("/accounts/").content.decode()
    answer = client.post("/accounts/", {"name": "Eva E.", "language": "de"})
    assert (answer.status_code, answer.cookies["language"].value) == (302, "de")
    eva.refresh_from_db()
    assert (eva.name, eva.language) == ("Eva E.", "de")


@pytest.mark.parametrize("name", ["Eva\r\nBcc: x@example.org", "Eva\x00", "Eva\u2028X"])
def test_a_name_is_one_line(client, eva, name):
    client.force_login(eva)
    page = client.post("/accounts/", {"name": name, "language": "en"})
    assert page.context["form"].errors["name"]
    eva.refresh_from_db()
    assert eva.name == "Eva Example"


def test_nothing_but_name_and_language_can_be_written(client, eva):
    client.force_login(eva)
    client.post("/accounts/", {"name": "Eva", "language": "en", "is_staff": "1", "is_superuser": "1", "email": "x@y.z"})
    eva.refresh_from_db()
    assert (eva.is_staff, eva.is_superuser, eva.email) == (False, False, "eva@example.org")


def test_an_address_is_kept_in_lower_case_and_once(eva):
    with pytest.raises(ValidationError):
        User.objects.create_user("EVA@example.org", "x")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=eva.pk).update(email="Eva@example.org")


def test_the_language_switch_remembers_and_goes_back(client):
    answer = client.get("/language/nl/?next=/accessibility/")
    assert (answer["Location"], answer.cookies["language"].value) == ("/accessibility/", "nl")
    assert (
        client.get("/language/nl/", HTTP_REFERER="http://testserver/accounts/")["Location"]
        == "http://testserver/accounts/"
    )


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "javascript:x"])
def test_the_language_switch_stays_on_this_site(client, target):
    assert client.get("/language/fr/", {"next": target})["Location"] == "/"
    assert client.get("/language/fr/", HTTP_REFERER=target)["Location"] == "/"


@pytest.mark.parametrize("code", ["xx", "en-gb", "EN", "zz%0d%0aSet-Cookie:x=1"])
def test_a_language_we_do_not_speak_is_no_page(client, code):
    assert client.get(f"/language/{code}/").status_code == 404


@pytest.mark.parametrize(
    ("number", "country", "fits"),
    [("0123456749", "BE", True), ("0123456748", "BE", False), ("123", "BE", False), ("HRB 12", "DE", True)],
)
def test_a_belgian_enterprise_number_has_check_digits(number, country, fits):
    organisation = Organisation(name="X", short_name="X", kind="public", country=country, enterprise_number=number)
    if fits:
        organisation.full_clean()
    else:
        with pytest.raises(ValidationError):
            organisation.full_clean()


def test_an_organisation_has_a_name_in_each_language_or_its_registered_one():
    organisation = Organisation(name="Registered", name_fr="Enregistrée")
    assert (organisation.name_in("fr"), organisation.name_in("nl")) == ("Enregistrée", "Registered")
