"""One bid as every kind of dossier: what the ministry said of it, what was received, what changed a round later."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from bids.dossier.proceedings import OpinionFacts, Proceedings, ReviewFacts, SignatureFacts, VoteFacts
from bids.dossier.source import Source
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import ApprovalVerdict, DossierKind, Language, OpinionKind, OpinionVerdict
from tests.dossier.sample import TAKEN


def draft(source: Source) -> Source:
    return replace(source, kind=DossierKind.DRAFT, round=None, received_at=None)


def submission(source: Source) -> Source:
    return source


def review(source: Source) -> Source:
    return replace(source, kind=DossierKind.REVIEW, proceedings=judged(source), letters=())


def decision(source: Source) -> Source:
    """Nothing of the reviews and opinions is for everybody."""
    told = replace(judged(source), reviews=(), opinions=(), recommendation="", recommended_at=None)
    return replace(source, kind=DossierKind.DECISION, proceedings=told)


def receipt(source: Source) -> Source:
    number = f"{source.facts.reference}/1/0123ABCD"
    return replace(source, kind=DossierKind.RECEIPT, receipt=number, submitted_by="Ada", is_test_seal=True, letters=())


def difference(source: Source) -> Source:
    facts = a_round_later(source.facts)
    assessment = assess(facts, source.call)
    return replace(
        source, kind=DossierKind.DIFFERENCE, facts=facts, assessment=assessment, round=2, before=source, letters=()
    )


def difference_of_a_draft(source: Source) -> Source:
    return replace(difference(source), round=None, received_at=None)


EVERY_KIND: dict[str, Callable[[Source], Source]] = {
    "draft": draft,
    "submission": submission,
    "review": review,
    "decision": decision,
    "receipt": receipt,
    "difference": difference,
    "difference of a draft": difference_of_a_draft,
}


def of_kind(kind: str, language: Language, source: Source) -> Source:
    """The same bid as another dossier; a name of `EVERY_KIND`."""
    return replace(EVERY_KIND[kind](source), language=language)


def judged(source: Source) -> Proceedings:
    """Two reviews with every criterion, two opinions, a recommendation, two votes, a signature of each commitment."""
    criteria = source.call.criteria_for(source.facts.track).criteria
    reviews = tuple(
        ReviewFacts(
            order, "Convincing overall.", TAKEN,
            scores={each.id: Decimal("4.5") for each in criteria},
            comments={each.id: "Well specified, and to be measured." for each in criteria},
        )
        for order in (1, 2)
    )  # fmt: skip
    opinions = (
        OpinionFacts(OpinionKind.LEGAL, OpinionVerdict.FAVOURABLE, "Lawful as it stands.", TAKEN),
        OpinionFacts(OpinionKind.FINANCE, OpinionVerdict.RESERVED, "The costs of data are open.", TAKEN, "Answered."),
    )
    votes = tuple(VoteFacts(order, ApprovalVerdict.APPROVE, f"Reason {order}.", TAKEN) for order in (1, 2))
    signatures = tuple(SignatureFacts(each.key, "ef" * 32, TAKEN.date(), None) for each in source.facts.commitments)
    return Proceedings(reviews, opinions, "Ready to be decided.", TAKEN, votes, signatures)


def a_round_later(bid: BidFacts) -> BidFacts:
    """A dearer line, one less, one more; a risk and a chapter went; the title and a chapter have more words."""
    *lines, last = bid.budget
    number, dear = next((number, line) for number, line in enumerate(lines) if line.amount)
    lines[number] = replace(dear, amount=dear.amount + Euro.of("100000.00"))
    rewritten, *kept, _gone = bid.chapters
    return dataclasses.replace(
        bid,
        title=f"{bid.title}, revised",
        budget=(*lines, replace(last, key="L999")),
        risks=bid.risks[1:],
        chapters=(replace(rewritten, html=rewritten.html + "<p>And a room.</p>"), *kept),
    )
