"""Calls as the ministry keeps them: read by everybody at the desk, each number with its source, changed by nobody."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from bids.models import Bid, Call, CallVersion
from tests import factories
from tests.admin.stories import HOSTILE, At
from tests.factories import FACTORY_CALL

LIST = "/desk/bids/call/"
OTHER = "GENERIC-HE-RIA"
QUESTIONS = {"list": 5, "call": 8}


@pytest.fixture
def second_version(call: Call) -> CallVersion:
    """The same call with a longer reason for its ceiling."""
    first = call.version_in_force()
    data = first.data | {"title": "A title of its own"}
    return CallVersion.objects.create(call=call, number=2, data=data, digest="d" * 64)


def test_everybody_at_the_desk_reads_the_calls(
    at: At, call: Call, ministry: SimpleNamespace, sam: User, ada: User
) -> None:
    for user in (*vars(ministry).values(), sam):
        assert FACTORY_CALL in at(user).get(LIST).text
        assert at(user).get(f"{LIST}{FACTORY_CALL}/").status_code == 200
    for address in (LIST, f"{LIST}{FACTORY_CALL}/"):
        assert at(ada).get(address).status_code == 403


def test_a_call_shows_its_numbers_with_their_sources(at: At, bid: Bid, clara: User) -> None:
    page = at(clara).get(f"{LIST}{FACTORY_CALL}/").text
    for words in ("Ceiling of the Union", "Where each number comes from", "Criteria", "version 1"):
        assert words in page


def test_two_versions_are_compared_value_by_value(at: At, second_version: CallVersion, clara: User) -> None:
    page = at(clara).get(f"{LIST}{FACTORY_CALL}/").text
    assert f"{LIST}{FACTORY_CALL}/1/2/" in page
    for pair in ("1/2", "2/1"):
        difference = at(clara).get(f"{LIST}{FACTORY_CALL}/{pair}/")
        assert (difference.status_code, "A title of its own" in difference.text) == (200, True)
    assert "The two versions say the same." not in difference.text


def test_a_call_or_version_that_is_not_there_is_not_there(at: At, call: Call, clara: User) -> None:
    for rest in [
        "NOTHING/",
        f"{FACTORY_CALL}/9/",
        f"{FACTORY_CALL}/{10**30}/",
        f"{FACTORY_CALL}/1/9/",
        f"{FACTORY_CALL}/1/1/",
        f"{FACTORY_CALL}/1/{10**30}/",
        f"{FACTORY_CALL}/0/",
        "%00/",
        "..%2F/",
    ]:
        assert at(clara).get(LIST + rest).status_code == 404


def test_calls_are_searched(at: At, call: Call, clara: User) -> None:
    for asked in ["q=factory", "q=%00", "q=nothing", "title__startswith=A", "p=2", "o=1"]:
        factories.a_call(OTHER)
        answer = at(clara).get(f"{LIST}?{asked}")
        if answer.status_code == 200:
            found = asked not in ("q=%00", "q=nothing")
            assert (f">{FACTORY_CALL}</a>" in answer.text) is found


def test_whatever_is_asked_is_no_accident(at: At, call: Call, clara: User) -> None:
    for typed in HOSTILE:
        assert at(clara).get(LIST, {"q": typed, "p": typed, "o": typed}).status_code in (200, 302)


@pytest.mark.parametrize("rows", [1, 3])
def test_calls_cost_the_same_for_one_and_for_three(
    at: At, clara: User, django_assert_num_queries: Callable[..., Any], rows: int
) -> None:
    for reference in (FACTORY_CALL, OTHER, "GENERIC-HE-IA")[:rows]:
        call = factories.a_call(reference)
        for _ in range(rows):
            factories.a_bid(call_version=call.version_in_force())
    client = at(clara)
    with django_assert_num_queries(QUESTIONS["list"]):
        page = client.get(LIST).text
    assert page.count('<th scope="row"') == rows
    for number in range(2, rows + 1):
        version = Call.objects.get(reference=FACTORY_CALL).version_in_force()
        CallVersion.objects.create(call=version.call, number=number, data=version.data, digest=f"{number}" * 64)
    with django_assert_num_queries(QUESTIONS["call"]):
        client.get(f"{LIST}{FACTORY_CALL}/")
