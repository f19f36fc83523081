"""The letters on their way into the press: each looked at once more, because their digests stand on the pages."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from bids.dossier.addresses import place_of
from bids.dossier.press import Press
from bids.dossier.source import CannotBuild, Letter, Source
from bids.rulebook.text import gettext_noop, sentence

GONE = gettext_noop("The file of “%(document)s” is missing. Upload it again under Documents, then ask for the dossier.")
CHANGED = gettext_noop(
    "The file of “%(document)s” is no longer the one that was uploaded: its digest has changed. Upload it again under "
    "Documents, then ask for the dossier."
)


def bring(source: Source, press: Press) -> None:
    """Copy every letter into the press; one that is missing or changed stops the dossier with a sentence."""
    for letter in source.letters:
        try:
            digest = _copy(letter.path, press.folder / place_of(letter.sha256))
        except FileNotFoundError as problem:
            raise _refused(GONE, letter) from problem
        if digest != letter.sha256:
            raise _refused(CHANGED, letter)


def _copy(path: Path, target: Path) -> str:
    """The digest is that of the copy, so that nobody changes the file between the look and the use."""
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(path, target)
    with target.open("rb") as copied:
        return hashlib.file_digest(copied, "sha256").hexdigest()


def _refused(template: str, letter: Letter) -> CannotBuild:
    return CannotBuild(sentence(template, document=letter.title))
