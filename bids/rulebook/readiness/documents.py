"""Questions about letters, annexes and pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bids.rulebook.call import Requirement, Source
from bids.rulebook.readiness.asking import Case, Question, Remark, not_known
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import DocumentKind

_PAGES = gettext_noop("The number of pages")


def required_by_the_call(check: str) -> Question:
    """C11, C23, C42: what the call requires is there; how much its absence weighs the call says."""
    return partial(_missing, check)


def pages_stay_within_the_limit(case: Case) -> Iterator[Remark]:
    """C12: the written part is no longer than the call allows; a limit of a similar call only warns."""
    limit, suggested = case.call.page_limit, case.call.page_limit_suggested
    if limit is None and suggested is None:
        return
    counts = case.situation.page_counts
    if counts is None:
        is_from_a_file = case.situation.documents_present is None
        yield not_known(_PAGES, "chapters") if is_from_a_file else Remark(sentence(_UNCOUNTED), "chapters", "info")
        return
    pages = counts.get("total", sum(counts.values()))
    if limit is not None and pages > limit:
        source = case.call.marks.get("page_limit", Source())
        yield Remark(sentence(_TOO_LONG, pages=pages, limit=limit), "chapters", source=source)
    elif limit is None and suggested is not None and pages > suggested:
        yield Remark(sentence(_LONG, pages=pages, limit=suggested), "chapters", severity="warn")


def _missing(check: str, case: Case) -> Iterator[Remark]:
    for requirement in case.call.requirements:
        if requirement.check == check and not _is_met(requirement, case):
            words, where = _asked(requirement)
            yield Remark(words, where, requirement.severity, requirement.gate, requirement.source)


def _is_met(requirement: Requirement, case: Case) -> bool:
    if requirement.field:
        return bool(getattr(case.facts, requirement.field))
    stored = case.situation.documents_present
    return any(
        document.kind == requirement.kind and (stored is None or document.key in stored)
        for document in case.facts.documents
    )


def _asked(requirement: Requirement) -> tuple[Sentence, str]:
    """The sentence and the place of something that is missing."""
    if requirement.field:
        return sentence(_FIELD_MISSING, field=Sentence(_FIELDS.get(requirement.field, requirement.field))), "bid"
    label = next((kind.label for kind in DocumentKind if kind == requirement.kind), requirement.kind)
    return sentence(_DOCUMENT_MISSING, document=Sentence(label)), "documents"


_FIELDS = {"tco_verification": gettext_noop("how the total cost of ownership is verified")}
_FIELD_MISSING = gettext_noop("The call asks to say %(field)s.")
_DOCUMENT_MISSING = gettext_noop("A document that the call requires is missing: %(document)s.")
_UNCOUNTED = gettext_noop(
    "The pages of the chapters were not counted since they last changed: make a draft of the dossier to know them."
)
_TOO_LONG = gettext_noop("The written part has %(pages)s pages; the call allows %(limit)s.")
_LONG = gettext_noop("The written part has %(pages)s pages; a similar call allows %(limit)s.")
