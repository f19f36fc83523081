"""Other numbers for a call: one person proposes them, another confirms, and a new version holds them.

Nothing moves with it: bids keep the version they have until somebody moves them (decision 60). Of two
people at the same button one is first; the other is told what happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts import clock
from bids import access, callfile
from bids.actions.at_the_desk import NotNow
from bids.actions.calls import digest_of
from bids.actions.records import record
from bids.models import Call, CallVersion, NumbersChange
from bids.rulebook.permits import Act, Manner
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import ProposalState

if TYPE_CHECKING:
    from accounts.models import User

Data = dict[str, Any]

_MEANWHILE = gettext_noop(
    "Meanwhile %(version)s of the call is in force, so this would rest on numbers that nobody sees any more. "
    "Look at them, then propose your change again."
)
_ANOTHER = gettext_noop(
    "Another change of this call waits to be confirmed. Once it is confirmed, refused or taken back, propose yours."
)
_CLOSED = gettext_noop("This proposal is no longer open: it is %(outcome)s.")
_NOTHING = gettext_noop("This is what the call says already. Change a number, its mark or its source.")
_OTHER = gettext_noop("This is not the proposal that you read. Read it again before you confirm.")
_NOT_YOURS = gettext_noop("Only the person who proposed this can take it back. An approver can refuse it.")


def outcome_of(base: CallVersion, edits: callfile.Edits) -> Data:
    """The data as these changes would leave it, as the version after this one; `Unreadable` where that is no call."""
    return callfile.with_edits(base.data, edits) | {"version": base.number + 1}


def real_changes(base: CallVersion, edits: callfile.Edits) -> callfile.Edits:
    """Those that say something else than this version does; `NotNow` where none does."""
    found = callfile.differing(base.data, edits)
    if not found:
        raise NotNow(sentence(_NOTHING))
    return found


def propose(call: Call, edits: callfile.Edits, *, seen: int, reason: str, by: User) -> NumbersChange:
    """Keep a change of the version that was seen until another person confirms it."""
    with _locked(call, by=by, manner=Manner.PROPOSE) as base:
        if base.number != seen:
            raise NotNow(sentence(_MEANWHILE, version=str(base)))
        if NumbersChange.objects.filter(call=call, outcome=ProposalState.OPEN).exists():
            raise NotNow(sentence(_ANOTHER))
        edits = real_changes(base, edits)
        after = outcome_of(base, edits)
        change = NumbersChange.objects.create(
            call=call, base=base, edits=edits, digest=digest_of(after), reason=reason, proposed_by=by
        )
        record(
            None, "call_change_proposed", by=by, about=str(base), note=reason,
            before=callfile.stands(base.data, edits), after=edits,
        )  # fmt: skip
        return change


def confirm(change: NumbersChange, *, digest: str, by: User) -> CallVersion:
    """Store the version that was proposed, if it is the one that was read and nothing came in between."""
    with _locked(change.call, by=by, manner=Manner.CONFIRM, proposed_by=change.proposed_by_id) as base:
        _still_open(change)
        if change.base_id != base.pk:
            raise NotNow(sentence(_MEANWHILE, version=str(base)))
        after = _still_a_call(base, change.edits)
        if not change.digest == digest == digest_of(after):
            raise NotNow(sentence(_OTHER))
        version = CallVersion.objects.create(
            call=change.call, number=base.number + 1, data=after, digest=change.digest, loaded_by=by
        )
        _close(change, ProposalState.CONFIRMED, by, version=version)
        record(
            None, "call_changed", by=by, about=str(version), note=change.reason,
            before={"version": str(base), "digest": base.digest},
            after={"digest": version.digest, "proposed_by": change.proposed_by_id, "changes": dict(change.edits)},
        )  # fmt: skip
        return version


def refuse(change: NumbersChange, *, answer: str, by: User) -> None:
    """Who could have confirmed says why not; the numbers stay."""
    with _locked(change.call, by=by, manner=Manner.CONFIRM, proposed_by=change.proposed_by_id):
        _still_open(change)
        _close(change, ProposalState.REFUSED, by, answer=answer)
        record(None, "call_change_refused", by=by, about=str(change.base), note=answer)


def take_back(change: NumbersChange, *, by: User) -> None:
    """Whoever proposed it thinks better of it."""
    with _locked(change.call, by=by, manner=Manner.PROPOSE):
        _still_open(change)
        if change.proposed_by_id != by.pk:
            raise NotNow(sentence(_NOT_YOURS))
        _close(change, ProposalState.TAKEN_BACK, by)
        record(None, "call_change_taken_back", by=by, about=str(change.base))


@contextmanager
def _locked(call: Call, *, by: User, **about: Any) -> Iterator[CallVersion]:
    """The version in force, nobody else changing the call until the end; `access.Refused` where it isn't theirs."""
    with transaction.atomic():
        locked = Call.objects.select_for_update().get(pk=call.pk)
        decision = access.can(by, Act.EDIT_CALL, None, who=access.standing_in(by, locked), **about)
        if not decision:
            raise access.Refused(decision)
        yield locked.versions.select_related("call").latest("number")


def _still_open(change: NumbersChange) -> None:
    change.refresh_from_db(fields=["outcome", "base", "edits", "digest"])
    if change.outcome is not ProposalState.OPEN:
        raise NotNow(sentence(_CLOSED, outcome=change.outcome))


def _still_a_call(base: CallVersion, edits: callfile.Edits) -> Data:
    """What was proposed under older rules of this tool may be refused by newer ones."""
    try:
        return outcome_of(base, edits)
    except callfile.Unreadable as unreadable:
        raise NotNow(unreadable.problems[0].sentence) from None


def _close(change: NumbersChange, outcome: ProposalState, by: User, **more: Any) -> None:
    NumbersChange.objects.filter(pk=change.pk).update(outcome=outcome, closed_by=by, closed_at=clock.now(), **more)
    change.refresh_from_db()
