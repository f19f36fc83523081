"""What things look like in the reader's language: sentences, words, money, shares, dates.

Templates reach these through `{% load bids %}`; letters, forms and plots call them directly. The
language is the active one unless it is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, gettext, ngettext, override

from accounts import clock
from bids import numbers
from bids.rulebook.call import Annex, Criterion, Section
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence
from bids.rulebook.vocabulary import Word

BRUSSELS = ZoneInfo("Europe/Brussels")
UNKNOWN = "–"
DAY_FORMS = {"de": "j. F Y"}
FIRST_OF_MONTH = {"fr": "1\\e\\r F Y"}


def say(words: Sentence | str, language: str | None = None) -> str:
    """The sentence in the reader's language, each parameter in the form of that language."""
    if not isinstance(words, Sentence):
        return str(words)
    with _in(language):
        return _filled(words, {name: show(value) for name, value in words.params.items()})


def _filled(words: Sentence, params: dict[str, str]) -> str:
    if not params:
        return gettext(words.template)
    try:
        if words.plural:
            return ngettext(words.template, words.plural, words.params["count"]) % params
        return gettext(words.template) % params
    except (KeyError, TypeError, ValueError):  # a slip in a catalogue must not cost the reader the page
        return words.template % params


def show(value: Any) -> str:
    """One parameter of a sentence, by its type. Whole numbers may be years: they get no marks."""
    match value:
        case None:
            return UNKNOWN
        case Sentence():
            return say(value)
        case Word():
            return word(value)
        case Euro():
            return euro(value)
        case Decimal():
            return decimal(value)
        case Fraction():
            return percent(value)
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case list() | tuple():
            return ", ".join(show(item) for item in value)
        case _:
            return titled(value) if isinstance(value, Section | Criterion | Annex) else str(value)


def word(value: Word | Enum | str | None) -> str:
    """The label of a word of the call or of the process, translated."""
    label = getattr(value, "label", value)
    return gettext(str(label)) if label else UNKNOWN


def titled(part: Section | Criterion | Annex, language: str | None = None) -> str:
    """The title of a section, an annex or a criterion of a call, in our translation where there is one."""
    return str(part.titles.get(language or active()) or part)


def euro(amount: Euro, language: str | None = None) -> str:
    return numbers.write_euro(amount, language or active())


def amount(value: Euro, language: str | None = None) -> str:
    return numbers.write_amount(value, language or active())


def more(value: Euro, language: str | None = None) -> str:
    """A difference: more is told by a plus, as less is by a minus; none by a dash."""
    if not value:
        return UNKNOWN
    return f"+{amount(value, language)}" if value.cents > 0 else amount(value, language)


def decimal(number: Decimal | int, language: str | None = None) -> str:
    return numbers.write_decimal(number, language or active())


def percent(share: Fraction | Decimal, decimals: int | None = None, language: str | None = None) -> str:
    return numbers.write_percent(share, language or active(), decimals)


def day(value: date, language: str | None = None) -> str:
    """`21 August 2025`, `1er août 2025`, `21 augustus 2025`, `21. August 2025`; in Brussels."""
    local = in_brussels(value) if isinstance(value, datetime) else value
    with _in(language):
        forms = FIRST_OF_MONTH if local.day == 1 else DAY_FORMS
        return format_date(local, forms.get(active()) or DAY_FORMS.get(active(), "j F Y"))


def moment(value: datetime, language: str | None = None) -> str:
    """`21 August 2025, 17:00 (Brussels)`."""
    local = in_brussels(value)
    with _in(language):
        return gettext("%(day)s, %(time)s (Brussels)") % {"day": day(local), "time": clock_time(value)}


def clock_time(value: datetime) -> str:
    """`14:02`, in Brussels."""
    return f"{in_brussels(value):%H:%M}"


def years(values: Iterable[int]) -> str:
    """`2026–2030`, `2026, 2028–2029`: years that follow one another are told by the first and the last."""
    runs: list[list[int]] = []
    for year in sorted(set(values)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs) or UNKNOWN


def until(value: date, *, now: datetime | None = None, language: str | None = None) -> str:
    """`in 3 days`, `tomorrow`, `in 5 hours`, `2 days ago`: how far away, in calendar days of Brussels."""
    now = in_brussels(now or clock.now())
    local = in_brussels(value) if isinstance(value, datetime) else value
    days = ((local.date() if isinstance(local, datetime) else local) - now.date()).days
    with _in(language):
        if days or not isinstance(local, datetime):
            return _days_away(days)
        return _time_away(local - now)


def _days_away(days: int) -> str:
    match days:
        case 0:
            return gettext("today")
        case 1:
            return gettext("tomorrow")
        case -1:
            return gettext("yesterday")
    if days > 0:
        return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
    return ngettext("%(count)d day ago", "%(count)d days ago", -days) % {"count": -days}


def _time_away(distance: timedelta) -> str:
    minutes = int(abs(distance) / timedelta(minutes=1))
    hours, ahead = minutes // 60, distance > timedelta()
    if not minutes:
        return gettext("now")
    if hours and ahead:
        return ngettext("in %(count)d hour", "in %(count)d hours", hours) % {"count": hours}
    if hours:
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    if ahead:
        return ngettext("in %(count)d minute", "in %(count)d minutes", minutes) % {"count": minutes}
    return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}


def in_brussels(value: datetime) -> datetime:
    return timezone.localtime(value, BRUSSELS)


def active() -> str:
    """The language that is spoken now, such as `fr`."""
    return (get_language() or "en").partition("-")[0]


@contextmanager
def _in(language: str | None) -> Iterator[None]:
    """Speak this language inside; without one, go on in the active one."""
    if language is None:
        yield
    else:
        with override(language):
            yield
