"""What all guards share: their shape, and the answers when something blocks or is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bids.rulebook.readiness import Finding, blocks
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.workflow.situation import Situation

Guard = Callable[[Situation], Sentence | None]

NOT_CHECKED = sentence(gettext_noop("This has not been checked yet. Reload the page and try again."))


def nothing_blocks(situation: Situation, gate: str, besides: Iterable[str] = ()) -> Sentence | None:
    """No finding stops an act; `besides` names checks that another guard answers for."""
    if situation.findings is None:
        return NOT_CHECKED
    return told([finding for finding in blocks(situation.findings, gate) if finding.check not in besides])


def told(blocking: list[Finding]) -> Sentence | None:
    """What blocks, in one sentence: the finding itself, or how many and which comes first."""
    if not blocking:
        return None
    first = blocking[0].sentence
    if len(blocking) == 1:
        return first
    return sentence(
        gettext_noop("%(count)s findings block this step. The first one: %(first)s"), count=len(blocking), first=first
    )
