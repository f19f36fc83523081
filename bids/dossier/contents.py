"""Which sections a dossier has, in which order: read from the call, so that an antenna's differs from a factory's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bids.dossier.long.table import LongTable
from bids.dossier.sections import (
    assurance,
    budget,
    changed,
    chapters,
    consortium,
    declarations,
    difference,
    financing,
    judgement,
    letters,
    lines,
    receipt,
    rewritten,
    risks,
    sites,
    steps,
    summary,
    work,
)
from bids.dossier.source import Source
from bids.rulebook.sections import BidSection
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import DossierKind

ROWS_PER_SECTION = 800  # a longer table is set in pieces, so that no piece meets a limit
SHORT = 2_000  # tables of ours that may share pages
LENGTH_OF_A_HEAD = 500  # what a heading takes, in characters of text
LENGTH_OF_A_CHANGE = 300  # what an entry that changed takes in a table, likewise
ON_ONE_SHEET = 24_000  # characters: about eight pages, which an edit sets anew
WHERE_PAGES_COUNT = 240_000  # about eighty: more than any call allows, so that no chapter begins on a page of its own

WHAT_CHANGED = Sentence(gettext_noop("The difference"))
JUDGEMENT = Sentence(gettext_noop("The judgement"))
AT_A_GLANCE = Sentence(gettext_noop("The bid at a glance"))
WHO_AND_WHERE = Sentence(gettext_noop("Who and where"))
THE_APPLICATION = Sentence(gettext_noop("The application"))
THE_WORK = Sentence(gettext_noop("The work"))
THE_MONEY = Sentence(gettext_noop("The money"))
ASSURANCE = Sentence(gettext_noop("Assurance and annexes"))
PROOF = Sentence(gettext_noop("Proof of submission"))


@dataclass(frozen=True, slots=True)
class Section:
    """One section: set in pages by itself, bound with the others.

    `name` is plain letters, digits and hyphens: it names files and places. `fill` gives the template
    what it shows; a section that is one long table needs neither. `weight` is its length in characters
    where it may share pages with its neighbours; `inside` holds what does.
    """

    name: str
    title: Sentence
    part: Sentence
    template: str
    fill: Callable[[Source], dict[str, Any]]
    weight: int | None = None
    inside: tuple[Section, ...] = ()
    table: LongTable | None = None


def sheets(source: Source) -> tuple[Section, ...]:
    """The sections as they are set: neighbours that may share pages are set together, up to a length.

    So a short chapter leaves no page half empty, and an edit still sets only a few pages anew.
    """
    most = WHERE_PAGES_COUNT if _is_limited(source) else ON_ONE_SHEET
    groups: list[list[Section]] = []
    for section in sections(source):
        if groups and _fits(groups[-1], section, most):
            groups[-1].append(section)
        else:
            groups.append([section])
    return tuple(group[0] if len(group) == 1 else _together(group) for group in groups)


def _is_limited(source: Source) -> bool:
    """The call, or one like it, says how many pages the chapters may take."""
    return source.call.page_limit is not None or source.call.page_limit_suggested is not None


def _fits(group: list[Section], section: Section, most: int) -> bool:
    if group[0].part != section.part:
        return False
    weights = [each.weight for each in (*group, section)]
    known = [weight for weight in weights if weight is not None]
    return len(known) == len(weights) and sum(known) <= most


def _together(group: list[Section]) -> Section:
    first, last = group[0], group[-1]
    title = sentence(gettext_noop("%(first)s to %(last)s"), first=first.title, last=last.title)
    return Section(first.name, title, first.part, "dossier/together.html", lambda source: {}, inside=tuple(group))


def sections(source: Source) -> tuple[Section, ...]:
    """Every section but the cover and the table of contents, which need to know the others."""
    return tuple(_sections(source))


def _sections(source: Source) -> Iterator[Section]:
    if source.kind is DossierKind.REVIEW:
        yield from _review()
    elif source.kind is DossierKind.RECEIPT:
        yield _section("receipt", gettext_noop("Receipt"), PROOF, receipt.fill)
    elif source.kind is DossierKind.DIFFERENCE:
        yield from _difference(source)
    else:
        yield from _bid(source)


def _review() -> Iterator[Section]:
    """For the ministry: the bid on a page, what was said about it, how to check the file."""
    yield _section("summary", gettext_noop("Summary"), AT_A_GLANCE, summary.fill)
    yield _section("reviews", gettext_noop("Reviews, opinions and votes"), JUDGEMENT, judgement.reviews)
    yield _section("verification", gettext_noop("Verification"), ASSURANCE, assurance.verification)


def _difference(source: Source) -> Iterator[Section]:
    """What is not as it was in the round before: first the money, then things and lines, then words."""
    yield _section("difference", gettext_noop("What changed"), WHAT_CHANGED, difference.fill, SHORT)
    counts = {count.section: count.new + count.gone + count.altered for count in difference.counted(source)}
    sections = counts.keys()
    if sections & set(changed.IN_TABLES):
        title = gettext_noop("Changes outside budget and chapters")
        weight = LENGTH_OF_A_CHANGE * sum(counts.get(section, 0) for section in changed.IN_TABLES)
        yield _section("changed", title, WHAT_CHANGED, changed.fill, weight)
    if BidSection.BUDGET in sections:
        lines_of = changed.lines(source)
        yield from _pieces(
            "changed-lines", gettext_noop("Changed budget lines"), lines_of, changed.fill_lines, WHAT_CHANGED
        )
    if rewritten.texts(source):
        yield _section("rewritten", gettext_noop("Changed chapters"), WHAT_CHANGED, rewritten.fill)
    yield _section("verification", gettext_noop("Verification"), ASSURANCE, assurance.verification)


def _bid(source: Source) -> Iterator[Section]:
    if source.kind is DossierKind.DECISION:
        yield _section("decision", gettext_noop("Decision"), JUDGEMENT, judgement.decision)
    yield _section("summary", gettext_noop("Summary"), AT_A_GLANCE, summary.fill)
    yield _section("declarations", gettext_noop("Applicant and declarations"), AT_A_GLANCE, declarations.fill)
    yield _section("consortium", gettext_noop("Consortium"), WHO_AND_WHERE, consortium.fill)
    if source.facts.sites:
        yield _section("sites", gettext_noop("Sites"), WHO_AND_WHERE, sites.fill)
    yield from _chapters(source)
    yield _section("work", gettext_noop("Work plan"), THE_WORK, work.fill)
    yield from _money(source)
    yield from _assurance(source)


def _chapters(source: Source) -> Iterator[Section]:
    name = gettext_noop("Criteria and where they are answered")
    weight_of_ours = None if _is_limited(source) else SHORT  # what counts begins on a page of its own
    yield _section("criteria", name, THE_APPLICATION, chapters.criteria, weight_of_ours)
    yield from map(chapter, chapters.groups(source))


def chapter(group: chapters.Group) -> Section:
    """One chapter with its sub-chapters."""
    title = sentence(gettext_noop("%(number)s. %(title)s"), number=group.number, title=group.title)
    fill, weight = partial(chapters.fill, group=group), group.length + LENGTH_OF_A_HEAD
    return Section(f"chapter-{group.number}", title, THE_APPLICATION, "dossier/chapter.html", fill, weight)


def _money(source: Source) -> Iterator[Section]:
    yield _section("budget", gettext_noop("Budget"), THE_MONEY, budget.fill)
    if source.facts.budget:
        yield from _long("lines", gettext_noop("Budget lines"), source.facts.budget, lines.table(source), lines.fill)
    yield _section("financing", gettext_noop("Financing and commitments"), THE_MONEY, financing.fill)
    title = gettext_noop("How the Union's share is computed")
    yield from _long("steps", title, steps.groups(source), steps.table(source), steps.fill)


def _assurance(source: Source) -> Iterator[Section]:
    yield _section("risks", gettext_noop("Risks and indicators"), ASSURANCE, risks.fill, SHORT)
    yield _section("checks", gettext_noop("Checks"), ASSURANCE, assurance.checks, SHORT)
    yield _section("annexes", gettext_noop("Annexes"), ASSURANCE, assurance.annexes, SHORT)
    for piece in letters.pieces(source):
        fill = partial(letters.fill, piece=piece)
        yield Section(piece.name, piece.title, ASSURANCE, "dossier/letter.html", fill)
    yield _section("verification", gettext_noop("Verification"), ASSURANCE, assurance.verification)


def _section(
    name: str, title: str, part: Sentence, fill: Callable[[Source], dict[str, Any]], weight: int | None = None
) -> Section:
    return Section(name, Sentence(title), part, f"dossier/{name.replace('-', '_')}.html", fill, weight)


def _long(
    name: str, title: str, rows: Sequence[Any], table: LongTable, fill: Callable[..., dict[str, Any]]
) -> Iterator[Section]:
    """A table of any length: in one piece where it can be written directly, else by the typesetter in many."""
    if rows and table.is_plain:
        yield Section(f"{name}-1", Sentence(title), THE_MONEY, "", lambda _: {}, table=table)
    else:
        yield from _pieces(name, title, rows, fill)


def _pieces(
    name: str, title: str, rows: Sequence[Any], fill: Callable[..., dict[str, Any]], part: Sentence = THE_MONEY
) -> Iterator[Section]:
    """A table of any length as sections of bounded length; most bids need one."""
    pieces = [rows[start : start + ROWS_PER_SECTION] for start in range(0, len(rows), ROWS_PER_SECTION)] or [rows]
    for number, piece in enumerate(pieces, start=1):
        numbered = sentence(gettext_noop("%(title)s (%(number)s)"), title=Sentence(title), number=number)
        yield Section(
            f"{name}-{number}",
            numbered if len(pieces) > 1 else Sentence(title),
            part,
            f"dossier/{name.replace('-', '_')}.html",
            partial(fill, piece=piece, is_last=number == len(pieces)),
        )
