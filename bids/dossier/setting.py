"""Manuscripts become fragments in the folder of the press: taken from those set before, else set now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bids.dossier.edition import EDITION
from bids.dossier.fragments import Fragment
from bids.dossier.manuscript import Manuscript
from bids.dossier.means import Means
from bids.dossier.press import Press


class Setting:
    """The same manuscripts give the same fragments, whether they were kept or not, and in whatever order they come."""

    def __init__(self, press: Press, means: Means) -> None:
        self.press = press
        self.fragments = means.fragments

    def each(self, manuscripts: Iterable[Manuscript]) -> Iterator[tuple[Manuscript, dict[str, Any]]]:
        """What was told of each, as it comes: first what was kept, then the longest."""
        keys = {each: each.key(EDITION, *self.press.libraries) for each in manuscripts}
        missing = []
        for manuscript, key in keys.items():
            kept = self.fragments and self.fragments.find(key)
            if kept:
                self.press.lay(manuscript.name, kept.pdf)
                yield manuscript, kept.told
            else:
                missing.append(manuscript)
        missing.sort(key=lambda manuscript: len(manuscript.text), reverse=True)
        for manuscript, told in self.press.set_each(missing):
            if self.fragments:
                self.fragments.keep(keys[manuscript], Fragment(self.press.fragment(manuscript.name), told))
            yield manuscript, told
