"""Whole bids in and out: a bid file becomes rows in one transaction, and rows become the same file again."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts import clock
from accounts.models import Organisation
from bids import bidfile, snapshot
from bids.actions.calls import dates_of
from bids.actions.from_facts import BATCH, Rows, check, of_the_bid, refuse
from bids.actions.records import record
from bids.actions.settling import refresh_totals
from bids.models import Bid, BidRole, Call, Partner, StoredFile
from bids.models.columns import TABLES
from bids.rulebook.facts import BidFacts
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import PartnerRole, Role

if TYPE_CHECKING:
    from accounts.models import User

ADDRESSES = frozenset({"start", "import"})  # pages beside those of the bids
_AN_ADDRESS = gettext_noop("%(reference)s is the address of a page here. Give the bid another reference.")


def export_bid(bid: Bid) -> dict[str, Any]:
    """The bid file of a stored bid."""
    return bidfile.as_dict(snapshot.take(bid))


def part_of(bid: Bid, partners: Collection[str]) -> BidFacts:
    """Only the cards and lines of these partners, without what they point at in the rest of the bid."""
    facts = snapshot.take(bid)
    cards = (card for card in facts.partners if card.key in partners)
    lines = (line for line in facts.budget if line.partner in partners)
    return BidFacts(
        call=facts.call, title=facts.title, reference=facts.reference, language=facts.language, track=facts.track,
        partners=tuple(replace(card, affiliated_to=_kept(card.affiliated_to, partners)) for card in cards),
        budget=tuple(replace(line, site=None, work_package=None) for line in lines),
    )  # fmt: skip


def _kept(key: str | None, keys: Collection[str]) -> str | None:
    return key if key in keys else None


@transaction.atomic
def import_bid(
    facts: BidFacts,
    *,
    by: User | None,
    files: Collection[StoredFile] = (),
    is_demo: bool = False,
    event: str = "bid_imported",
    of: str = "",
) -> Bid:
    """Store a bid that was read from a file; `by` becomes its coordinator, `event` tells where it comes from.

    A file without a reference is given one. Documents are tied to stored bytes only where these are
    among `files`: knowing a digest is no right to read what it stands for. Raises
    `bidfile.Unreadable` where something can't be stored, and then nothing is.
    """
    bid = _new_bid(facts, by, is_demo)
    _write(Rows(bid, {file.sha256: file for file in files}, by), facts)
    _tie_organisations(bid)
    _add_up(bid, facts)
    if by is not None:
        BidRole.objects.create(bid=bid, user=by, role=Role.COORDINATOR, partner=_partner_of(by, bid), given_by=by)
    told = {"sha256": snapshot.digest(snapshot.canonical(facts))} | ({"of": of} if of else {})
    record(bid, event, by=by, after=told)
    return bid


def _new_bid(facts: BidFacts, by: User | None, is_demo: bool) -> Bid:
    """The bid's own row, under the version of its call that is in force."""
    call = Call.objects.filter(reference=facts.call).first()
    if call is None:
        refuse("$.call", sentence(gettext_noop("There is no call %(call)s here. Load it first."), call=facts.call))
    reference = facts.reference or f"BID-{secrets.token_hex(4).upper()}"
    if reference.lower() in ADDRESSES:
        refuse("$.reference", sentence(_AN_ADDRESS, reference=reference))
    cutoff, desk_closes = dates_of(call, clock.now())
    bid = Bid(
        call_version=call.version_in_force(), created_by=by, is_demo=is_demo, cutoff=cutoff, desk_closes=desk_closes,
        **of_the_bid(facts) | {"reference": reference},
    )  # fmt: skip
    check(bid, "$", ["call_version", "created_by"])
    try:
        with transaction.atomic():
            bid.save(force_insert=True)
    except IntegrityError:
        taken = gettext_noop("There is already a bid %(reference)s. Give this one another reference.")
        refuse("$.reference", sentence(taken, reference=reference))
    return bid


def _write(rows: Rows, facts: BidFacts) -> None:
    """Every list, each in a few statements, however long it is."""
    for table in TABLES:
        created = table.model._default_manager.bulk_create(rows.of(table, facts), batch_size=BATCH)
        rows.remember(table, created)
    rows.write_affiliations(facts)
    rows.write_effort(facts)


def _add_up(bid: Bid, facts: BidFacts) -> None:
    """The totals that lists show."""
    try:
        refresh_totals(bid, facts)
    except ValidationError as error:
        refuse("$.budget", Sentence(error.messages[0]))
    bid.save(update_fields=["total", "eu"])


def _tie_organisations(bid: Bid) -> None:
    """Tie partners to the organisations people belong to, by number, else by legal name."""
    partners = list(bid.partners.all())
    pics = {partner.pic for partner in partners} - {None, ""}
    numbers = {partner.enterprise_number for partner in partners} - {None, ""}
    named = Q(name__in={partner.name for partner in partners})
    known = Organisation.objects.filter(Q(enterprise_number__in=numbers) | Q(pic__in=pics) | named)
    by_word = {word: found for found in known for word in (found.name, found.pic, found.enterprise_number) if word}
    for partner in partners:
        words = (partner.enterprise_number, partner.pic, partner.name)
        partner.organisation = next((by_word[word] for word in words if word in by_word), None)
    Partner.objects.bulk_update(partners, ["organisation"], batch_size=BATCH)


def _partner_of(user: User, bid: Bid) -> Partner | None:
    """The partner a person belongs to, the coordinating one first."""
    own = bid.partners.filter(organisation__memberships__user=user).distinct()
    return min(own, key=lambda partner: partner.role != PartnerRole.COORDINATOR, default=None)
