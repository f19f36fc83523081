"""With what a dossier is made. Nothing of it shows in the bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings

from accounts import clock
from bids.dossier.fragments import Fragments
from bids.dossier.limits import Limits


@dataclass(frozen=True, slots=True)
class Means:
    """The limits of a section, how many are set at once, where those that were set before are kept.

    `stays_warm` tells that the process will make more dossiers, and keeps its press for the next.
    """

    limits: Limits = field(default_factory=Limits)
    at_once: int = 1
    fragments: Fragments | None = None
    stays_warm: bool = False


def of_this_house() -> Means:
    """As the settings say."""
    return Means(
        Limits(
            cpu_seconds=settings.SECTION_CPU_SECONDS,
            wall_seconds=settings.SECTION_WALL_SECONDS,
            memory_bytes=settings.SECTION_MEMORY_BYTES,
            file_bytes=settings.SECTION_FILE_BYTES,
        ),
        settings.SECTIONS_AT_ONCE,
        fragments(),
        settings.PRESS_STAYS_WARM,
    )


def fragments() -> Fragments:
    return Fragments(settings.FRAGMENTS_ROOT)


def purge_fragments() -> int:
    """Keep the folder bounded; what was not used for as long as drafts are kept goes as they do."""
    return fragments().purge(settings.MOST_FRAGMENT_BYTES, clock.now() - timedelta(days=settings.DRAFT_DOSSIER_DAYS))
