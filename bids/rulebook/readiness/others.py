"""Questions that hold a bid against others: what was published elsewhere, and the bid it is linked to."""

from __future__ import annotations

from collections.abc import Iterator

from bids.rulebook.benchmarks import benchmarks
from bids.rulebook.linked import Side, alike_lines, astray, marked_lines
from bids.rulebook.readiness.asking import Case, Remark, not_known
from bids.rulebook.text import gettext_noop, sentence


def published_bids_are_comparable(case: Case) -> Iterator[Remark]:
    """C37: where the bid stands among those decided first after its cut-off; silent where none is comparable."""
    situation = case.situation
    found = benchmarks(case.facts, case.call, case.assessment, situation.published, situation.cutoff)
    if found.summary is not None:
        yield Remark(found.summary, "benchmarks")


def shared_lines_are_marked(case: Case) -> Iterator[Remark]:
    """C39: what a factory and its fallback both pay for is marked as an alternative, line by line."""
    reference, other = case.facts.alternative_to, case.situation.linked
    if not reference:
        return
    if other is not None:
        yield from _not_marked(Side(case.facts, case.call, case.assessment), other)
    elif case.situation.linked_is_closed:
        yield Remark(sentence(_CLOSED, reference=reference), "linked", severity="info")
    elif case.situation.linked_has_a_page:
        yield Remark(sentence(_ON_ITS_PAGE, reference=reference), "linked", severity="info")
    else:
        yield not_known(_LINKED, "linked")


def _not_marked(mine: Side, theirs: Side) -> Iterator[Remark]:
    reference = theirs.facts.reference
    for pair in alike_lines(mine, theirs, marked_lines(mine.facts, theirs.facts)):
        words = sentence(_ALIKE, line=pair.mine.key, other=pair.theirs.key, reference=reference)
        yield Remark(words, f"budget/{pair.mine.key}")
    for line in astray(mine.facts, theirs.facts):
        words = sentence(_ASTRAY, line=line.key, aim=line.alternative_of, reference=reference)
        yield Remark(words, f"budget/{line.key}")


_LINKED = gettext_noop("The linked bid")
_CLOSED = gettext_noop(
    "Whether people or equipment are paid in %(reference)s too is told to those who may read both bids."
)
_ON_ITS_PAGE = gettext_noop("What this bid and %(reference)s both pay for is compared on the page of the linked bid.")
_ALIKE = gettext_noop(
    "%(line)s looks like %(other)s of %(reference)s: the same people, equipment or cost. Mark it as its alternative, "
    "or make clear that it is something else."
)
_ASTRAY = gettext_noop("%(line)s is marked as the alternative of %(aim)s, which is no line of %(reference)s.")
