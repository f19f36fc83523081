"""Proving that nothing was changed afterwards: chains of events, snapshots, and the files they name."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from bids import bidfile, snapshot
from bids.actions.records import verify_chain
from bids.dossier import files
from bids.models import Bid, Chain, Dossier, Seal, Snapshot, StoredFile, triggers


def faults_of_the_trail() -> Iterator[str]:
    """Every fault of the chains of events, the system's first; and triggers that are missing."""
    for name in triggers.missing(connection):
        yield f"the trigger {name} is missing"
    if fault := verify_chain(None):
        yield f"system: {fault}"
    for bid in Bid.objects.order_by("pk").iterator():
        if fault := verify_chain(bid):
            yield f"{bid}: {fault}"


def faults_of_the_snapshots() -> Iterator[str]:
    """Every fault of what was submitted: texts, digests, rounds, decisions and stored files."""
    for name in triggers.missing(connection):
        yield f"the trigger {name} is missing"
    for bid in Bid.objects.order_by("pk").iterator():
        rounds = list(bid.snapshots.order_by("round").values_list("round", flat=True))
        if rounds != list(range(1, bid.round + 1)):
            yield f"{bid}: {bid.round} rounds were submitted, but there are snapshots of {rounds}"
    for frozen in Snapshot.objects.select_related("bid", "call_version__call").order_by("bid_id", "round").iterator():
        yield from (f"{frozen}: {fault}" for fault in _faults_of(frozen))
    for file in StoredFile.objects.order_by("pk").iterator():
        if not file.is_intact():
            yield f"file {file.sha256}: its bytes are gone or changed"
    for dossier in Dossier.objects.sealed().to_fetch().select_related("bid", "snapshot").order_by("pk").iterator():
        yield from (f"dossier {dossier.pk} of {dossier.bid}: {fault}" for fault in _faults_of_the_seal(dossier))


def _faults_of_the_seal(dossier: Dossier) -> Iterator[str]:
    """The file is there as it was sealed, and the seal is written down with the digests of its dossier."""
    if not files.is_intact(dossier.kept_sha256):
        yield "its file is gone or changed"
    digests = {"file_sha256": dossier.file_sha256, "source_digest": dossier.source_digest}
    if not Seal.objects.filter(dossier=dossier, sealed_sha256=dossier.sealed_sha256, **digests).exists():
        yield "its seal is not written down, or with other digests"
    if dossier.snapshot is not None and dossier.source_digest != dossier.snapshot.sha256:
        yield "it was made from another text than that of its round"


def _faults_of(frozen: Snapshot) -> Iterator[str]:
    if snapshot.digest(frozen.text) != frozen.sha256:
        yield "the text does not have the digest it was stored with"
        return
    try:
        facts = snapshot.read(frozen.text)
    except bidfile.Unreadable as error:
        yield f"the text can't be read: {error}"
        return
    if snapshot.canonical(facts) != frozen.text:
        yield "the text is not the canonical one of its facts"
    if frozen.rule_set != snapshot.facts_of(frozen.call_version).rule_set:
        yield f"rule set {frozen.rule_set} is not that of {frozen.call_version}"
    for approval in frozen.approvals.exclude(snapshot_sha256=frozen.sha256):
        yield f"decision {approval.attempt}.{approval.order} is about another text"


def counts() -> tuple[int, int]:
    """How many chains and snapshots there are to verify."""
    return Chain.objects.count(), Snapshot.objects.count()
