"""Is this PDF ours, unchanged, of which round, and what is its seal worth? Exit 0 when it is ours, else 1."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bids import wording
from bids.dossier.seal.check import Broken, SealFound, certificates, seal_of, test_certificates
from bids.dossier.verify import Known, Thing, known_file


class Command(BaseCommand):
    """What is known is told, and nothing else: of a file that was changed, only that it is not known."""

    help = "Tell whether a PDF is a dossier that was made here and is unchanged, and what its seal is worth."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']} can't be read: {error.strerror}.", returncode=2) from error
        found = known_file(content)
        try:
            seal = sealed(content)
        except Broken as problem:
            raise CommandError(f"{unknown(found)}The file is damaged, or no PDF at all: {problem}.") from problem
        if found is None:
            raise CommandError("\n".join([unknown(found), *told_of_the_seal(seal)]))
        if not found.is_intact:
            raise CommandError(f"The file is ours, but the text of {found.reference} it was made from was changed.")
        if found.thing is Thing.SEALED and not (seal and seal.is_intact):
            raise CommandError("The digest is known, but the seal in the file is not intact.")
        self.stdout.write("\n".join([*told(found), *told_of_the_seal(seal)]))


def sealed(content: bytes) -> SealFound | None:
    """The seal, judged by the roots this installation trusts and by its own test certificate."""
    trusted = certificates(Path(settings.SEAL_TRUST_FILE)) if settings.SEAL_TRUST_FILE else []
    return seal_of(content, trusted, test_certificates(Path(settings.SEAL_FOLDER)))


def unknown(found: Known | None) -> str:
    return "" if found else "This file was not made here, or it was changed afterwards: its digest is not known.\n"


def told(found: Known) -> Iterator[str]:
    """What anybody may know of it."""
    yield f"Known: {found.thing.label}, {wording.word(found.kind).lower()}, {found.language}"
    yield f"Bid        {found.reference}" + (f", round {found.round}" if found.round else ", working copy")
    yield f"Date       {wording.moment(found.at)}"
    yield f"SHA-256    {found.source} (of what it was made from; it stands on every page)"
    if found.seal:
        yield f"Printed    {found.seal.file_sha256} (SHA-256 without the seal)"
    for digest in found.sealed_files:
        yield f"Sealed as  {digest}"


def told_of_the_seal(seal: SealFound | None) -> Iterator[str]:
    """Each thing we found, and how far it was looked."""
    if seal is None:
        yield "Seal       none in this file"
        return
    yield f"Seal       {'intact' if seal.is_intact else 'BROKEN: the file was changed after it was sealed'}"
    yield f"By         {seal.certificate} ({worth(seal)})"
    if seal.stamped_at is None:
        said = f"; the sealing computer said {wording.moment(seal.signed_at)}" if seal.signed_at else ""
        yield f"Time stamp none{said}"
    else:
        authority = "an authority that is trusted here" if seal.is_stamp_trusted else "an authority not trusted here"
        yield f"Time stamp {wording.moment(seal.stamped_at)}, by {authority}"


def worth(seal: SealFound) -> str:
    """What the certificate is worth to whoever runs this command."""
    if seal.is_test:
        return "TEST certificate of this installation: worth nothing outside"
    if seal.is_trusted:
        return "trusted: it leads to a root of SEAL_TRUST_FILE; whether it was revoked was not asked"
    return "not trusted: no root of SEAL_TRUST_FILE vouches for it"
