"""Reasons for numbers: each place where an amount changes leaves a step."""

from __future__ import annotations

from dataclasses import dataclass

from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence


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
