"""A house where twenty people write one bid: `python -m tests.faults.writers_story`.

Half of them keep figures, half write chapters; each has a line or a chapter of their own beside what they share.
"""

from __future__ import annotations

import sys

import django

if __name__ == "__main__":
    django.setup()

from django.core.management import call_command

from bids import snapshot
from bids.actions.bidfiles import import_bid
from bids.models import Bid
from bids.rulebook.vocabulary import Language, Role
from tests import factories

WRITERS = 10  # of each kind


def own_chapters(bid: Bid) -> list[str]:
    """Sections of the template that the small bid has not begun, one per editor."""
    sections = snapshot.call_of(bid).template.sections
    keys = [section.number for section in sections if section.number != "1.1" and not section.heading_only]
    return keys[:WRITERS]


def main() -> None:
    call_command("migrate", verbosity=0)
    factories.a_call()
    bid = Bid.objects.with_call().get(pk=import_bid(factories.small_bid(), by=None).pk)
    cenaero = bid.partners.get(key="cenaero")
    line = bid.budget_lines.get(key="L001")
    for number, chapter in enumerate(own_chapters(bid)):
        officer, editor = (factories.a_user(f"{kind} {number}") for kind in ("Officer", "Editor"))
        factories.a_bid_role(bid, officer, Role.FINANCE_OFFICER, cenaero)
        factories.a_bid_role(bid, editor, Role.PARTNER_EDITOR, cenaero)
        factories.a_line(
            bid, f"W{number:02}", stream="services", partner=cenaero, site=line.site, category="A1", year=2026,
            amount=line.amount, position=100 + number,
        )  # fmt: skip
        factories.a_chapter(
            bid, chapter, language=Language.EN, title=chapter, html="<p>Begun.</p>", position=100 + number
        )
    bid.chapters.update(assigned_to=cenaero)
    sys.stdout.write("\n".join(own_chapters(bid)))


if __name__ == "__main__":
    main()
