"""Texts, and short texts with a fixed form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bids.bidfile.kinds.kind import Definitions, Json, Kind, Pointer
from bids.bidfile.problems import Problems
from bids.rulebook.facts.countries import COUNTRIES, UNION_CODES
from bids.rulebook.text import gettext_noop, quoted

_CONTROL = "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\ufffe\\uffff"
_UNPRINTABLE = re.compile(f"[{_CONTROL}\\ud800-\\udfff]")
NOT_TEXT = gettext_noop("Write a text here, in quotes.")


class Prose(Kind):
    """Any text of a limited length, without control characters."""

    def __init__(self, most: int, least: int = 0) -> None:
        self.most, self.least = most, least
        self.definition = f"text_{most}" if not least else None
        self.blank = ""

    def read(self, value: Json, path: str, problems: Problems) -> str:
        if not isinstance(value, str):
            problems.add(path, NOT_TEXT)
        elif len(value) < self.least:
            problems.add(path, gettext_noop("This may not be empty."))
        elif len(value) > self.most:
            template = gettext_noop("This text has %(length)s characters; at most %(most)s are allowed.")
            problems.add(path, template, length=len(value), most=self.most)
        elif _UNPRINTABLE.search(value):
            problems.add(path, gettext_noop("This text holds control characters. Remove them."))
        else:
            return value
        return ""

    def describe(self, definitions: Definitions) -> Json:
        least = {"minLength": self.least} if self.least else {}
        return {"type": "string", **least, "maxLength": self.most, "pattern": f"^[^{_CONTROL}]*$"}


class Form(Kind):
    """A short text whose whole matches a pattern; empty where `may_be_empty`."""

    blank = ""
    sentence = gettext_noop("%(value)s is not a key: write 1 to 32 letters, digits, points, dashes or underscores.")

    def __init__(self, name: str, pattern: str, may_be_empty: bool = False) -> None:
        self.name, self.may_be_empty = name, may_be_empty
        self.pattern = f"^(?:{pattern})?$" if may_be_empty else f"^{pattern}$"
        self.definition = f"{name}_or_empty" if may_be_empty else name
        self._form = re.compile(self.pattern[:-1] + r"\Z")
        self.sentence = SENTENCES.get(name, self.sentence)

    def read(self, value: Json, path: str, problems: Problems) -> str:
        if not isinstance(value, str):
            problems.add(path, NOT_TEXT)
        elif not self._form.match(value):
            self.refuse(value, path, problems)
        else:
            return value
        return ""

    def refuse(self, value: str, path: str, problems: Problems) -> None:
        problems.add(path, self.sentence, value=quoted(value))

    def describe(self, definitions: Definitions) -> Json:
        return {"type": "string", "pattern": self.pattern}


SENTENCES = {
    "name": gettext_noop("%(value)s is not a name: write 1 to 64 letters, digits, points, dashes or underscores."),
    "line_reference": gettext_noop("%(value)s names no line of another bid: write REFERENCE#line-key."),
    "digest": gettext_noop("%(value)s is not a SHA-256 digest: write 64 hexadecimal digits in small letters."),
    "region": gettext_noop('%(value)s is not a region: write its code of ISO 3166-2, such as "BE-WAL".'),
}
_UNION_CODE = gettext_noop('%(code)s is the Union\'s own code: write "%(iso)s", it is printed as %(code)s.')


class Region(Form):
    """A region by its code of ISO 3166-2: a country, a dash, and up to three letters or digits."""

    def __init__(self, may_be_empty: bool = False) -> None:
        super().__init__("region", rf"(?:{'|'.join(sorted(COUNTRIES))})-[A-Z0-9]{{1,3}}", may_be_empty)

    def refuse(self, value: str, path: str, problems: Problems) -> None:
        country, dash, _ = value.partition("-")
        if dash and country in UNION_CODES:
            problems.add(path, _UNION_CODE, code=country, iso=UNION_CODES[country])
        else:
            super().refuse(value, path, problems)


class Country(Kind):
    """A country by its code of ISO 3166-1 alpha-2."""

    blank = ""

    def __init__(self, may_be_empty: bool = False) -> None:
        self.definition = "country_or_empty" if may_be_empty else "country"
        self.codes = [*([""] if may_be_empty else []), *sorted(COUNTRIES)]
        self._known = frozenset(self.codes)

    def read(self, value: Json, path: str, problems: Problems) -> str:
        if not isinstance(value, str):
            problems.add(path, NOT_TEXT)
        elif value in UNION_CODES:
            problems.add(path, _UNION_CODE, code=value, iso=UNION_CODES[value])
        elif value not in self._known:
            template = gettext_noop('%(value)s is no country: write its code of ISO 3166-1, such as "BE".')
            problems.add(path, template, value=quoted(value))
        else:
            return value
        return ""

    def describe(self, definitions: Definitions) -> Json:
        return {"type": "string", "enum": self.codes}


class PointerTo(Form):
    """The key of an entry of another list of the same bid."""

    points = True

    def __init__(self, section: str, pattern: str, may_be_empty: bool = False) -> None:
        super().__init__("key", pattern, may_be_empty)
        self.section = section

    def pointers(self, fact: str, path: str) -> Iterator[Pointer]:
        if fact:
            yield path, self.section, fact


class Choice(Kind):
    """One word of a fixed list."""

    def __init__(self, words: type) -> None:
        self.words = {str(word): word for word in words}  # type: ignore[attr-defined]
        self.definition = words.__name__
        self.blank = next(iter(self.words.values()))

    def read(self, value: Json, path: str, problems: Problems) -> object:
        if isinstance(value, str) and value in self.words:
            return self.words[value]
        problems.unknown(path, gettext_noop("%(value)s is not a word known here."), str(value), self.words)
        return self.blank

    def write(self, fact: object) -> Json:
        return str(fact)

    def describe(self, definitions: Definitions) -> Json:
        return {"type": "string", "enum": list(self.words)}


class Constant(Kind):
    """A word that is always the same."""

    def __init__(self, word: str) -> None:
        self.blank = self.word = word

    def read(self, value: Json, path: str, problems: Problems) -> str:
        if value != self.word:
            template = gettext_noop('This must be "%(word)s", but is %(value)s.')
            problems.add(path, template, word=self.word, value=quoted(value))
        return self.word

    def describe(self, definitions: Definitions) -> Json:
        return {"const": self.word}
