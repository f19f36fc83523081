"""How many pages a chapter takes in the dossier: counted by a worker, derived, kept for the page that asks."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bids.models.bid import Bid
from bids.models.dossier import ATTEMPTS, Job
from bids.models.fields import KeyField, WordField
from bids.models.parts import known_word
from bids.rulebook.vocabulary import JobState, Language


class PageCount(Job):
    """One per chapter and language. `digest` is that of the text that was counted, `pages` what it took."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="page_counts")
    key = KeyField(_("chapter"))
    language = WordField(Language, verbose_name=_("language"))
    attempts_allowed = models.PositiveIntegerField(_("attempts allowed"), default=ATTEMPTS)
    digest = models.CharField(_("SHA-256 of the counted text"), max_length=64, blank=True)
    pages = models.DecimalField(_("pages"), max_digits=6, decimal_places=1, null=True, blank=True)

    class Meta(Job.Meta):
        verbose_name = _("page count")
        verbose_name_plural = _("page counts")
        constraints = [
            known_word("state", JobState),
            known_word("language", Language),
            models.UniqueConstraint(fields=["bid", "key", "language"], name="page_count_once_per_chapter_and_language"),
            models.CheckConstraint(
                condition=~models.Q(state=JobState.DONE.value) | models.Q(pages__isnull=False),
                name="page_count_done_has_pages",
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="page_count_waiting")]

    def __str__(self) -> str:
        return f"{self.bid}: {self.key} ({self.language})"
