"""Facts → HTML: one document per section, in the dossier's language, by the templates of `templates/dossier/`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override

from bids import wording
from bids.dossier.contents import Section
from bids.dossier.long.table import LongTable
from bids.dossier.manuscript import Manuscript
from bids.dossier.names import Names
from bids.dossier.sections.assurance import check_code
from bids.dossier.source import Source
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import DossierKind

DEMONSTRATION = gettext_noop(
    "Reconstruction for demonstration, from public reports. Amounts, partners’ shares, letters and texts are "
    "illustrative. Not the file submitted by Belgium."
)
TITLES = {
    DossierKind.DRAFT: gettext_noop("Draft dossier"),
    DossierKind.SUBMISSION: gettext_noop("Submission dossier, round %(round)s"),
    DossierKind.REVIEW: gettext_noop("Review dossier, round %(round)s"),
    DossierKind.DECISION: gettext_noop("Decision dossier, round %(round)s"),
    DossierKind.RECEIPT: gettext_noop("Receipt, round %(round)s"),
    DossierKind.DIFFERENCE: gettext_noop("What changed: round %(round)s against round %(before)s"),
}
DRAFT_DIFFERENCE = gettext_noop("What changed: draft against round %(before)s")
SIGN_OF_A_COLUMN = re.compile(r" (?=\(?€\)?<)")  # never alone on a line


class Captions:
    """Numbers tables and figures through the whole dossier; asking for a number takes it."""

    def __init__(self) -> None:
        self._tables = self._figures = 0

    def table(self) -> int:
        self._tables += 1
        return self._tables

    def figure(self) -> int:
        self._figures += 1
        return self._figures


class Writer:
    """Writes the sections of one dossier, in order."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.captions = Captions()

    def section(self, section: Section) -> Manuscript:
        """One section as the press takes it."""
        with override(self.source.language):
            parts = [self._part(each, place=place) for place, each in enumerate(section.inside, start=1)]
            if section.table:
                return self._table(section, section.table)
            if not parts:
                return self._part(section)
            inside = [mark_safe(part.text) for part in parts]  # noqa: S308 (rendered by templates)
            return self._document(section.name, "dossier/together.html", {"inside": inside})

    def _part(self, section: Section, *, place: int = 0) -> Manuscript:
        """A section as a document, or in its place (from 1) in one that holds several."""
        shown = {"title": wording.say(section.title), "part": wording.say(section.part), "name": section.name}
        return self._document(section.name, section.template, shown | {"place": place} | section.fill(self.source))

    def _table(self, section: Section, table: LongTable) -> Manuscript:
        told = replace(
            table,
            title=wording.say(section.title),
            part=wording.say(section.part),
            number=gettext("Table %(number)s.") % {"number": self.captions.table()},
        )
        return Manuscript(section.name, told.as_json(), self.source.language, "table")

    def cover(self) -> Manuscript:
        with override(self.source.language):
            shown = {"title": self.source.facts.title, "code": check_code(self.source)}
            return self._document("cover", "dossier/cover.html", shown)

    def contents(self, lists: dict[str, Any]) -> Manuscript:
        """The table of contents with the lists of tables and figures, once every page number is known."""
        with override(self.source.language):
            return self._document("contents", "dossier/contents.html", lists | {"title": gettext("Contents")})

    def _document(self, name: str, template: str, shown: dict[str, Any]) -> Manuscript:
        source = self.source
        given = {
            "source": source,
            "facts": source.facts,
            "call": source.call,
            "assessment": source.assessment,
            "rest": source.assessment.total - source.assessment.eu,
            "names": Names(source.facts),
            "captions": self.captions,
            "kind": kind_of(source),
            "is_draft": source.is_draft,
        }
        written = render_to_string(template, given | shown)
        return Manuscript(name, SIGN_OF_A_COLUMN.sub("\N{NO-BREAK SPACE}", written), source.language)


def kind_of(source: Source) -> str:
    """`Submission dossier, round 2`, in the active language."""
    template = DRAFT_DIFFERENCE if source.before and source.is_draft else TITLES[source.kind]
    return wording.say(sentence(template, round=source.round, before=source.before and source.before.round))
