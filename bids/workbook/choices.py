"""What the cells of a column may name: streams, partners, sites, packages, categories, each by a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from django.utils.translation import override

from bids import wording
from bids.rulebook.call import CallFacts, StreamScheme
from bids.rulebook.facts import BidFacts
from bids.rulebook.text import gettext_noop
from bids.rulebook.vocabulary import Category, Language, Stream, Word

LONGEST = 80
YES, NO = gettext_noop("yes"), gettext_noop("no")
# Signs that a lookup takes for wildcards, and beginnings that a cell takes for a formula.
_SAFE = re.compile(r"(?![\s<=+\-@'＝＋－＠])[^*?~\x00-\x1f\x7f\"\ud800-\udfff\ufffe\uffff]+(?<!\s)")

Labels = dict[str, str]  # key to what the cell shows


class Choices:
    """The names of one bid's things in the active language; a name that is not one of a kind is told apart."""

    def __init__(self, facts: BidFacts, call: CallFacts) -> None:
        self.facts, self.call = facts, call
        self.labels: dict[str, Labels] = {
            "stream": _labels((stream, wording.word(stream)) for stream in self.streams),
            "partner": _labels((each.key, each.short_name or each.name) for each in facts.partners),
            "site": _labels((each.key, each.name) for each in facts.sites),
            "work_package": _labels((each.key, f"{each.key} {each.title}") for each in facts.work_packages),
            "category": _labels((code, category_label(code)) for code in self.categories),
        }

    @cached_property
    def streams(self) -> list[Stream]:
        """Those of the call, then what else stands in the lines."""
        called = [scheme.stream for scheme in self.call.streams]
        return list(dict.fromkeys([*called, *(line.stream for line in self.facts.budget if line.stream)]))

    @cached_property
    def categories(self) -> list[str]:
        known = [code for scheme in self.call.streams for code in known_categories(scheme)]
        return list(
            dict.fromkeys([*known, Category.E.value, *(line.category for line in self.facts.budget if line.category)])
        )

    def label(self, kind: str, key: str | None) -> str:
        """What a cell shows for a key; nothing for none."""
        return self.labels[kind].get(key, key) if key else ""

    def meant(self, kind: str, text: str, more: Mapping[str, str] | None = None) -> str | None:
        """The key of what somebody wrote: a name as shown here or in another language, a code, a key; None else.

        `more` are names that once stood for keys, such as those of a workbook made before a partner was renamed.
        """
        exact = {label: key for key, label in self.labels[kind].items()}
        if text in exact or text in self.labels[kind]:
            return exact.get(text, text)
        if more and more.get(text) in self.labels[kind]:
            return more[text]
        found = self._aliases(kind).get(_folded(text), set())
        return next(iter(found)) if len(found) == 1 else None

    def _aliases(self, kind: str) -> dict[str, set[str]]:
        if kind not in self._known_aliases:
            aliases: dict[str, set[str]] = {}
            for key, label in self.labels[kind].items():
                for name in (key, label, *self._other_names(kind, key)):
                    aliases.setdefault(_folded(name), set()).add(key)
            self._known_aliases[kind] = aliases
        return self._known_aliases[kind]

    @cached_property
    def _known_aliases(self) -> dict[str, dict[str, set[str]]]:
        return {}

    def _other_names(self, kind: str, key: str) -> list[str]:
        """What else people call it."""
        if kind == "stream":
            return _in_every_language(Stream(key))
        if kind == "category":
            category = _category(key)
            return [category.code, *_in_every_language(category), category_label(key)] if category else []
        if kind == "partner":
            return [name for each in self.facts.partners if each.key == key for name in (each.name, each.short_name)]
        return [each.name for each in self.facts.sites if kind == "site" and each.key == key]


def known_categories(scheme: StreamScheme) -> tuple[str, ...]:
    """The categories in which a line of this stream counts."""
    return tuple(scheme.cost_model.groups) if scheme.stream is Stream.MACHINE else scheme.cost_model.categories


def category_label(code: str) -> str:
    """`A.1 Employees or equivalent`, in the active language."""
    category = _category(code)
    return f"{category.code} {wording.word(category)}".strip() if category else code


def flags(word: str) -> frozenset[str]:
    """Yes, or no, in four languages."""
    spoken = set()
    for language in Language:
        with override(language.value):
            spoken.add(_folded(wording.word(word)))
    return frozenset(spoken)


def _labels(names: Iterable[tuple[str, str]]) -> Labels:
    """A name for each key: its own where that is safe in a lookup and nobody else's, else one with the key."""
    labels: Labels = {}
    taken: set[str] = set()
    for key, name in names:
        tried = (
            [name, f"{name} ({key})"] if _SAFE.fullmatch(name) and "_x00" not in name and len(name) <= LONGEST else []
        )
        tried += [str(key), *(f"{key} ({number})" for number in range(2, 100))]
        label = next(each for each in tried if _folded(each) not in taken)
        taken.add(_folded(label))
        labels[str(key)] = label
    return labels


def _category(code: str) -> Category | None:
    return next((category for category in Category if category.value == code), None)


def _in_every_language(word: Word) -> list[str]:
    spoken = []
    for language in Language:
        with override(language.value):
            spoken.append(wording.word(word))
    return spoken


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
