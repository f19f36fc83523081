"""What a bid file owes to its call: track, categories, chapters, kinds of documents, and prices that agree."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bids.bidfile.problems import Problems
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts, CostFact, SmeOwnerPricing
from bids.rulebook.funding import price
from bids.rulebook.text import gettext_noop, quoted
from bids.rulebook.vocabulary import Category

_LINE = re.compile(r"\$\.budget\[[0-9]+\]")


def check_under_call(facts: BidFacts, calls: Mapping[str, CallFacts], problems: Problems) -> None:
    """Everything that only the call can tell."""
    call = calls.get(facts.call)
    if call is None:
        if not problems.touch("$.call"):
            problems.unknown("$.call", gettext_noop("There is no call %(value)s."), facts.call, calls)
        return
    for check in (_check_track, _check_categories, _check_chapters, _check_documents, _check_prices):
        check(facts, call, problems)


def _check_track(facts: BidFacts, call: CallFacts, problems: Problems) -> None:
    tracks = [track.id for track in call.tracks]
    if facts.track and facts.track not in tracks:
        problems.unknown("$.track", gettext_noop("The call has no track %(value)s."), facts.track, tracks)


def _check_categories(facts: BidFacts, call: CallFacts, problems: Problems) -> None:
    """A category no rule of the stream knows would leave the line out of every sum by category."""
    for path, line in _sound_lines(facts, problems):
        scheme = call.scheme(line.stream)
        if scheme is None or not line.category or line.category == Category.E:
            continue
        known = scheme.cost_model.categories
        if line.category not in known:
            template = gettext_noop("The stream %(stream)s has no category %(value)s.")
            problems.unknown(f"{path}.category", template, line.category, known, stream=scheme.stream.value)


def _check_chapters(facts: BidFacts, call: CallFacts, problems: Problems) -> None:
    """A chapter that no section of the template takes up would be in no dossier."""
    written = {(chapter.key, chapter.language) for chapter in facts.chapters}
    for position, chapter in enumerate(facts.chapters):
        path = f"$.chapters[{position}].key"
        section = call.template.section(chapter.key)
        if section is not None and section.number != chapter.key and (section.number, chapter.language) in written:
            template = gettext_noop("%(value)s is section %(number)s, which stands here too. Keep one of them.")
            problems.add(path, template, value=quoted(chapter.key), number=section.number)
        elif chapter.key and call.template.section_holding(chapter.key) is None:
            numbers = [entry.number for entry in call.template.sections]
            problems.unknown(path, gettext_noop("The call has no section %(value)s."), chapter.key, numbers)


def _check_documents(facts: BidFacts, call: CallFacts, problems: Problems) -> None:
    for position, document in enumerate(facts.documents):
        if document.kind and document.kind not in call.document_kinds:
            template = gettext_noop("The call knows no document of the kind %(value)s.")
            problems.unknown(f"$.documents[{position}].kind", template, document.kind, call.document_kinds)


def _check_prices(facts: BidFacts, call: CallFacts, problems: Problems) -> None:
    """What a line states twice agrees to the cent, and its formula can be computed."""
    for path, line in _sound_lines(facts, problems):
        problem = price(line, facts, call).problem if _is_computed(line, call) else None
        if problem is not None:
            problems.tell(f"{path}.{_stated(line)}", problem)


def _sound_lines(facts: BidFacts, problems: Problems) -> list[tuple[str, CostFact]]:
    """The lines with nothing wrong so far: what stands in the others is not what the file says."""
    faulty = problems.touched(_LINE)
    lines = ((f"$.budget[{position}]", line) for position, line in enumerate(facts.budget))
    return [(path, line) for path, line in lines if path not in faulty]


def _is_computed(line: CostFact, call: CallFacts) -> bool:
    """The line has a formula, or a quantity with a unit cost, and the call can tell its price."""
    if isinstance(line.pricing, SmeOwnerPricing) and call.scheme(line.stream) is None:
        return False
    return line.pricing is not None or (line.quantity is not None and line.unit_cost is not None)


def _stated(line: CostFact) -> str:
    if line.amount is not None:
        return "amount"
    return "unit_cost" if line.pricing is None else "pricing"
