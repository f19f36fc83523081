"""Sentences as data: a template for translators, and the parameters that fill it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Any


def gettext_noop(message: str) -> str:
    """Mark a template for translation; the words are looked up when it is shown."""
    return message


def ngettext_noop(singular: str, plural: str) -> tuple[str, str]:
    """Mark a template for one and its form for many."""
    return singular, plural


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with named `%(parameters)s`, translated and formatted only where it is read.

    Parameters may be Euro, Decimal, Fraction (shown as a percentage), date, datetime, int, str or
    another Sentence; `bids.templatetags.bids.say` gives each the form of the reader's language.
    With a `plural`, the parameter `count` decides between the two.
    """

    template: str
    params: dict[str, Any] = field(default_factory=dict)
    plural: str = ""

    def __str__(self) -> str:
        """The English words, for logs, commands and tests."""
        if not self.params:
            return self.template
        template = self.plural if self.plural and self.params["count"] != 1 else self.template
        return template % {name: _plain(value) for name, value in self.params.items()}


def _plain(value: object) -> str:
    """A parameter in plain English figures: 1/4 is "25 %", everything else as it writes itself."""
    if isinstance(value, Fraction):
        return f"{_decimal(100 * value)} %"
    return str(value)


def _decimal(number: Fraction) -> str:
    """A fraction in decimal figures, cut after six places, without idle zeros."""
    whole = number.numerator * 10**6 // number.denominator
    return f"{(Decimal(whole).scaleb(-6)).normalize():f}"


def sentence(template: str, **params: Any) -> Sentence:
    """Write a sentence: `sentence(gettext_noop("%(line)s has no stream."), line=key)`."""
    return Sentence(template, params)


def counted(templates: tuple[str, str], count: int, **params: Any) -> Sentence:
    """Write a sentence about so many: `counted(ngettext_noop("%(count)s line", "%(count)s lines"), 3)`."""
    singular, plural = templates
    return Sentence(singular, {"count": count} | params, plural)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file that was read: where (`$.budget[3].amount`), and what to do."""

    path: str
    sentence: Sentence

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"


def one_of(labels: Sequence[str]) -> Sentence:
    """Marked labels as an alternative: "Draft, Locked or Submitted"."""
    *most, last = labels
    if not most:
        return Sentence(last)
    first = Sentence(most[0])
    for label in most[1:]:
        first = sentence(gettext_noop("%(first)s, %(next)s"), first=first, next=Sentence(label))
    return sentence(gettext_noop("%(first)s or %(last)s"), first=first, last=Sentence(last))


def quoted(value: object, most: int = 60) -> str:
    """What somebody wrote, short, in quotes and on one line, so that a sentence can repeat it."""
    text = str(value)
    text = text if len(text) <= most else text[: most - 1] + "…"
    return '"' + "".join(mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in text) + '"'


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that somebody who wrote this one probably meant."""
    return next(iter(get_close_matches(word[:64], sorted(known), n=1)), None)
