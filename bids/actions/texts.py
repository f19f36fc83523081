"""The texts of a bid for whoever takes them away: the consortium's working copy, the ministry's newest round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import clock
from bids import snapshot, wording
from bids.dossier.source import Source
from bids.models import Bid, Snapshot
from bids.rulebook.funding import assess
from bids.rulebook.vocabulary import DossierKind, Language

if TYPE_CHECKING:
    from datetime import datetime

    from bids.rulebook.call import CallFacts
    from bids.rulebook.facts import BidFacts


def texts_of(bid: Bid, language: Language, *, is_working_copy: bool) -> Source:
    """What Part B is written from: the bid as it stands, or as it was submitted last."""
    if is_working_copy:
        facts = snapshot.take(bid)
        return _source(facts, snapshot.call_of(bid), language, bid, clock.now())
    newest: Snapshot = bid.snapshots.select_related("call_version").latest("round")
    facts, call = snapshot.read(newest.text), snapshot.facts_of(newest.call_version)
    return _source(facts, call, language, bid, newest.received_at, newest.round)


def _source(
    facts: BidFacts, call: CallFacts, language: Language, bid: Bid, at: datetime, round_: int | None = None
) -> Source:
    return Source(
        facts=facts,
        call=call,
        assessment=assess(facts, call, on=wording.in_brussels(at).date()),
        findings=(),
        kind=DossierKind.SUBMISSION if round_ else DossierKind.DRAFT,
        language=language,
        digest=snapshot.digest(snapshot.canonical(facts)),
        made_at=at,
        round=round_,
        is_demo=bid.is_demo,
    )
