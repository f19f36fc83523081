"""Which sections a dossier has, in which order: read from the call, so that an antenna's differs from a factory's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bids.dossier.sections import (
    assurance,
    budget,
    chapters,
    consortium,
    declarations,
    financing,
    judgement,
    lines,
    receipt,
    risks,
    sites,
    steps,
    summary,
    work,
)
from bids.dossier.source import Source
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import DossierKind

ROWS_PER_SECTION = 800  # a longer table is set in pieces, so that no piece meets a limit

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
    what it shows.
    """

    name: str
    title: Sentence
    part: Sentence
    template: str
    fill: Callable[[Source], dict[str, Any]]


def sections(source: Source) -> tuple[Section, ...]:
    """Every section but the cover and the table of contents, which need to know the others."""
    return tuple(_sections(source))


def _sections(source: Source) -> Iterator[Section]:
    if source.kind is DossierKind.REVIEW:
        yield from _review()
    elif source.kind is DossierKind.RECEIPT:
        yield _section("receipt", gettext_noop("Receipt"), PROOF, receipt.fill)
    else:
        yield from _bid(source)


def _review() -> Iterator[Section]:
    """For the ministry: the bid on a page, what was said about it, how to check the file."""
    yield _section("summary", gettext_noop("Summary"), AT_A_GLANCE, summary.fill)
    yield _section("reviews", gettext_noop("Reviews, opinions and votes"), JUDGEMENT, judgement.reviews)
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
    yield from _assurance()


def _chapters(source: Source) -> Iterator[Section]:
    yield _section("criteria", gettext_noop("Criteria and where they are answered"), THE_APPLICATION, chapters.criteria)
    for group in chapters.groups(source):
        title = sentence(gettext_noop("%(number)s. %(title)s"), number=group.number, title=group.title)
        fill = partial(chapters.fill, group=group)
        yield Section(f"chapter-{group.number}", title, THE_APPLICATION, "dossier/chapter.html", fill)


def _money(source: Source) -> Iterator[Section]:
    yield _section("budget", gettext_noop("Budget"), THE_MONEY, budget.fill)
    yield from _pieces("lines", gettext_noop("Budget lines"), source.facts.budget, lines.fill)
    yield _section("financing", gettext_noop("Financing and commitments"), THE_MONEY, financing.fill)
    title = gettext_noop("How the Union's share is computed")
    yield from _pieces("steps", title, steps.groups(source), steps.fill)


def _assurance() -> Iterator[Section]:
    yield _section("risks", gettext_noop("Risks and indicators"), ASSURANCE, risks.fill)
    yield _section("checks", gettext_noop("Checks"), ASSURANCE, assurance.checks)
    yield _section("annexes", gettext_noop("Annexes"), ASSURANCE, assurance.annexes)
    yield _section("verification", gettext_noop("Verification"), ASSURANCE, assurance.verification)


def _section(name: str, title: str, part: Sentence, fill: Callable[[Source], dict[str, Any]]) -> Section:
    return Section(name, Sentence(title), part, f"dossier/{name.replace('-', '_')}.html", fill)


def _pieces(name: str, title: str, rows: Sequence[Any], fill: Callable[..., dict[str, Any]]) -> Iterator[Section]:
    """A table of any length as sections of bounded length; most bids need one."""
    pieces = [rows[start : start + ROWS_PER_SECTION] for start in range(0, len(rows), ROWS_PER_SECTION)] or [rows]
    for number, piece in enumerate(pieces, start=1):
        numbered = sentence(gettext_noop("%(title)s (%(number)s)"), title=Sentence(title), number=number)
        yield Section(
            f"{name}-{number}",
            numbered if len(pieces) > 1 else Sentence(title),
            THE_MONEY,
            f"dossier/{name}.html",
            partial(fill, piece=piece, is_last=number == len(pieces)),
        )
