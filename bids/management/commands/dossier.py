"""A dossier now, in the foreground: what a worker would make, made here."""

from __future__ import annotations

import shutil
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bids.actions.dossiers import UNDER_WAY, NothingSubmitted, NotPrintable, ask_for_dossier
from bids.dossier import files, job
from bids.models import Bid, Dossier
from bids.rulebook.readiness import Finding
from bids.rulebook.vocabulary import DossierKind, JobState, Language

LOOK_EVERY = 1.0
NOTHING = (
    "%s was never submitted: only --kind draft can be made.",
    "%s has no round before its newest one: there is nothing to compare.",
)


class Command(BaseCommand):
    help = "Make the dossier of a stored bid: the newest round's submission, else a draft, in the bid's language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", metavar="REFERENCE")
        parser.add_argument("--kind", choices=[kind.value for kind in DossierKind])
        parser.add_argument("--lang", choices=[language.value for language in Language])
        parser.add_argument("--out", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        dossier, found = asked(options)
        for finding in found:
            self.stderr.write(str(finding.sentence))
        dossier = made(dossier)
        if dossier.state is not JobState.DONE:
            raise CommandError(dossier.reason or f"The dossier is {dossier.state}.")
        path = files.path_of(dossier.kept_sha256)
        if options["out"] is not None:
            path = copied(path, options["out"])
        seconds = time.monotonic() - began
        for remark in dossier.remarks:
            self.stderr.write(remark)
        self.stdout.write(f"{path}: {dossier.pages} pages, {dossier.size} bytes, {seconds:.1f} s")
        self.stdout.write(f"SHA-256 of the file   {dossier.kept_sha256}")
        if dossier.sealed_sha256:
            self.stdout.write(f"SHA-256 without seal  {dossier.file_sha256}")
        self.stdout.write(f"SHA-256 of its source {dossier.source_digest}")


def asked(options: dict[str, Any]) -> tuple[Dossier, tuple[Finding, ...]]:
    """The row of the dossier that is meant, new or found, and what will show otherwise than wished."""
    bid = Bid.objects.with_call().filter(reference=options["reference"]).first()
    if bid is None:
        raise CommandError(f"There is no bid {options['reference']}.", returncode=2)
    kind = DossierKind(options["kind"] or (DossierKind.SUBMISSION if bid.round else DossierKind.DRAFT))
    try:
        return ask_for_dossier(bid, kind, Language(options["lang"] or bid.language), by=None)
    except NotPrintable as refused:
        raise CommandError("\n".join(str(finding.sentence) for finding in refused.findings)) from refused
    except NothingSubmitted as error:
        raise CommandError(NOTHING[kind is DossierKind.DIFFERENCE] % bid.reference) from error


def made(dossier: Dossier) -> Dossier:
    """Make it here, or wait for the worker that was quicker."""
    while dossier.state in UNDER_WAY:
        if not job.work(dossier.pk):
            time.sleep(LOOK_EVERY)
            job.sweep()
        dossier.refresh_from_db()
    return dossier


def copied(path: Path, out: Path) -> Path:
    try:
        shutil.copyfile(path, out)
    except OSError as error:
        raise CommandError(f"{out} can't be written: {error.strerror}.", returncode=2) from error
    return out
