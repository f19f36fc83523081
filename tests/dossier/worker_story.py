"""What happens in the folder of the workers before they start: a submitted bid whose dossier is asked for.

`python -m tests.dossier.worker_story` prints the number of the job.
"""

from __future__ import annotations

import sys

import django
from django.core.management import call_command

ATTEMPTS = 60  # the story kills more workers than a job is normally given attempts


def main() -> None:
    django.setup()
    from bids.actions.bidfiles import import_bid  # noqa: PLC0415 (models exist only now)
    from bids.actions.dossiers import request_dossier  # noqa: PLC0415
    from bids.models import Bid, Dossier  # noqa: PLC0415
    from bids.rulebook.vocabulary import DossierKind, Language  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    factories.a_call()
    ada = factories.a_user("Ada")
    factories.an_organisation("imec", ada)
    imported = import_bid(factories.small_bid(), by=ada)
    bid = Bid.objects.with_call().get(pk=imported.pk)
    factories.a_snapshot(bid, ada)
    job = request_dossier(bid, DossierKind.SUBMISSION, Language.EN, by=ada)
    Dossier.objects.filter(pk=job.pk).update(attempts_allowed=ATTEMPTS)
    sys.stdout.write(str(job.pk))


if __name__ == "__main__":
    main()
