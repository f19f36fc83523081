"""Sentences, words, money and dates in the language of the reader."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import Context, Template
from django.utils.translation import override

from bids import wording
from bids.rulebook.money import Euro
from bids.rulebook.text import sentence
from bids.rulebook.vocabulary import Stream

CLOSING = datetime(2025, 8, 21, 15, 0, tzinfo=UTC)


def rendered(source: str, language: str = "en", **context: object) -> str:
    with override(language):
        return Template("{% load bids %}" + source).render(Context(context))


def test_a_sentence_gives_each_parameter_the_form_of_the_language() -> None:
    words = sentence(
        "%(line)s: %(amount)s at %(rate)s from %(day)s (%(stream)s, %(year)s, %(hours)s)",
        line="L001",
        amount=Euro.of("1234.56"),
        rate=Fraction(1, 2),
        day=date(2025, 8, 21),
        stream=Stream.MACHINE,
        year=2026,
        hours=Decimal("1234.5"),
    )
    assert wording.say(words, "en") == "L001: €\xa01,234.56 at 50\xa0% from 21 August 2025 (Machine, 2026, 1,234.5)"
    assert "1\xa0234,56\xa0€" in wording.say(words, "nl")


def test_a_sentence_may_hold_sentences_lists_and_unknowns() -> None:
    inner = sentence("the line %(key)s", key="L1")
    assert wording.say(sentence("%(a)s; %(b)s; %(c)s", a=inner, b=("x", "y"), c=None), "en") == "the line L1; x, y; –"


def test_a_sentence_without_parameters_may_hold_a_percent_sign() -> None:
    assert wording.say(sentence("100 % of it"), "en") == "100 % of it"


def test_a_slip_of_a_translator_shows_the_original_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "gettext", lambda template: "%(wrong)s")
    assert wording.say(sentence("Line %(key)s", key="L1")) == "Line L1"


def test_sentences_are_escaped_in_pages() -> None:
    assert rendered("{{ words|say }}", words=sentence("Line %(key)s", key="<b>")) == "Line &lt;b&gt;"


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "21 August 2025"), ("fr", "21 août 2025"), ("nl", "21 augustus 2025"), ("de", "21. August 2025")],
)
def test_a_day_in_four_languages(language: str, written: str) -> None:
    assert rendered("{{ day|day }}", language, day=date(2025, 8, 21)) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "1 July 2025"), ("fr", "1er juillet 2025"), ("nl", "1 juli 2025"), ("de", "1. Juli 2025")],
)
def test_the_first_of_a_month_in_four_languages(language: str, written: str) -> None:
    assert wording.day(date(2025, 7, 1), language) == written


def test_a_moment_is_told_in_brussels() -> None:
    assert rendered("{{ at|moment }}", at=CLOSING) == "21 August 2025, 17:00 (Brussels)"
    assert rendered("{{ at|day }}", at=datetime(2025, 8, 21, 22, 30, tzinfo=UTC)) == "22 August 2025"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (CLOSING - timedelta(days=3), "in 3 days"),
        (CLOSING - timedelta(days=1), "tomorrow"),
        (CLOSING - timedelta(hours=15, minutes=30), "in 15 hours"),
        (CLOSING - timedelta(hours=17, minutes=30), "tomorrow"),  # 23:30 the evening before, in Brussels
        (CLOSING - timedelta(minutes=61), "in 1 hour"),
        (CLOSING - timedelta(minutes=59), "in 59 minutes"),
        (CLOSING - timedelta(seconds=30), "now"),
        (CLOSING + timedelta(minutes=5), "5 minutes ago"),
        (CLOSING + timedelta(hours=3), "3 hours ago"),
        (CLOSING + timedelta(days=1), "yesterday"),
        (CLOSING + timedelta(days=40), "40 days ago"),
    ],
)
def test_how_far_away_a_moment_is(now: datetime, words: str) -> None:
    assert wording.until(CLOSING, now=now) == words


@pytest.mark.parametrize(
    ("day", "words"), [(date(2025, 8, 21), "today"), (date(2025, 8, 22), "tomorrow"), (date(2025, 9, 1), "in 11 days")]
)
def test_how_far_away_a_day_is(day: date, words: str) -> None:
    assert wording.until(day, now=CLOSING) == words


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "€\xa01,234.50 1,234.50 0.50 47.8\xa0% 50\xa0%"),
        ("fr", "1\xa0234,50\xa0€ 1\xa0234,50 0,50 47,8\xa0% 50\xa0%"),
        ("nl", "1\xa0234,50\xa0€ 1\xa0234,50 0,50 47,8\xa0% 50\xa0%"),
        ("de", "1\xa0234,50\xa0€ 1\xa0234,50 0,50 47,8\xa0% 50\xa0%"),
    ],
)
def test_filters_speak_the_language_of_the_page(language: str, written: str) -> None:
    source = "{{ money|euro }} {{ money|amount }} {{ number|decimal }} {{ share|percent:1 }} {{ rate|rate }}"
    context = {
        "money": Euro.of("1234.50"), "number": Decimal("0.50"), "share": Decimal("0.478123"), "rate": Fraction(1, 2),
    }  # fmt: skip
    assert rendered(source, language, **context) == written


@pytest.mark.parametrize(
    "name", ["say", "word", "euro", "amount", "decimal", "percent", "rate", "day", "moment", "until"]
)
def test_what_is_not_known_shows_as_a_dash(name: str) -> None:
    assert rendered("{{ nothing|" + name + " }}", nothing=None) == "–"
    assert rendered("{{ missing|" + name + " }}") == "–"


@pytest.mark.parametrize(
    ("years", "told"),
    [((), "–"), ((2026,), "2026"), ((2027, 2026, 2026), "2026–2027"), ((2026, 2028, 2029), "2026, 2028–2029")],
)
def test_years_that_follow_one_another_are_told_together(years: tuple[int, ...], told: str) -> None:
    assert wording.years(years) == told


def test_words_of_the_call_show_their_label() -> None:
    assert rendered("{{ stream|word }}", stream=Stream.EXPERIMENTAL_PLATFORM) == "Experimental platform"
