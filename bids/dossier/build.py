"""The whole road: source → sections → pages → one PDF. The same source gives the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, override

from accounts.faults import fault
from bids import wording
from bids.dossier.contents import Section, sections
from bids.dossier.edition import PRODUCER
from bids.dossier.html import DEMONSTRATION, Writer, kind_of
from bids.dossier.limits import Limits
from bids.dossier.press import Press, PressFailed
from bids.dossier.sections.chapters import untranslated
from bids.dossier.source import Built, CannotBuild, Source
from bids.dossier.warnings import warnings_of
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import DossierKind, PartnerRole

TRIES_FOR_CONTENTS = 3  # its own length moves the page numbers it prints
DEEPEST_IN_CONTENTS = 2
SECTIONS_SHARE = 0.9  # of the work; the rest is contents and binding

CONTENTS = Sentence(gettext_noop("Contents"))
COVER = Sentence(gettext_noop("Cover"))
WHOLE = Sentence(gettext_noop("The whole dossier"))

# What the text itself is to blame for: it would fail again.
FINAL = {
    "nesting": gettext_noop("“%(section)s” is nested too deeply to be printed. Take lists out of lists."),
    "time": gettext_noop("“%(section)s” takes too long to set in pages. Shorten its texts and tables, and try again."),
    "memory": gettext_noop("“%(section)s” needs more memory than a dossier may use. Shorten its texts and tables."),
    "size": gettext_noop("“%(section)s” makes a larger file than a dossier may be. Shorten its texts and tables."),
    "error": gettext_noop("“%(section)s” could not be set in pages. Tell the people who run Tandem."),
}
# What may go better at another time.
FOR_NOW = {
    "clock": gettext_noop("“%(section)s” was not finished in time: the machine was busy or stopped. Try again later."),
    "disk": gettext_noop("“%(section)s” could not be written to disk. Tell the people who run Tandem, and try again."),
    "killed": gettext_noop("“%(section)s” was not finished: the printer was stopped. Try again later."),
}


@dataclass(frozen=True, slots=True)
class Sheets:
    """One section set in pages, as the binding needs it."""

    name: str
    head: str
    part: str
    pages: int
    headings: list[dict[str, Any]]
    warnings: tuple[Sentence, ...]

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "head": self.head, "part": self.part, "headings": self.headings}


def build_pdf(
    source: Source,
    *,
    limits: Limits | None = None,
    progressed: Callable[[float], None] = lambda share: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Built:
    """Make the dossier of a source, or raise CannotBuild with the sentence that names the section.

    `progressed` hears the share of the work that is done; `meanwhile` is called about twice a second
    while the press works, and may raise to give up.
    """
    with override(source.language):
        writer = Writer(source)
        todo = sections(source)
        texts = [writer.section(section) for section in todo]
        with Press(source.language, limits or Limits(), meanwhile) as press:
            body = list(_typeset(press, todo, texts, progressed))
            book = [*_front(press, writer, body), *body]
            bound = _bind(press, source, book)
            pdf = bound.read_bytes()
    warnings = [*untranslated(source), *(warning for sheets in book for warning in sheets.warnings)]
    return Built(
        pdf, sum(sheets.pages for sheets in book), hashlib.sha256(pdf).hexdigest(), tuple(warnings), press.network
    )


def _typeset(
    press: Press, todo: tuple[Section, ...], texts: list[str], progressed: Callable[[float], None]
) -> Iterator[Sheets]:
    """Set each section; progress counts what is done by length."""
    whole = sum(len(text) for text in texts)
    done = 0
    for number, (section, text) in enumerate(zip(todo, texts, strict=True)):
        if number == len(todo) // 2:
            fault("render.mid")
        yield _set(press, section.name, section.title, wording.say(section.part), text)
        done += len(text)
        progressed(SECTIONS_SHARE * done / whole)


def _set(press: Press, name: str, title: Sentence, part: str, html: str) -> Sheets:
    try:
        found = press.typeset(name, html)
    except PressFailed as failure:
        raise _because(failure, title) from failure
    warnings = tuple(warnings_of(title, found["complaints"], found["refused"]))
    return Sheets(name, wording.say(title), part, found["pages"], found["headings"], warnings)


def _because(failure: PressFailed, section: Sentence) -> CannotBuild:
    """The failure of the press as a sentence that names the section."""
    is_final = failure.reason in FINAL
    return CannotBuild(sentence((FINAL | FOR_NOW)[failure.reason], section=section), is_final=is_final)


def _front(press: Press, writer: Writer, body: list[Sheets]) -> list[Sheets]:
    """Cover and table of contents, which is set again until it has the length it reckoned with."""
    cover = _set(press, "cover", COVER, "", writer.cover())
    pages = 1
    for _ in range(TRIES_FOR_CONTENTS):
        html = writer.contents(_parts(body, cover.pages + pages))
        contents = _set(press, "contents", CONTENTS, "", html)
        if contents.pages == pages:
            break
        pages = contents.pages
    bare = Sheets("cover", "", "", cover.pages, [], cover.warnings)
    return [bare, contents]


def _parts(body: list[Sheets], before: int) -> list[dict[str, Any]]:
    """What the contents page lists: the parts, and the headings in them with their pages."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for sheets in body:
        for number, heading in enumerate(sheets.headings):
            if heading["level"] <= DEEPEST_IN_CONTENTS:
                entry = {
                    "title": heading["label"], "level": heading["level"],
                    "page": before + heading["page"] + 1, "place": f"{sheets.name}.{number}",
                }  # fmt: skip
                parts.setdefault(sheets.part, []).append(entry)
        before += sheets.pages
    return [{"name": name, "entries": entries} for name, entries in parts.items()]


def _bind(press: Press, source: Source, book: list[Sheets]) -> Any:
    try:
        return press.bind(_plan(source, book))
    except PressFailed as failure:
        raise _because(failure, WHOLE) from failure


def _plan(source: Source, book: list[Sheets]) -> dict[str, Any]:
    facts = source.facts
    name = facts.acronym or facts.reference or facts.title
    coordinator = next((p.name for p in facts.partners if p.role is PartnerRole.COORDINATOR), name)
    is_draft = source.kind is DossierKind.DRAFT
    return {
        "sections": [sheets.as_json() for sheets in book],
        "language": source.language,
        "title": f"{name}: {kind_of(source)}",
        "author": coordinator,
        "subject": f"{facts.title} (SHA-256 {source.digest})",
        "producer": PRODUCER,
        "date": source.made_at.isoformat(),
        "foot": [f"{facts.reference or name} · {kind_of(source)}", f"SHA-256 {source.digest}"],
        "note": wording.say(sentence(DEMONSTRATION)) if source.is_demo else "",
        "page_of": gettext("Page %(page)s of %(pages)s"),
        "watermark": gettext("DRAFT") if is_draft else "",
        "seal": "" if is_draft else gettext("Electronic seal of this dossier"),
    }
