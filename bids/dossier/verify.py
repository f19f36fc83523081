"""Is this digest one of ours? Answers for the public check page and `verify_dossier`, without any content."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from bids import snapshot
from bids.models import Dossier, Picture, Seal, Snapshot
from bids.rulebook.text import gettext_noop
from bids.rulebook.vocabulary import DossierKind, Language, Word

DIGEST = re.compile(r"[0-9a-f]{64}")
SOURCES = ("bid", "snapshot", "picture")


class Thing(Word):
    """What a digest may belong to."""

    SNAPSHOT = "snapshot", gettext_noop("the frozen text of a round")
    PICTURE = "picture", gettext_noop("the working copy a draft was made from")
    DOSSIER = "dossier", gettext_noop("the file of a dossier, without a seal")
    SEALED = "sealed", gettext_noop("the sealed file of a dossier")


@dataclass(frozen=True, slots=True)
class Known:
    """What we may tell anybody about a digest. `source` is the digest that stands on the dossier's pages.

    `is_intact` tells whether the frozen text still has the digest it was stored with. `seal` is the one this
    very file carries; of a file without its seal, `sealed_files` are the digests of those that carry one.
    """

    thing: Thing
    reference: str
    at: datetime
    source: str
    round: int | None = None
    kind: DossierKind | None = None
    language: Language | None = None
    is_intact: bool = True
    seal: Seal | None = None
    sealed_files: tuple[str, ...] = ()


def known(sha256: str) -> Known | None:
    """What this digest belongs to; None where we never made such a thing."""
    digest = sha256.strip().lower()
    if not DIGEST.fullmatch(digest):
        return None
    return _sealed(digest) or _dossier(digest) or _snapshot(digest) or _picture(digest)


def known_file(content: bytes) -> Known | None:
    """Whether these very bytes were made here."""
    digest = hashlib.sha256(content).hexdigest()
    return _sealed(digest) or _dossier(digest)


def _sealed(digest: str) -> Known | None:
    """A file with a seal, also one that was sealed before the present one of its dossier."""
    seal = _seals().filter(sealed_sha256=digest).first()
    if seal is None:
        return None
    return replace(_about(seal.dossier, seal.sealed_at), thing=Thing.SEALED, seal=seal)


def _dossier(digest: str) -> Known | None:
    """A file as it was printed: a draft, or one that carries a seal by now."""
    seals = list(_seals().filter(file_sha256=digest))
    if seals:
        files = tuple(seal.sealed_sha256 for seal in seals)
        return replace(_about(seals[0].dossier, seals[0].sealed_at), sealed_files=files)
    found = Dossier.objects.select_related(*SOURCES).filter(file_sha256=digest).order_by("pk").first()
    if found is None or found.finished_at is None:
        return None
    return _about(found, found.finished_at)


def _seals() -> QuerySet[Seal]:
    return Seal.objects.select_related(*(f"dossier__{source}" for source in SOURCES))


def _about(dossier: Dossier, made_at: datetime) -> Known:
    return Known(
        thing=Thing.DOSSIER,
        reference=dossier.bid.reference,
        at=dossier.snapshot.received_at if dossier.snapshot else made_at,
        source=dossier.source_digest,
        round=dossier.snapshot.round if dossier.snapshot else None,
        kind=dossier.kind,
        language=dossier.language,
        is_intact=_is_intact(dossier.snapshot or dossier.picture),
    )


def _snapshot(digest: str) -> Known | None:
    found = Snapshot.objects.select_related("bid").filter(sha256=digest).order_by("-round").first()
    if found is None:
        return None
    return Known(
        thing=Thing.SNAPSHOT,
        reference=found.bid.reference,
        at=found.received_at,
        source=digest,
        round=found.round,
        is_intact=_is_intact(found),
    )


def _picture(digest: str) -> Known | None:
    found = Picture.objects.select_related("bid").filter(sha256=digest).first()
    if found is None:
        return None
    return Known(Thing.PICTURE, found.bid.reference, found.made_at, digest, is_intact=_is_intact(found))


def _is_intact(source: Snapshot | Picture | None) -> bool:
    """A purged picture can't be compared any more; its dossier still can."""
    return source is None or snapshot.digest(source.text) == source.sha256
