"""Jobs that must happen once: a dossier to make, a letter to send. The row is the queue, the broker a bell."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.bid import Bid
from bids.models.fields import LineField, ProseField, WordField
from bids.models.parts import known_word
from bids.models.snapshot import Picture, Snapshot
from bids.rulebook.vocabulary import DossierKind, JobState, Language

OF_A_PICTURE = (DossierKind.DRAFT, DossierKind.DIFFERENCE)  # may be made of the working copy
ATTEMPTS = 3  # and as many again each time a person asks for it


class Job(models.Model):
    """Claimed by raising `attempt`, kept alive by `lease_until`; only the attempt that holds the row may finish it."""

    state = WordField(JobState, default=JobState.QUEUED, verbose_name=_("state"))
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    worker = models.CharField(_("worker"), max_length=120, blank=True)
    reason = ProseField(_("why it failed"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("asked for"), default=clock.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("-created_at",)


class DossierQuerySet(models.QuerySet["Dossier"]):
    """The words of lists."""

    def drafts(self) -> DossierQuerySet:
        """Made from the working copy."""
        return self.filter(snapshot=None)

    def sealed(self) -> DossierQuerySet:
        """Made from a round."""
        return self.exclude(snapshot=None)

    def to_fetch(self) -> DossierQuerySet:
        """Finished, and its file still kept."""
        return self.filter(state=JobState.DONE, purged_at=None)

    def with_source(self) -> DossierQuerySet:
        """With what it was made from and who asked, but without the long texts."""
        sources = self.select_related("snapshot", "picture", "created_by")
        return sources.defer("snapshot__text", "picture__text")


class Dossier(Job):
    """A PDF made from a snapshot, or from a picture of a draft: one per source, template, kind and language."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="dossiers")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, blank=True, related_name="dossiers")
    picture = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True, related_name="dossiers")
    source_digest = models.CharField(_("SHA-256 of the source"), max_length=64)
    template_version = models.CharField(_("template version"), max_length=40)
    kind = WordField(DossierKind, verbose_name=_("kind"))
    language = WordField(Language, verbose_name=_("language"))
    attempts_allowed = models.PositiveIntegerField(_("attempts allowed"), default=ATTEMPTS)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, db_index=True)
    sealed_sha256 = models.CharField(_("SHA-256 of the sealed file"), max_length=64, blank=True, db_index=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    written_pages = models.PositiveIntegerField(_("pages of the chapters"), null=True, blank=True)
    written_digest = models.CharField(_("SHA-256 of the chapters"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)
    remarks = models.JSONField(_("remarks of the printer"), default=list, blank=True)
    purge_after = models.DateTimeField(_("deleted after"), null=True, blank=True)
    purged_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta(Job.Meta):
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints = [
            known_word("state", JobState),
            known_word("kind", DossierKind),
            known_word("language", Language),
            # Two rounds may hold the same text; each still has its own dossier, which prints its round.
            models.UniqueConstraint(
                fields=["snapshot", "template_version", "kind", "language"], name="dossier_is_made_once_per_round"
            ),
            models.UniqueConstraint(
                fields=["source_digest", "template_version", "kind", "language"],
                condition=Q(snapshot__isnull=True),
                name="dossier_is_made_once_per_picture",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in OF_A_PICTURE], snapshot__isnull=True)
                | (~Q(kind=DossierKind.DRAFT.value) & Q(snapshot__isnull=False, picture__isnull=True)),
                name="dossier_draft_is_of_a_picture",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="dossier_progress_is_a_percentage"),
            models.CheckConstraint(
                condition=~Q(state=JobState.DONE.value) | ~Q(file_sha256=""), name="dossier_done_has_a_file"
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.DONE.value) | Q(snapshot__isnull=True) | ~Q(sealed_sha256=""),
                name="dossier_of_a_round_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(snapshot__isnull=False) | Q(sealed_sha256=""), name="dossier_draft_has_no_seal"
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="dossier_waiting")]

    def __str__(self) -> str:
        return f"{self.bid}: {self.kind} ({self.language})"

    @property
    def is_draft(self) -> bool:
        """Of the working copy, and so the consortium's alone."""
        return self.snapshot_id is None

    @property
    def kept_sha256(self) -> str:
        """The digest of the file people get, which is its name on disk: with its seal, if it has one."""
        return self.sealed_sha256 or self.file_sha256


class Seal(models.Model):
    """One sealing, for ever: a dossier that is made again gets another, and the former file stays ours.

    Triggers refuse UPDATE and DELETE. `is_stamped` tells whether an authority stamped the time on it.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="seals", verbose_name=_("dossier"))
    source_digest = models.CharField(_("SHA-256 of the source"), max_length=64)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, db_index=True)
    sealed_sha256 = models.CharField(_("SHA-256 of the sealed file"), max_length=64, unique=True)
    sealed_at = models.DateTimeField(_("sealed"))
    certificate = LineField(_("certificate"))
    fingerprint = models.CharField(_("SHA-256 of the certificate"), max_length=64)
    is_test = models.BooleanField(_("test seal"))
    is_stamped = models.BooleanField(_("with a time stamp"))

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(condition=~Q(file_sha256=F("sealed_sha256")), name="seal_changes_the_file"),
            models.CheckConstraint(
                condition=~Q(source_digest="") & ~Q(file_sha256=""), name="seal_names_what_it_seals"
            ),
        ]

    def __str__(self) -> str:
        return self.sealed_sha256[:12]


class Letter(Job):
    """A letter to be sent once: `dedupe_key` says what it is about, so that a second request finds the first."""

    dedupe_key = models.CharField(_("what it is about"), max_length=200, unique=True)
    bid = models.ForeignKey(Bid, models.PROTECT, null=True, blank=True, related_name="letters")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="letters", verbose_name=_("to"))
    letter = models.CharField(_("letter"), max_length=60)
    language = WordField(Language, default=Language.EN, verbose_name=_("language"))
    about = models.JSONField(_("details"), default=dict, blank=True)
    subject = LineField(_("subject"), blank=True)

    class Meta(Job.Meta):
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [known_word("state", JobState), known_word("language", Language)]
        indexes = [models.Index(fields=["state", "lease_until"], name="letter_waiting")]

    def __str__(self) -> str:
        return self.dedupe_key
