"""Is this digest one of ours? Answers for the public check page and `verify_dossier`, without any content."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from bids import snapshot
from bids.models import Dossier, Picture, Snapshot
from bids.rulebook.text import gettext_noop
from bids.rulebook.vocabulary import DossierKind, Language, Word

DIGEST = re.compile(r"[0-9a-f]{64}")


class Thing(Word):
    """What a digest may belong to."""

    SNAPSHOT = "snapshot", gettext_noop("the frozen text of a round")
    PICTURE = "picture", gettext_noop("the working copy a draft was made from")
    DOSSIER = "dossier", gettext_noop("the file of a dossier")
    SEALED = "sealed", gettext_noop("the sealed file of a dossier")


@dataclass(frozen=True, slots=True)
class Known:
    """What we may tell anybody about a digest. `source` is the digest that stands on the dossier's pages.

    `is_intact` tells whether the frozen text still has the digest it was stored with.
    """

    thing: Thing
    reference: str
    at: datetime
    source: str
    round: int | None = None
    kind: DossierKind | None = None
    language: Language | None = None
    is_intact: bool = True


def known(sha256: str) -> Known | None:
    """What this digest belongs to; None where we never made such a thing."""
    digest = sha256.strip().lower()
    if not DIGEST.fullmatch(digest):
        return None
    return _dossier(digest) or _snapshot(digest) or _picture(digest)


def known_file(content: bytes) -> Known | None:
    """Whether these very bytes were made here."""
    return _dossier(hashlib.sha256(content).hexdigest())


def _dossier(digest: str) -> Known | None:
    made = Dossier.objects.select_related("bid", "snapshot", "picture")
    found = made.filter(Q(file_sha256=digest) | Q(sealed_sha256=digest)).order_by("pk").first()
    if found is None or found.finished_at is None:
        return None
    return Known(
        thing=Thing.SEALED if found.sealed_sha256 == digest else Thing.DOSSIER,
        reference=found.bid.reference,
        at=found.snapshot.received_at if found.snapshot else found.finished_at,
        source=found.source_digest,
        round=found.snapshot.round if found.snapshot else None,
        kind=found.kind,
        language=found.language,
        is_intact=_is_intact(found.snapshot or found.picture),
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
