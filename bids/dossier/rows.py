"""From rows to a source: the frozen text of a round or of a draft, read back and assessed as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings

from accounts import clock
from bids import snapshot, wording
from bids.dossier import minutes
from bids.dossier.proceedings import Proceedings
from bids.dossier.seal.terms import Maker
from bids.dossier.source import Letter, Source
from bids.models import Bid, Dossier, Picture, Snapshot, StoredFile
from bids.rulebook.funding import ENGINE_VERSION, assess
from bids.rulebook.readiness import Finding, Situation, findings
from bids.rulebook.vocabulary import DossierKind, Language

if TYPE_CHECKING:
    from datetime import datetime

    from bids.rulebook.call import CallFacts
    from bids.rulebook.facts import BidFacts
    from bids.rulebook.funding import Assessment

WITH_LETTERS = (DossierKind.DRAFT, DossierKind.SUBMISSION, DossierKind.DECISION)


def source_of(dossier: Dossier) -> Source:
    """The source of a dossier as its row names it; asked again, the same."""
    source = _of_a_round(dossier, dossier.snapshot) if dossier.snapshot else _of_a_draft(dossier, _picture(dossier))
    if dossier.kind is not DossierKind.DIFFERENCE:
        return source
    return replace(source, before=_of_a_round(dossier, _round_before(dossier)))


def _round_before(dossier: Dossier) -> Snapshot:
    """What a difference is told from: the round before, or the newest one where a draft is compared."""
    rounds = dossier.bid.snapshots.select_related("call_version")
    found = rounds.filter(round__lt=dossier.snapshot.round) if dossier.snapshot else rounds
    newest = found.order_by("round").last()
    if newest is None:
        raise ValueError(f"dossier {dossier.pk} has no round before it")
    return newest


def _picture(dossier: Dossier) -> Picture:
    if dossier.picture is None:
        raise ValueError(f"dossier {dossier.pk} has neither a snapshot nor a picture")
    return dossier.picture


def _of_a_round(dossier: Dossier, frozen: Snapshot) -> Source:
    facts, call = snapshot.read(frozen.text), snapshot.facts_of(frozen.call_version)
    return Source(
        facts=facts,
        call=call,
        assessment=assess(facts, call, on=wording.in_brussels(frozen.received_at).date()),
        findings=(),
        kind=dossier.kind,
        language=dossier.language,
        digest=frozen.sha256,
        made_at=frozen.received_at,
        round=frozen.round,
        received_at=frozen.received_at,
        receipt=frozen.receipt,
        submitted_by=frozen.by.get_full_name() if dossier.kind is DossierKind.RECEIPT else "",
        proceedings=_proceedings(dossier, frozen),
        is_demo=dossier.bid.is_demo,
        check_url=_check_url(frozen.sha256),
        is_test_seal=Maker(settings.SEAL) is Maker.TEST,
        engine=frozen.engine_version,
        text=frozen.text,
        revision=frozen.revision,
        letters=_letters(dossier, facts),
        most_bytes=settings.MOST_DOSSIER_BYTES,
    )


def source_of_working_copy(bid: Bid, language: Language) -> Source:
    """The bid as it stands, for counting pages: nothing of it is printed, so nothing is dated by it."""
    facts, call, now = snapshot.take(bid), snapshot.facts_of(bid.call_version), clock.now()
    text = snapshot.canonical(facts)
    return Source(
        facts=facts,
        call=call,
        assessment=assess(facts, call, on=wording.in_brussels(now).date()),
        findings=(),
        kind=DossierKind.DRAFT,
        language=language,
        digest=snapshot.digest(text),
        made_at=now,
        is_demo=bid.is_demo,
        engine=ENGINE_VERSION,
    )


def _of_a_draft(dossier: Dossier, picture: Picture) -> Source:
    facts, call = snapshot.read(picture.text), snapshot.facts_of(picture.call_version)
    assessment = assess(facts, call, on=wording.in_brussels(picture.made_at).date())
    return Source(
        facts=facts,
        call=call,
        assessment=assessment,
        findings=_open_points(dossier, facts, call, assessment, picture.made_at),
        kind=dossier.kind,
        language=dossier.language,
        digest=picture.sha256,
        made_at=picture.made_at,
        is_demo=dossier.bid.is_demo,
        check_url=_check_url(picture.sha256),
        engine=ENGINE_VERSION,
        text=picture.text,
        revision=picture.revision,
        letters=_letters(dossier, facts),
        most_bytes=settings.MOST_DOSSIER_BYTES,
    )


def _letters(dossier: Dossier, facts: BidFacts) -> tuple[Letter, ...]:
    """What a dossier shows as annexes; one that is about a bid, and not the bid itself, shows none."""
    return letters_of(facts) if dossier.kind in WITH_LETTERS else ()


def letters_of(facts: BidFacts) -> tuple[Letter, ...]:
    """The documents whose files are kept here, in the order of the bid; of others only the digest is known."""
    kept = StoredFile.objects.in_bulk({document.sha256 for document in facts.documents if document.sha256})
    return tuple(
        Letter(document.key, document.title or document.key, file.sha256, file.path, file.size, file.pages)
        for document in facts.documents
        if (file := kept.get(document.sha256))
    )


def _proceedings(dossier: Dossier, frozen: Snapshot) -> Proceedings | None:
    """Only as much as the readers of this kind of dossier may see."""
    match dossier.kind:
        case DossierKind.REVIEW:
            return minutes.about(frozen)
        case DossierKind.DECISION:
            return minutes.decision_on(frozen)
    return None


def _open_points(
    dossier: Dossier, facts: BidFacts, call: CallFacts, assessment: Assessment, now: datetime
) -> tuple[Finding, ...]:
    """What the bid itself lacks; what only the desk knows is left out."""
    bid = dossier.bid
    situation = Situation(now=now, cutoff=bid.cutoff, desk_closes=bid.desk_closes)
    return tuple(found for found in findings(facts, call, assessment, situation) if found.severity != "info")


def _check_url(digest: str) -> str:
    return f"{settings.SITE_URL}/verify/{digest}/"
