"""Reasons for numbers: each place where an amount changes leaves a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bids.rulebook.funding.grounds import HOUSE, Ground
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence, gettext_noop, sentence

BID = "bid"
MISSING = "-"  # the key that gathers what names no partner, site, year, ...


@dataclass(frozen=True, slots=True)
class Step:
    """One reason: `rule` is its short name, `of` the line, partner or stream it is about.

    `source` is our key of the source, `cite` the legal act that pages and PDF print.
    """

    rule: str
    of: str
    sentence: Sentence
    before: Euro
    after: Euro
    source: str
    cite: str


def step(rule: str, of: str, words: Sentence, before: Euro, after: Euro, ground: Ground) -> Step:
    """A step on a legal ground."""
    return Step(rule, of, words, before, after, ground.source, ground.cite)


def running_sum(parts: Iterable[tuple[str, Sentence | str, Euro]]) -> Iterator[Step]:
    """Add named parts one after the other; the last step ends at their sum."""
    total = None
    for key, name, amount in parts:
        before = total or Euro()
        total = before + amount
        words = sentence(gettext_noop("Add %(name)s: %(amount)s."), name=name, amount=amount)
        yield step("sum", key, words, before, total, HOUSE)
    if total is None:
        yield step("sum", BID, Sentence(gettext_noop("There is nothing to add up.")), Euro(), Euro(), HOUSE)
