"""C26: what is read in several languages is written in each."""

from __future__ import annotations

from dataclasses import replace

from bids.rulebook.facts import ChapterFacts
from bids.rulebook.vocabulary import Language
from tests.rulebook.readiness.bids import ANTENNA, antenna, ask, factory, summary, summary_in_three_languages

english, dutch, french = summary_in_three_languages


def test_c26_is_silent_where_each_language_is_there_and_where_none_is_asked_for() -> None:
    assert ask("C26", factory) == []
    assert ask("C26", antenna, ANTENNA, chapters=()) == []


def test_c26_fires_for_each_language_that_is_missing_or_empty() -> None:
    found = ask("C26", factory, chapters=(english, replace(french, html=" ")))
    assert summary(found) == [("warn", None, "chapters/1")] * 2
    assert [str(one.sentence).rpartition(": ")[2] for one in found] == ["Dutch.", "French."]


def test_c26_fires_on_a_translation_that_is_older_than_its_source() -> None:
    changed = replace(english, html="<p>Two sites.</p>")
    (found,) = ask("C26", factory, chapters=(changed, replace(dutch, source_digest=changed.digest), french))
    assert str(found.sentence).startswith("“Executive summary” has changed since it was translated.")
    assert str(found.sentence).endswith("French.")


def test_c26_knows_a_section_by_its_criterion() -> None:
    assert ask("C26", replace(factory, language=Language.FR), chapters=()) != []
    assert len(ask("C26", factory, chapters=(ChapterFacts("2", html="<p>x</p>"),))) == 3
