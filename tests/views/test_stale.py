"""Two people write the same thing, whatever it is: the second sees both texts, or what was removed; nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids import snapshot
from bids.models import Bid
from tests.walk.forms import Form, forms_in

EDITED = [
    ("basics-edit", {}, "abstract"),
    ("partner-edit", {"key": "imec"}, "short_name"),
    ("site-edit", {"key": "zellik"}, "cooling"),
    ("site-edit", {"key": "zellik"}, "phases-0-title"),
    ("site-edit", {"key": "zellik"}, "machines-0-name"),
    ("link-edit", {"key": "tandem"}, "carrier"),
    ("work-package-edit", {"key": "wp1"}, "title"),
    ("work-package-edit", {"key": "wp1"}, "tasks-0-title"),
    ("work-package-edit", {"key": "wp1"}, "deliverables-0-title"),
    ("work-package-edit", {"key": "wp1"}, "milestones-0-title"),
    ("line-edit", {"key": "L001"}, "description"),
    ("commitment-edit", {"key": "c1"}, "signatory"),
    ("chapter-edit", {"key": "1.1", "language": "en"}, "text"),
    ("risk-edit", {"key": "r1"}, "mitigation"),
    ("indicator-edit", {"key": "k1"}, "unit"),
    ("document-edit", {"key": "letter-federal"}, "title"),
]
# Page, what it names, a box, and the page on which the thing is removed.
REMOVED = [
    ("partner-edit", "name", "partner-delete", {"key": "lonely"}),
    ("site-edit", "cooling", "site-delete", {"key": "lonely"}),
    ("link-edit", "carrier", "link-delete", {"key": "tandem"}),
    ("work-package-edit", "title", "work-package-delete", {"key": "lonely"}),
    ("line-edit", "description", "line-delete", {"key": "L001"}),
    ("commitment-edit", "signatory", "commitment-delete", {"key": "c1"}),
    ("risk-edit", "mitigation", "risk-delete", {"key": "r1"}),
    ("indicator-edit", "unit", "indicator-delete", {"key": "k1"}),
    ("document-edit", "title", "document-remove", {"key": "letter-federal"}),
]


def address(bid: Bid, name: str, about: dict[str, str]) -> str:
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference, **about})


def form_at(client: Client, url: str) -> Form:
    return form_in(url, client.get(url).text)


def form_in(url: str, page: str) -> Form:
    """The first form of a page that goes back to it."""
    return next(form for form in forms_in(url, page) if form.action.partition("?")[0] == url)


@pytest.mark.parametrize(("name", "about", "box"), EDITED)
def test_both_texts_are_shown_and_mine_can_be_saved_over_theirs(
    client: Client, bid: Bid, ada: User, name: str, about: dict[str, str], box: str
) -> None:
    client.force_login(ada)
    url = address(bid, name, about)
    form = form_at(client, url)
    assert client.post(url, form.sent(**{box: "Words of another"})).status_code == 302
    between = snapshot.canonical(snapshot.take(bid))
    conflict = client.post(url, form.sent(**{box: "My own words"}))
    assert conflict.status_code == 409
    assert ("Words of another" in conflict.text, "My own words" in conflict.text) == (True, True)
    assert snapshot.canonical(snapshot.take(bid)) == between
    mine = form_in(url, conflict.text).sent()
    assert mine[box] == ["My own words"]
    assert client.post(url, mine).status_code == 302
    assert form_at(client, url).sent()[box] == ["My own words"]
    assert snapshot.canonical(snapshot.take(bid)) == between.replace("Words of another", "My own words")


def test_effort_is_a_part_of_its_package(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    url = address(bid, "work-package-edit", {"key": "wp1"})
    form = form_at(client, url)
    assert client.post(url, form.sent(effort_imec="11")).status_code == 302
    conflict = client.post(url, form.sent(effort_imec="22"))
    assert (conflict.status_code, form_in(url, conflict.text).sent()["effort_imec"]) == (409, ["22"])
    assert str(snapshot.take(bid).work_packages[0].effort["imec"]) == "11"


@pytest.mark.parametrize(("name", "box", "removal", "about"), REMOVED)
def test_what_was_typed_about_a_removed_thing_is_shown_and_can_be_added_anew(
    client: Client, bid: Bid, ada: User, name: str, box: str, removal: str, about: dict[str, str]
) -> None:
    bid.partners.create(key="lonely", name="Lonely")
    bid.sites.create(key="lonely", name="Lonely")
    bid.work_packages.create(key="lonely", title="Lonely")
    client.force_login(ada)
    url = address(bid, name, about)
    form = form_at(client, url)
    version = form.sent()["version"]
    assert client.post(address(bid, removal, about), {"version": version}).status_code == 302
    before = snapshot.canonical(snapshot.take(bid))
    answer = client.post(url, form.sent(**{box: "My own words"}))
    assert answer.status_code == 409
    assert ("Ada removed it on" in answer.text, "<dd>My own words</dd>" in answer.text) == (True, True)
    assert snapshot.canonical(snapshot.take(bid)) == before
    anew = next(form for form in forms_in(url, answer.text) if "My own words" in str(form.sent()))
    added = client.post(anew.action, anew.sent())
    if name == "document-edit":
        assert "This field is required" in added.text, "the file has to be chosen again"
        assert 'value="My own words"' in added.text
    else:
        assert added.status_code == 302
        assert snapshot.canonical(snapshot.take(bid)).count("My own words") == 1


@pytest.mark.parametrize(("name", "box", "removal", "about"), REMOVED)
def test_a_stale_removal_removes_nothing(
    client: Client, bid: Bid, ada: User, name: str, box: str, removal: str, about: dict[str, str]
) -> None:
    about = about if about != {"key": "lonely"} else {"key": getattr(bid, _relation(name)).first().key}
    client.force_login(ada)
    url = address(bid, name, about)
    old = form_at(client, url).sent()["version"]
    assert client.post(url, form_at(client, url).sent(**{box: "Words of another"})).status_code == 302
    answer = client.post(address(bid, removal, about), {"version": old}, follow=True)
    assert "in the meantime" in answer.text
    assert form_at(client, url).sent()[box] == ["Words of another"]


def _relation(name: str) -> Any:
    return {"partner-edit": "partners", "site-edit": "sites", "work-package-edit": "work_packages"}[name]


def test_what_never_was_there_is_not_there(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    for name, _, removal, _ in REMOVED:
        for page in (name, removal):
            assert client.post(address(bid, page, {"key": "nothing"}), {"version": "1"}).status_code == 404
