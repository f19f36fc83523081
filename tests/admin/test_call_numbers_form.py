"""The form for numbers of a call: four languages' figures, whatever is wrong, and what may be left out."""

from __future__ import annotations

import pytest
from django.conf import settings

from accounts.models import User
from bids import callfile, snapshot
from bids.models import Call, NumbersChange
from tests.admin.call_pages import CAP, RATE, page, send, typed
from tests.admin.stories import HOSTILE, At
from tests.walk.forms import forms_in


@pytest.mark.parametrize(
    ("language", "value", "stands"),
    [
        ("en", "1,234.56", "1234.56"), ("en", "1.234,56", "1234.56"), ("fr", "1 234,56", "1234.56"),
        ("nl", "1.234,56", "1234.56"), ("de", "1'234,56 €", "1234.56"), ("de", "€ 1234", "1234.00"),
    ],
)  # fmt: skip
def test_amounts_are_read_in_the_forms_of_four_languages(
    at: At, call: Call, clara: User, language: str, value: str, stands: str
) -> None:
    type(clara).objects.filter(pk=clara.pk).update(language=language)
    client = at(clara)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = send(client, CAP, **typed({"value": value}, send=""))
    assert (answer.status_code, answer.headers["Content-Language"]) == (302, language)
    assert NumbersChange.objects.get().edits[CAP]["value"] == stands


@pytest.mark.parametrize(
    ("place", "number", "said"),
    [
        (CAP, {"value": "1.234"}, "can be read in two ways"),
        (CAP, {"value": "twelve"}, "is not a number"),
        (CAP, {"value": "-1"}, "zero or more"),
        (CAP, {"value": "1.005"}, "can be read in two ways"),
        (CAP, {"value": "9" * 20}, "is too large"),
        (RATE, {"value": ""}, "This field is required"),
        (RATE, {"value": "101"}, "Enter 100 or less"),
        ("desk_closes_working_days", {"value": "2.5"}, "too many decimals"),
        ("opens", {"value": "2025-02-30"}, "Enter a valid date"),
        ("cutoffs/0", {"value": "2025-03-01", "time": "17:00"}, "Write the cut-offs in order of time, each once."),
        ("cutoffs/0", {"value": "2024-11-04", "time": ""}, "This field is required"),
        (CAP, {"value": "1", "source": ""}, "Name the source in which the number was read."),
        (CAP, {"value": "1", "source": "page 12"}, "names no source"),
        (CAP, {"value": "1", "mark": "RECALLED"}, "Say how sure you are"),
        (CAP, {"value": "1", "mark": "RECALLED", "confidence": "1"}, "Enter 0.99 or less"),
        (CAP, {"value": "1", "mark": "HEARD"}, "Select a valid choice"),
        (CAP, {"value": "1", "cite": ""}, "Say where this comes from."),
        (CAP, {"value": "1", "cite": "CORDIS database"}, "cite the legal act or the call"),
        (CAP, {"value": "1", "note": "a\x00b"}, "Null characters are not allowed"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_words_stay(
    at: At, call: Call, clara: User, place: str, number: dict[str, str], said: str
) -> None:
    answer = send(at(clara), place, **typed(number, send=""))
    text = answer.text.replace("&quot;", '"')
    assert (answer.status_code, said in text) == (200, True)
    assert "There is a problem" in text or "problems" in text
    assert "The call text says so." in text
    assert not NumbersChange.objects.exists()


def test_a_reason_is_asked_for(at: At, call: Call, clara: User) -> None:
    answer = send(at(clara), CAP, **typed({"value": "1"}, reason=" ", send=""))
    assert "This field is required" in answer.text
    assert not NumbersChange.objects.exists()


def test_what_the_page_wrote_can_be_sent_back(at: At, call: Call, clara: User) -> None:
    """Every number of the call, opened and sent as it stands: nothing is wrong, and nothing would change."""
    known = callfile.numbers(call.version_in_force().data)
    places = [place for place, number in known.items() if number.value is not None]
    for some in (places[start : start + 20] for start in range(0, len(places), 20)):
        address = f"{page('numbers/change/')}?{'&'.join(f'number={place}' for place in some)}"
        found = forms_in(address, at(clara).get(address).text)
        (form,) = [one for one in found if "reason" in {control.name for control in one.controls}]
        answer = at(clara).post(address, form.sent(reason="None.", send=""))
        assert answer.status_code == 409
        assert "This is what the call says already" in answer.text


def test_a_limit_is_set_where_there_was_none_and_taken_out_again(at: At, call: Call, clara: User, dora: User) -> None:
    send(at(clara), "page_limit", **typed({"value": "80"}, send=""))
    change = NumbersChange.objects.get()
    at(dora).post(page(f"changes/{change.pk}/confirm/"), {"digest": change.digest})
    assert snapshot.facts_of(call.version_in_force()).page_limit == 80
    answer = send(at(clara), "page_limit", CAP, **typed({"value": "", "cite": ""}, {"value": ""}, base=2, send=""))
    assert answer.status_code == 302
    assert NumbersChange.objects.first().edits == {"page_limit": None, CAP: None}


def test_a_house_rule_is_switched_with_a_reason(at: At, call: Call, clara: User, dora: User) -> None:
    said = {"n0-stands": "warn", "n0-why": "", "base": 1, "reason": "Letters are late.", "send": ""}
    answer = send(at(clara), "warn_only/C41", **said)
    assert "Say why this rule need not block under this call." in answer.text
    send(at(clara), "warn_only/C41", **said | {"n0-why": "The letters follow by post."})
    change = NumbersChange.objects.get()
    assert "It only warns: The letters follow by post." in at(dora).get(page(f"changes/{change.pk}/")).text
    at(dora).post(page(f"changes/{change.pk}/confirm/"), {"digest": change.digest})
    assert snapshot.facts_of(call.version_in_force()).warn_only == {"C41": "The letters follow by post."}
    assert "The letters follow by post." in at(clara).get(page()).text


def test_whatever_is_asked_is_no_accident(at: At, call: Call, clara: User) -> None:
    for word in (*HOSTILE, "title", "participating_states", "warn_only/C07", "warn_only/"):
        answer = at(clara).get(page("numbers/change/"), {"number": word, "again": word})
        assert answer.headers["Location"] == page()
        answer = at(clara).post(f"{page('numbers/change/')}?number={CAP}", typed({"value": word}, base=word))
        assert answer.status_code in (200, 409)
    assert not NumbersChange.objects.exists()
