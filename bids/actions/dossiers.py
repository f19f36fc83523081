"""Asking for dossiers: a row per source, template, kind and language; workers find it, a bell only hurries them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bids.models import Bid, Dossier, Snapshot
from bids.rulebook.vocabulary import DossierKind, Language

if TYPE_CHECKING:
    from accounts.models import User

TEMPLATE_VERSION = "1"


@transaction.atomic
def request_dossier(bid: Bid, kind: DossierKind, language: Language, *, by: User, snapshot: Snapshot) -> Dossier:
    """Ask for the dossier of a round; asked twice, the first one is found."""
    dossier, _ = Dossier.objects.get_or_create(
        snapshot=snapshot,
        kind=kind,
        language=language,
        template_version=TEMPLATE_VERSION,
        defaults={"bid": bid, "source_digest": snapshot.sha256, "created_by": by},
    )
    return dossier
