"""Sentences as data: a template for translators, and the parameters that fill it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def gettext_noop(message: str) -> str:
    """Mark a template for translation; the words are looked up when it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with named `%(parameters)s`, translated and formatted only where it is read.

    Parameters may be Euro, Decimal, Fraction (shown as a percentage), date, datetime, int, str or
    another Sentence; `bids.templatetags.bids.say` gives each the form of the reader's language.
    """

    template: str
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English words, for logs, commands and tests."""
        return self.template % self.params if self.params else self.template


def sentence(template: str, **params: Any) -> Sentence:
    """Write a sentence: `sentence(gettext_noop("%(line)s has no stream."), line=key)`."""
    return Sentence(template, params)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file that was read: where (`$.budget[3].amount`), and what to do."""

    path: str
    sentence: Sentence

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"
