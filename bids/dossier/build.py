"""The whole road: source → sections → pages → one PDF. The same source gives the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from decimal import ROUND_UP, Decimal
from typing import Any

from django.utils.translation import gettext, override

from accounts.faults import fault
from bids import wording
from bids.dossier import lengths, letters, listing, standards
from bids.dossier.contents import Section, sheets
from bids.dossier.edition import PRODUCER
from bids.dossier.enclosures import enclosed, too_large
from bids.dossier.html import DEMONSTRATION, Writer, kind_of
from bids.dossier.manuscript import Manuscript
from bids.dossier.means import Means
from bids.dossier.press import Press, PressFailed
from bids.dossier.sections.chapters import untranslated
from bids.dossier.sections.letters import ANNEX
from bids.dossier.setting import Setting
from bids.dossier.source import Built, CannotBuild, Source
from bids.dossier.warm import a_press
from bids.dossier.warnings import warnings_of
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import DossierKind, PartnerRole

TRIES_FOR_CONTENTS = 3  # its own length moves the page numbers it prints
ENTRIES_ON_A_PAGE = 50  # a first guess at its length
SECTIONS_SHARE = 0.9  # of the work; the rest is contents and binding

CONTENTS = Sentence(gettext_noop("Contents"))
COVER = Sentence(gettext_noop("Cover"))
WHOLE = Sentence(gettext_noop("The whole dossier"))

# What the text itself is to blame for: it would fail again.
FINAL = {
    "nesting": gettext_noop("“%(section)s” is nested too deeply to be printed. Take lists out of lists."),
    "time": gettext_noop("“%(section)s” takes too long to set in pages. Shorten its texts and tables, and try again."),
    "memory": gettext_noop("“%(section)s” needs more memory than a dossier may use. Shorten its texts and tables."),
    "intricate": gettext_noop("“%(section)s” is too intricate to be shown. Print it as PDF, and upload that."),
    "size": gettext_noop("“%(section)s” makes a larger file than a dossier may be. Shorten its texts and tables."),
    "letter": gettext_noop("“%(section)s” can't be shown: its file is damaged. Print it as PDF, and upload that."),
    "error": gettext_noop("“%(section)s” could not be set in pages. Tell the people who run Tandem."),
}
OF_A_LETTER = {"time": "intricate", "memory": "intricate", "error": "intricate"}  # nobody can shorten its texts
# What may go better at another time.
FOR_NOW = {
    "clock": gettext_noop("“%(section)s” was not finished in time: the machine was busy or stopped. Try again later."),
    "disk": gettext_noop("“%(section)s” could not be written to disk. Tell the people who run Tandem, and try again."),
    "killed": gettext_noop("“%(section)s” was not finished: the printer was stopped. Try again later."),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """One sheet before it is set: its text, what it is called, and the part of the dossier it stands in.

    `alone` gives the sections that share it, each by itself.
    """

    text: Manuscript
    title: Sentence
    part: str = ""
    alone: Callable[[], list[Planned]] = list


@dataclass(frozen=True, slots=True)
class Sheets:
    """One section set in pages, as the binding needs it."""

    name: str
    head: str
    part: str
    pages: int
    headings: list[dict[str, Any]]
    warnings: tuple[Sentence, ...]
    filled: float = 1.0

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "head": self.head, "part": self.part, "headings": self.headings}


def build_pdf(
    source: Source,
    *,
    means: Means | None = None,
    progressed: Callable[[float], None] = lambda share: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Built:
    """Make the dossier of a source, or raise CannotBuild with the sentence that names the section.

    `progressed` hears the share of the work that is done; `meanwhile` is called about twice a second
    while the press works, and may raise to give up.
    """
    means = means or Means()
    with override(source.language), a_press(source.language, means, meanwhile) as press:
        letters.bring(source, press)
        writer = Writer(source)
        body = [_planned(writer, each) for each in sheets(source)]
        inside = enclosed(source)  # before anything is set: a new press is still getting ready
        book = _book(Setting(press, means), writer, body, progressed)
        pdf = _bind(press, source, book, inside.laid_out(press)).read_bytes()
        found = standards.remarks(press)
        written = lengths.written_pages(book)
        too_long = tuple(lengths.remarks(source, book)) if written else ()
    told = (warning for sheets in book for warning in sheets.warnings)
    warnings = [
        *(untranslated(source) if written else ()),
        *told,
        *inside.warnings,
        *too_large(source, len(pdf)),
        *found,
    ]
    pages, digest = sum(sheets.pages for sheets in book), hashlib.sha256(pdf).hexdigest()
    if not written:
        return Built(pdf, pages, digest, tuple(warnings), press.network)
    return Built(pdf, pages, digest, (*too_long, *warnings), press.network, written, lengths.digest_of(source.facts))


def length_of(
    source: Source, section: Section, *, means: Means | None = None, meanwhile: Callable[[], None] = lambda: None
) -> Decimal:
    """How many pages one section takes by itself, begun on a new page; the last one counts as far as it is filled."""
    means = means or Means()
    with override(source.language), a_press(source.language, means, meanwhile) as press:
        planned = Planned(Writer(source).section(section), section.title)
        ((_, sheets),) = _set(Setting(press, means), [planned])
    return (Decimal(sheets.pages - 1) + Decimal(sheets.filled)).quantize(Decimal("0.1"), ROUND_UP)


def _book(setting: Setting, writer: Writer, body: list[Planned], progressed: Callable[[float], None]) -> list[Sheets]:
    """Every section set, in the order of the dossier; progress counts what is done by length."""
    is_one_sheet = writer.source.kind is DossierKind.RECEIPT  # no cover, no table of contents
    planned = body if is_one_sheet else [Planned(writer.cover(), COVER), *body]
    whole = sum(len(each.text.text) for each in planned)
    found: dict[str, Sheets] = {}
    done = 0
    for each, done_now in _set(setting, planned):
        found[each.text.name] = done_now
        done += len(each.text.text)
        if len(found) == len(planned) // 2:
            fault("render.mid")
        progressed(SECTIONS_SHARE * done / whole)
    in_order = [found[each.text.name] for each in planned]
    if is_one_sheet:
        return in_order
    cover, *sections_set = in_order
    contents = _contents(setting, writer, sections_set, cover.pages)
    return [replace(cover, head="", headings=[]), contents, *sections_set]


def _planned(writer: Writer, section: Section) -> Planned:
    def alone() -> list[Planned]:
        return [_planned(writer, each) for each in section.inside]

    return Planned(writer.section(section), section.title, wording.say(section.part), alone)


def _set(setting: Setting, planned: Sequence[Planned]) -> Iterator[tuple[Planned, Sheets]]:
    """The sections as they get done, in whatever order."""
    by_name = {each.text.name: each for each in planned}
    try:
        for text, told in setting.each(each.text for each in planned):
            each = by_name[text.name]
            warnings = tuple(warnings_of(each.title, told["complaints"], told["refused"]))
            yield (
                each,
                Sheets(
                    text.name,
                    wording.say(each.title),
                    each.part,
                    told["pages"],
                    told["headings"],
                    warnings,
                    told["filled"],
                ),
            )
    except PressFailed as failure:
        blamed = by_name.get(failure.order)
        raise _because(failure, _culprit(setting.press, blamed, failure) if blamed else WHOLE) from failure


def _culprit(press: Press, sheet: Planned, failure: PressFailed) -> Sentence:
    """The section that fails by itself as well, of those that share the sheet; else all of them."""
    sharing = sheet.alone() if failure.reason in FINAL else []
    return next((each.title for each in sharing if _fails(press, each)), sheet.title)


def _fails(press: Press, section: Planned) -> bool:
    with Press(press.language, press.limits, press.meanwhile) as another:  # the first may have orders at work
        try:
            next(another.set_each([section.text]))
        except PressFailed:
            return True
    return False


def _because(failure: PressFailed, section: Sentence) -> CannotBuild:
    """The failure of the press as a sentence that names the section."""
    is_a_letter = failure.order.startswith(ANNEX)
    reason = OF_A_LETTER.get(failure.reason, failure.reason) if is_a_letter else failure.reason
    return CannotBuild(sentence((FINAL | FOR_NOW)[reason], section=section), is_final=reason in FINAL)


def _contents(setting: Setting, writer: Writer, body: list[Sheets], before: int) -> Sheets:
    """The table of contents, set again until it has the length it reckoned with."""
    pages = 1 + listing.count(body) // ENTRIES_ON_A_PAGE
    for _ in range(TRIES_FOR_CONTENTS):
        text = writer.contents(listing.lists(body, before + pages))
        ((_, contents),) = _set(setting, [Planned(text, CONTENTS)])
        if contents.pages == pages:
            break
        pages = contents.pages
    return contents


def _bind(press: Press, source: Source, book: list[Sheets], files: list[dict[str, str]]) -> Any:
    try:
        return press.bind(_plan(source, book) | {"files": files})
    except PressFailed as failure:
        raise _because(failure, WHOLE) from failure


def _plan(source: Source, book: list[Sheets]) -> dict[str, Any]:
    facts = source.facts
    name = facts.acronym or facts.reference or facts.title
    coordinator = next((p.name for p in facts.partners if p.role is PartnerRole.COORDINATOR), name)
    return {
        "sections": [sheets.as_json() for sheets in book],
        "language": source.language,
        "title": f"{name}: {kind_of(source)}",
        "author": coordinator,
        "subject": f"{facts.title} (SHA-256 {source.digest})",
        "producer": PRODUCER,
        "date": source.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "foot": [f"{facts.reference or name} · {kind_of(source)}", f"SHA-256 {source.digest}"],
        "note": wording.say(sentence(DEMONSTRATION)) if source.is_demo else "",
        "page_of": gettext("Page %(page)s of %(pages)s"),
        "watermark": gettext("DRAFT") if source.is_draft else "",
        "seal": "" if source.is_draft else gettext("Electronic seal of this dossier"),
    }
