"""The letters we send: written as rows in the transaction of what they tell, sent afterwards, once.

A letter is a name (`templates/email/<name>.txt`, first line the subject), a person and a key that
says what it is about; asking for the same letter twice finds the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import translation

from accounts import clock
from accounts.faults import fault
from bids.models import Bid, BidRole, CallRole, Letter
from bids.rulebook.vocabulary import JobState, Language, Role

if TYPE_CHECKING:
    from accounts.models import User

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
AT_ONCE = 50


def write(name: str, to: User, bid: Bid | None, *, key: str, **about: Any) -> Letter:
    """Put a letter into the outbox; it is sent once the transaction holds."""
    letter, _ = Letter.objects.get_or_create(
        dedupe_key=f"{key}/{to.pk}",
        defaults={"letter": name, "to": to, "bid": bid, "about": about, "language": Language(to.language)},
    )
    return letter


def to_the_coordinator(name: str, bid: Bid, *, key: str, **about: Any) -> None:
    _to(_people(BidRole.objects.filter(bid=bid, role=Role.COORDINATOR)), name, bid, key, about)


def to_the_desk(name: str, bid: Bid, *, key: str, **about: Any) -> None:
    """To the case managers of the call."""
    _to(_people(_of_the_call(bid, Role.CASE_MANAGER)), name, bid, key, about)


def to_the_approvers(name: str, bid: Bid, *, key: str, **about: Any) -> None:
    _to(_people(_of_the_call(bid, Role.APPROVER)), name, bid, key, about)


def send_waiting() -> int:
    """Send what waits in the outbox; a letter that fails waits for the next round, at most five times."""
    sent = 0
    for pk in list(_waiting().values_list("pk", flat=True)[:AT_ONCE]):
        if _claim(pk):
            sent += _send(Letter.objects.select_related("to", "bid").get(pk=pk))
    return sent


def _to(people: Iterable[User], name: str, bid: Bid, key: str, about: dict[str, Any]) -> None:
    for person in people:
        write(name, person, bid, key=key, **about)


def _people(roles: Any) -> list[User]:
    rows = roles.select_related("user").filter(user__is_active=True)
    return list({row.user_id: row.user for row in rows}.values())


def _of_the_call(bid: Bid, role: Role) -> Any:
    return CallRole.objects.filter(Q(call=None) | Q(call=bid.call_version.call_id), role=role)


def _waiting() -> Any:
    lapsed = Q(state=JobState.RUNNING, lease_until__lt=clock.now())
    return Letter.objects.filter(Q(state=JobState.QUEUED) | lapsed).order_by("created_at", "pk")


def _claim(pk: int) -> bool:
    """Raise the attempt of a letter nobody holds: of two senders one gets it."""
    claimed = _waiting().order_by().filter(pk=pk)
    return bool(claimed.update(state=JobState.RUNNING, attempt=F("attempt") + 1, lease_until=clock.now() + LEASE))


def _send(letter: Letter) -> bool:
    try:
        message = compose(letter)
        fault("outbox.before_send")
        message.send()
    except Exception as error:  # whatever is wrong with one letter, the others leave
        log.exception("letter_not_sent", letter=letter.letter, key=letter.dedupe_key)
        _give_back(letter, error)
        return False
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk, attempt=letter.attempt).update(
            state=JobState.DONE, subject=message.subject, finished_at=clock.now()
        )
    return True


def compose(letter: Letter) -> EmailMessage:
    """The letter in its reader's language: first line the subject, the rest the text."""
    site, reference = settings.SITE_URL.rstrip("/"), letter.bid.reference if letter.bid else ""
    links = {
        "link": f"{site}/bids/{reference}/" if reference else f"{site}/",
        "desk_link": f"{site}/desk/bids/bid/{reference}/" if reference else f"{site}/desk/",
    }
    task = Role(letter.about["role"]) if "role" in letter.about else None
    context = {"bid": letter.bid, "person": letter.to, "task": task, **links, **letter.about}
    with translation.override(letter.language):
        text = render_to_string(f"email/{letter.letter}.txt", context)
    subject, _, body = text.strip().partition("\n")
    return EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[letter.to.email])


def _give_back(letter: Letter, error: Exception) -> None:
    state = JobState.FAILED if letter.attempt >= MOST_ATTEMPTS else JobState.QUEUED
    Letter.objects.filter(pk=letter.pk, attempt=letter.attempt).update(state=state, reason=str(error)[:500])
