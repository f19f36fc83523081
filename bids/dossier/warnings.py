"""What the typesetter complained about, in words: nothing is left out of a dossier in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bids.rulebook.text import Sentence, gettext_noop, sentence

LETTER = re.compile(r'unsupported by fonts: "(.+?)" \(U\+')
MOST_LETTERS = 30

MISSING_LETTERS = gettext_noop(
    "The section “%(section)s” has characters that the dossier's font lacks; boxes are printed instead: %(letters)s"
)
NOT_FETCHED = gettext_noop(
    "The section “%(section)s” points at something outside the dossier, which is left out: %(address)s"
)
OTHERWISE = gettext_noop("The section “%(section)s” was set with a remark: %(remark)s")
LEFT_TO_REFUSED = ("Failed to load", "a dossier fetches nothing")


def warnings_of(section: Sentence, complaints: Iterable[str], refused: Iterable[str]) -> Iterator[Sentence]:
    """The complaints of one section as sentences, letters gathered into one."""
    letters: dict[str, None] = {}
    for complaint in complaints:
        found = LETTER.search(complaint)
        if found:
            letters.setdefault(found[1])
        elif not any(words in complaint for words in LEFT_TO_REFUSED):
            yield sentence(OTHERWISE, section=section, remark=complaint)
    if letters:
        yield sentence(MISSING_LETTERS, section=section, letters=" ".join(list(letters)[:MOST_LETTERS]))
    for address in refused:
        yield sentence(NOT_FETCHED, section=section, address=address)
