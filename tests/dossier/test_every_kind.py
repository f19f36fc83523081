"""Every kind of dossier in every language has no flaw: both standards, fonts, links, numbers, order of reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bids.dossier import warm
from bids.dossier.build import build_pdf
from bids.dossier.fragments import Fragments
from bids.dossier.means import Means
from bids.dossier.source import Source
from bids.rulebook.vocabulary import DossierKind, Language
from tests.dossier import sample
from tests.dossier.every_kind import EVERY_KIND, of_kind
from tests.dossier.flaws import flaws
from tests.dossier.letters import specimens, with_letters, written
from tests.measured import keep

REFERENCES = ("BE-AIF-2025", "BE-AIFA-2025")


@pytest.fixture(scope="module")
def means(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Means]:
    """A press that stays, and sections that are set once: what the kinds share in a language is the same."""
    yield Means(fragments=Fragments(tmp_path_factory.mktemp("fragments")), stays_warm=True)
    warm.let_go()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """With a letter of one page."""
    return with_letters(tmp_path_factory.mktemp("letters"), written(pages=1), pages=1)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_small_bid_is_without_flaws(
    kind: str, language: Language, small: Source, means: Means, tmp_path: Path
) -> None:
    source = of_kind(kind, language, small)
    assert flaws(build_pdf(source, means=means), source, tmp_path) == []


def test_every_kind_there_is_is_looked_at(small: Source) -> None:
    assert {of_kind(kind, Language.EN, small).kind for kind in EVERY_KIND} == set(DossierKind)


class Tally:
    """What was looked at, and what was found."""

    def __init__(self) -> None:
        self.dossiers = self.pages = self.flaws = 0


@pytest.fixture(scope="module")
def tally() -> Iterator[Tally]:
    """Told when everything was looked at."""
    found = Tally()
    yield found
    if found.dossiers == len(REFERENCES) * len(EVERY_KIND) * len(Language):
        keep(
            f"both Belgian bids with their letters, {len(EVERY_KIND)} kinds of dossier in {len(Language)} languages",
            f"{found.dossiers} dossiers, {found.pages} pages: {found.flaws} flaws",
            aim="0 flaws: PDF/A-3a and PDF/UA-1, fonts, links, contents, bookmarks, page numbers, order of reading",
            command="make deep",
        )


@pytest.fixture(scope="module", params=REFERENCES)
def belgian(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Source:
    """A bid of the demonstration, with the letters that belong to it."""
    return specimens(sample.demo(request.param), tmp_path_factory.mktemp("letters"))


@pytest.mark.deep
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", EVERY_KIND)
def test_the_demonstration_is_without_flaws(
    kind: str, language: Language, belgian: Source, means: Means, tally: Tally, tmp_path: Path
) -> None:
    source = of_kind(kind, language, belgian)
    built = build_pdf(source, means=means)
    found = flaws(built, source, tmp_path)
    tally.dossiers, tally.pages, tally.flaws = tally.dossiers + 1, tally.pages + built.pages, tally.flaws + len(found)
    assert found == []
