"""Everything of a round in one archive: the sealed dossier, the bid file, the workbook, the annexes, and their digests.

Nothing the ministry wrote is in it: it is made of the round and of the dossier of the round alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import override

from bids import snapshot, wording
from bids.dossier import files
from bids.models import Dossier, Snapshot, StoredFile
from bids.package.archive import Member, Packed, file_names, pack
from bids.rulebook.facts import BidFacts, DocumentFacts
from bids.rulebook.funding import assess
from bids.rulebook.vocabulary import DossierKind
from bids.workbook.write import NotWritable, write

FORMAT = "tandem-package/1"
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"


class NotPackable(Exception):
    """There is no such archive of this dossier: it is not that of a submission, or its file is gone."""


def name_of(dossier: Dossier) -> str:
    """What a dossier is called on somebody's disk: `BE-AIF-2025-submission-1-en`."""
    number = str(dossier.snapshot.round) if dossier.snapshot else ""
    return "-".join(filter(None, (dossier.bid.reference, dossier.kind.value, number, dossier.language.value)))


def write_package(dossier: Dossier, into: IO[bytes]) -> None:
    """The archive of the round this dossier was made from; raises NotPackable."""
    frozen = dossier.snapshot
    if dossier.kind is not DossierKind.SUBMISSION or frozen is None or not files.is_intact(dossier.kept_sha256):
        raise NotPackable
    facts = snapshot.read(frozen.text)
    left_out: list[dict[str, str]] = []
    done: list[Packed] = []
    for packed in pack(_members(dossier, frozen, facts, left_out, done), into):
        done.append(packed)


def _members(
    dossier: Dossier, frozen: Snapshot, facts: BidFacts, left_out: list[dict[str, str]], done: list[Packed]
) -> Iterator[Member]:
    """In order; the last two tell of those before them, so they are made when those are written."""
    yield Member("dossier.pdf", files.path_of(dossier.kept_sha256), "the sealed dossier")
    yield Member("bid.json", frozen.text.encode(), "the bid as it was submitted; its SHA-256 is that of the round")
    yield from _workbook(dossier, frozen, facts, left_out)
    names = file_names(document.key for document in facts.documents)
    for document in facts.documents:
        yield from _annex(document, f"annexes/{names[document.key]}.pdf", left_out)
    manifest = _manifest(dossier, frozen, left_out, done)
    yield Member(MANIFEST, json.dumps(manifest, indent=2, ensure_ascii=False).encode() + b"\n", "this list")
    yield Member(SUMS, "".join(f"{each.sha256}  {each.name}\n" for each in done).encode())


def _workbook(dossier: Dossier, frozen: Snapshot, facts: BidFacts, left_out: list[dict[str, str]]) -> Iterator[Member]:
    call, received_on = snapshot.facts_of(frozen.call_version), wording.in_brussels(frozen.received_at).date()
    money = assess(facts, call, on=received_on)
    try:
        with override(dossier.language.value):
            content = write(facts, call, money, revision=frozen.revision, today=received_on)
    except NotWritable as refused:
        left_out.append({"name": "budget.xlsx", "why": wording.say(refused.reason, "en")})
    else:
        yield Member("budget.xlsx", content, "the budget as a workbook")


def _annex(document: DocumentFacts, name: str, left_out: list[dict[str, str]]) -> Iterator[Member]:
    """A document as it was uploaded; one that is missing or damaged is named instead."""
    stored = StoredFile(sha256=document.sha256) if document.sha256 else None
    if stored is None:
        left_out.append({"name": name, "why": "no file was uploaded for this document"})
    elif not stored.is_intact():
        left_out.append({"name": name, "why": "the file is missing or damaged; tell the people who run Tandem"})
    else:
        yield Member(name, stored.path, document.title or document.key)


def _manifest(dossier: Dossier, frozen: Snapshot, left_out: list[dict[str, str]], done: list[Packed]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "reference": dossier.bid.reference,
        "round": frozen.round,
        "receipt": frozen.receipt,
        "received_at": frozen.received_at.isoformat(),
        "rule_set": frozen.rule_set,
        "language": dossier.language.value,
        "digests": {
            "bid": frozen.sha256,
            "dossier_without_seal": dossier.file_sha256,
            "dossier": dossier.sealed_sha256,
        },
        "files": [{"name": each.name, "what": each.what, "sha256": each.sha256, "size": each.size} for each in done],
        "left_out": left_out,
    }
