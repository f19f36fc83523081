"""What is wrong in a bid file: everything at once, within reason."""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from bids.rulebook.text import Problem, Sentence, counted, gettext_noop, nearest, ngettext_noop, quoted, sentence

MOST = 100
_FEW = 24  # names that are listed in full; for very many, not even the nearest is looked for
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


class Unreadable(ValueError):
    """A bid file that can't be taken, with what is wrong in it, place by place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Problems:
    """Gathers problems; the first hundred in words, the others as a count."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.untold = 0

    @property
    def are_enough(self) -> bool:
        """Nobody reads further: what costs time to put in words may be left out."""
        return len(self.found) >= MOST

    def add(self, path: str, template: str, **params: object) -> None:
        """Say in words what is wrong at a place, unless enough has been said."""
        if self.are_enough:
            self.untold += 1
        else:
            self.tell(path, sentence(template, **params))

    def tell(self, path: str, words: Sentence) -> None:
        """The same for a sentence that is written already."""
        if self.are_enough:
            self.untold += 1
        else:
            self.found.append(Problem(path, words))

    def unknown(self, path: str, template: str, word: str, known: Collection[str], **params: object) -> None:
        """A word that names nothing, with the one that was probably meant, or else those there are."""
        if self.are_enough:
            self.untold += 1
            return
        what = sentence(template, value=quoted(word), **params)
        meant = nearest(word, known) if len(known) <= _FEW * _FEW else None
        if meant:
            what = sentence(gettext_noop("%(what)s Did you mean %(meant)s?"), what=what, meant=meant)
        elif 0 < len(known) <= _FEW:
            listed = ", ".join(known)
            what = sentence(gettext_noop("%(what)s Known are: %(known)s."), what=what, known=listed)
        self.tell(path, what)

    def touch(self, path: str) -> bool:
        """Something is wrong at this very place."""
        return any(problem.path == path for problem in self.found)

    def touched(self, form: re.Pattern[str]) -> set[str]:
        """The places of this form at or below which something is wrong."""
        matches = (form.match(problem.path) for problem in self.found)
        return {match.group() for match in matches if match}

    def refuse(self) -> None:
        """Raise `Unreadable` if anything was found."""
        if not self.found:
            return
        told = list(self.found)
        if self.untold:
            more: Sentence = counted(
                ngettext_noop("%(count)s more problem is not listed.", "%(count)s more problems are not listed."),
                self.untold,
            )
            told.append(Problem("$", more))
        raise Unreadable(tuple(told))


def inside(path: str, name: str) -> str:
    """The path of a member: `$.budget[0].amount`, or `$["odd name"]` where the name is no identifier."""
    if _PLAIN_NAME.fullmatch(name):
        return f"{path}.{name}"
    shown = name if len(name) <= 60 else name[:59] + "…"
    return f"{path}[{json.dumps(shown)}]"
