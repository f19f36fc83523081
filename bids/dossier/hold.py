"""The hold on a dossier that is being made: how far it is, its seal, its file."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import transaction

from accounts import clock
from bids.dossier.lease import Hold, lease
from bids.dossier.seal.terms import Sealed
from bids.dossier.source import Built
from bids.models import Dossier, Seal
from bids.rulebook.vocabulary import JobState


class DossierHold(Hold):
    """One attempt at one dossier."""

    jobs = Dossier
    fresh: ClassVar[dict[str, Any]] = {"progress": 0}

    def progressed(self, share: float) -> None:
        """How much of the work is done, from 0 to 1; it is never all before the file is in its place."""
        self.write(progress=min(round(share * 100), 99), lease_until=clock.now() + lease())

    def keep_seal(self, sealed: Sealed) -> Seal:
        """Write down that this was sealed, while the job is ours: who comes after us finds it and seals no more."""
        with transaction.atomic():
            self.write(lease_until=clock.now() + lease())
            made = Dossier.objects.filter(pk=self.pk)
            return Seal.objects.create(
                dossier_id=self.pk,
                source_digest=made.values_list("source_digest", flat=True).get(),
                file_sha256=sealed.unsealed_sha256,
                sealed_sha256=sealed.sha256,
                sealed_at=sealed.sealed_at,
                certificate=sealed.certificate,
                fingerprint=sealed.fingerprint,
                is_test=sealed.is_test,
                is_stamped=sealed.is_stamped,
            )

    def finish(self, built: Built, remarks: list[str], size: int, seal: Seal | None = None) -> None:
        """Done: the file, with its seal if it has one, is in its place and has this size."""
        self.end(
            state=JobState.DONE,
            file_sha256=built.sha256,
            sealed_sha256=seal.sealed_sha256 if seal else "",
            pages=built.pages,
            written_pages=built.written_pages,
            written_digest=built.written_digest,
            size=size,
            remarks=remarks,
            progress=100,
        )
