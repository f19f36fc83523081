"""What would go wrong with a dossier, said before it is begun: each with the place where it can be mended.

Uploads were looked into when they came; here only what is stored is read, and a file that nobody
ever looked into.
"""

from __future__ import annotations

from collections.abc import Iterator

from bids.actions.files import MOST_PAGES, NotAccepted, pages_of
from bids.dossier import lengths
from bids.dossier.letters import CHANGED, GONE
from bids.dossier.sections import chapters
from bids.dossier.source import Letter, Source
from bids.models import Bid, StoredFile
from bids.prose import clean, too_much
from bids.rulebook.facts import ChapterFacts
from bids.rulebook.readiness import Finding
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import DossierKind

HOUSE = "HOUSE"
SHOWS_CHAPTERS = (DossierKind.DRAFT, DossierKind.SUBMISSION, DossierKind.DECISION)


def look(source: Source, bid: Bid) -> tuple[Finding, ...]:
    """What stops this dossier first (severity `block`), then what it will show otherwise than wished (`warn`)."""
    found = [*_letters(source)]
    if source.kind in SHOWS_CHAPTERS:
        found += [*_chapters(source), *_length(source, bid), *_documents(source)]
    return tuple(sorted(found, key=lambda finding: finding.severity != "block"))


def blocking(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in found if finding.severity == "block")


def _letters(source: Source) -> Iterator[Finding]:
    kept = StoredFile.objects.in_bulk({letter.sha256 for letter in source.letters})
    for letter in source.letters:
        yield from _letter(letter, kept[letter.sha256])


def _letter(letter: Letter, file: StoredFile) -> Iterator[Finding]:
    place = f"documents/{letter.key}"
    if not file.path.exists():
        yield _finding("block", place, sentence(GONE, document=letter.title))
    elif not file.is_intact():
        yield _finding("block", place, sentence(CHANGED, document=letter.title))
    elif letter.pages is None:
        yield _uncounted(letter, file, place)
    elif letter.pages > MOST_PAGES:
        words = {"document": letter.title, "pages": letter.pages, "most": MOST_PAGES}
        yield _finding("block", place, sentence(_TOO_LONG, **words))


def _uncounted(letter: Letter, file: StoredFile, place: str) -> Finding:
    """Nobody looked into this file yet: encrypted, broken or with a script it is refused, else only listed."""
    try:
        pages_of(file.path.read_bytes())
    except NotAccepted as refused:
        return _finding("block", place, sentence(_NOT_FIT, document=letter.title, reason=refused.reason))
    return _finding("warn", place, sentence(_UNCOUNTED, document=letter.title))


def _documents(source: Source) -> Iterator[Finding]:
    """Documents of which only the digest is known here."""
    kept = {letter.key for letter in source.letters}
    for document in source.facts.documents:
        if document.key not in kept:
            words = sentence(_NO_FILE, document=document.title or document.key)
            yield _finding("warn", f"documents/{document.key}", words)


def _chapters(source: Source) -> Iterator[Finding]:
    shown = (chapter for group in chapters.groups(source) for chapter in group.chapters)
    for chapter in shown:
        if chapter.written is not None:
            yield from _chapter(source, chapter.written, f"{chapter.number} {chapter.title}")


def _chapter(source: Source, text: ChapterFacts, name: str) -> Iterator[Finding]:
    place = f"chapters/{text.key}"
    problem = too_much(clean(text.html), name)
    if problem:
        yield _finding("block", place, problem)
    if text.language != source.language:
        words = {"number": text.key, "found": text.language, "wanted": source.language}
        yield _finding("warn", place, sentence(chapters.OTHER_LANGUAGE, **words))


def _length(source: Source, bid: Bid) -> Iterator[Finding]:
    """Whether the chapters were too long when they were last set as they are now."""
    limit, known = source.call.page_limit, lengths.known(bid, source.facts, source.call)
    if limit is not None and known is not None and known["total"] > limit:
        yield _finding("warn", "chapters", sentence(lengths.TOO_LONG, pages=known["total"], limit=limit))


def _finding(severity: str, where: str, words: Sentence) -> Finding:
    return Finding(where.partition("/")[2], severity, None, words, where, HOUSE)


_TOO_LONG = gettext_noop(
    "“%(document)s” has %(pages)s pages; a dossier shows at most %(most)s of one document. Split it."
)
_NOT_FIT = gettext_noop("“%(document)s” can't be shown. %(reason)s")
_UNCOUNTED = gettext_noop("“%(document)s” is only listed: nobody counted its pages. Upload it again to have it shown.")
_NO_FILE = gettext_noop("“%(document)s” is only listed: its file is not here. Upload it to have it shown.")
