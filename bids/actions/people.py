"""Who works on a bid, in which role, for which partner, and on which chapters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from accounts import invitations
from accounts.models import User
from bids.actions.changing import changing
from bids.actions.records import record
from bids.models import Bid, BidRole, CallRole, Chapter, Partner
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import ChapterState, Language, Role

if TYPE_CHECKING:
    from accounts.models import Organisation

GIVEN_ROLES = (Role.PARTNER_EDITOR, Role.FINANCE_OFFICER, Role.VIEWER)  # a bid has one coordinator


class NotGiven(Exception):
    """The role can't be given or taken, for this reason."""

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason
        super().__init__(str(reason))


_BOTH_SIDES = gettext_noop("This person works for the ministry on the same call, so they can't work on a bid for it.")
_TWICE = gettext_noop("This person already has this role in the bid.")
_COORDINATOR = gettext_noop("The coordinator stays on board. Only the ministry can name another one.")


@transaction.atomic
def add_person(bid: Bid, email: str, role: Role, partner: Partner, *, by: User) -> BidRole:
    """Give a person a role, and write them a letter; whoever has no account yet is invited to open one.

    Membership of an organisation comes only from somebody who is a member of it: it reaches beyond this bid.
    """
    if _is_on_the_other_side(bid, email):
        raise NotGiven(sentence(_BOTH_SIDES))
    organisation = _of_both(partner, by)
    invited = invitations.invite(email, by=by, organisation=organisation, language=by.language).user
    if BidRole.objects.filter(bid=bid, user=invited, role=role).exists():
        raise NotGiven(sentence(_TWICE))
    try:
        with transaction.atomic():
            given = BidRole.objects.create(bid=bid, user=invited, role=role, partner=partner, given_by=by)
    except IntegrityError:
        raise NotGiven(sentence(_TWICE)) from None
    told = {"role": role.value, "partner": partner.key}
    record(bid, "person_added", by=by, about=f"user/{invited.pk}", after=told)
    return given


def _is_on_the_other_side(bid: Bid, email: str) -> bool:
    """Nobody is on both sides of a call; a trigger refuses it too."""
    theirs = CallRole.objects.filter(user__email=email.strip().lower())
    return theirs.filter(call=None).exists() or theirs.filter(call=bid.call_version.call_id).exists()


def _of_both(partner: Partner, user: User) -> Organisation | None:
    own = partner.organisation
    return own if own is not None and own.memberships.filter(user=user).exists() else None


@transaction.atomic
def remove_person(given: BidRole, *, by: User) -> None:
    """Take a role away; what the person wrote stays."""
    if given.role is Role.COORDINATOR:
        raise NotGiven(sentence(_COORDINATOR))
    told = {"role": given.role.value, "partner": given.partner.key if given.partner else None}
    record(given.bid, "person_removed", by=by, about=f"user/{given.user_id}", before=told)
    given.delete()


def assign_chapters(bid: Bid, wanted: Mapping[str, Partner | None], titles: Mapping[str, str], *, by: User) -> None:
    """Say which partner writes which section of the template, in every language it exists in.

    A section nobody has begun is put into the bid as an empty chapter, so that it can be assigned.
    """
    with changing(bid, by=by) as change:
        standing: dict[str, list[Chapter]] = {}
        for chapter in Chapter.objects.filter(bid=bid):
            standing.setdefault(chapter.key, []).append(chapter)
        for key, partner in wanted.items():
            for chapter in standing.get(key, ()):
                change.save(chapter, {"assigned_to": partner}, expected=chapter.version)
            if key not in standing and partner is not None:
                change.add(
                    Chapter(
                        key=key, title=titles[key], assigned_to=partner, state=ChapterState.EMPTY,
                        language=Language(bid.language),
                    )
                )  # fmt: skip
