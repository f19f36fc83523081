"""What stands in the addresses of the desk, and what its pages ask beside their act."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from accounts.models import Membership, Organisation, User
from bids import access, snapshot
from bids.models import Bid, CallVersion, Review, Snapshot, StoredFile
from bids.rulebook.permits import Decision, Manner, Standing
from bids.rulebook.vocabulary import DossierKind, ReviewState, Role
from tests.walk.meant import Find, Meant, dossier, figure, numbered

PREFIX = "desk/"
FILE = "desk/bids/bid/<reference>/"
OF_EVERY_BID = "desk:bids_bidevent_changelist"  # the trail shows what happened to bids in all states
MINISTRY = frozenset(role for role in Role if not role.is_consortium)
OF_ACCOUNTS = "desk:accounts_"


def is_enough(name: str, decision: Decision) -> bool:
    """What is saved on the pages of accounts is in force at once: who may only propose has no business there."""
    return decision.allowed and not (name.startswith(OF_ACCOUNTS) and decision.manner is Manner.PROPOSE)


def may_enter(user: Any) -> bool:
    """The door of the desk: people who work there, with a role of the ministry."""
    if not user.is_authenticated:
        return False
    held = set(user.call_roles.values_list("role", flat=True))
    return bool(user.is_active and user.is_staff and held & MINISTRY)


def of_the_person(user: Any, bid: Bid | None) -> dict[str, Any]:
    """What the table has to know of somebody beside the standing."""
    sent = Review.objects.filter(reviewer=user, voided_at=None, state=ReviewState.SENT)
    return {"own_review_sent": bid is not None and sent.filter(snapshot__bid=bid, snapshot__round=bid.round).exists()}


def of_the_page(name: str) -> dict[str, Any]:
    """What is asked of everybody on a page: in general, or in which manner, or about what."""
    if name.startswith(("desk:bid-step-", OF_ACCOUNTS, "desk:bids_callrole_")):
        return {"somewhere": True}  # the page opens, and says what is missing
    if name == "desk:call-numbers-change":
        return {"manner": Manner.PROPOSE}  # who only confirms has nothing to write there
    if name.startswith("desk:call-change-"):
        return {"somewhere": True}  # then the proposal, if there is one, and whether it is theirs to close
    return {"entries": "technical"} if name == OF_EVERY_BID else {}


def in_the_call(name: str, user: Any) -> Standing | None:
    """What somebody is to the call of a page on which its numbers are changed; None for all other pages."""
    if not name.startswith(("desk:call-change", "desk:call-numbers")):
        return None
    return access.standing_in(user, _version().call)


def beside_the_bids(name: str) -> Meant:
    """What an address of the desk is filled with that is about no bid."""
    page = name.removeprefix("desk:")
    if model := ACCOUNTS.get(page):
        return Meant({"object_id": model._default_manager.order_by("pk").values_list("pk", flat=True)[0]})
    version = _version()
    numbers = {"call-version": {"number": version.number}, "call-difference": {"old": 1, "new": 2}}
    if page.startswith("call-change"):
        numbers[page] = {"number": 1}
    assert page.startswith("call"), f"Say in tests/walk/desk.py what stands in the address of {name}"
    exists = page != "call-difference" and not page.startswith("call-change")
    return Meant({"reference": version.call.reference} | numbers.get(page, {}), exists=exists)


def _version() -> CallVersion:
    """The version of a call that the pages of calls are visited with."""
    return CallVersion.objects.select_related("call").order_by("pk")[0]


def _document(bid: Bid) -> Meant | None:
    """The first document of the newest round."""
    newest = Snapshot.objects.filter(bid=bid).first()
    found = next(iter(snapshot.read(newest.text).documents), None) if newest else None
    return found and Meant({"key": found.key}, exists=StoredFile.objects.filter(sha256=found.sha256).exists())


def _linked(bid: Bid) -> Meant:
    """A page that only a bid has which is the alternative to another."""
    newest = Snapshot.objects.filter(bid=bid).first()
    return Meant({}, exists=newest is not None and bool(snapshot.read(newest.text).alternative_to))


def _made(bid: Bid) -> Meant | None:
    found = bid.dossiers.exclude(kind=DossierKind.DRAFT).order_by("pk").last()
    return found and Meant({"number": found.pk})


def _opinion(kind: str) -> Find:
    return lambda bid: Meant({"kind": kind}, {"opinion": kind})


ACCOUNTS: dict[str, type[Model]] = {
    "accounts_user_change": User,
    "accounts_organisation_change": Organisation,
    "accounts_membership_delete": Membership,
}

# By the name of the route, or its first words where several pages are about the same.
IN_A_FILE: dict[str, tuple[Find, ...]] = {
    "bid-why": (figure,),
    "bid-linked": (_linked,),
    "bid-chapter": (lambda bid: Meant({"number": "1"}),),
    "bid-document": (_document,),
    "bid-assign": (lambda bid: Meant({"role": Role.REVIEWER.value}),),
    "bid-unassign": (numbered("assignments", "number", ended_at=None),),
    "bid-opinion": (_opinion("legal"), _opinion("finance")),
    "bid-opinion-answer": (numbered("opinions", "number"),),
    "bid-paper": (numbered("desk_documents", "number"),),
    "bid-dossier-download": (dossier,),
    "bid-dossier-package": (dossier,),
    "bid-dossier": (_made,),
}
