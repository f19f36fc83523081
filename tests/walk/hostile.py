"""What people, their programs and their enemies send: put into every box of every form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import User
from bids.models import Bid, BidEvent, BidRole
from bids.views.history import REFUSALS
from tests.walk.addresses import address, addresses, elsewhere
from tests.walk.forms import Form, forms_in

VALUES = {
    "nothing": "",
    "a NUL": "a\x00b",
    "an emoji": "👩‍🚀🇧🇪",
    "right to left": "\u202egpj.exe\u202c עברית",
    "1 MB": "x" * 1_000_000,
    "two readings": "1.234",
    "negative": "-5",
    "20 digits": "9" * 20,
    "markup": "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>",
    "another header": "a\r\nBcc: mallory@example.org",
}
MORE_VALUES = {
    "spaces": "  \t ",
    "control characters": "a\x07\x1b[31m\x7fb",
    "an exponent": "1e309",
    "a digit of another script": "٣",
    "no number": "NaN",
    "endless": "Infinity",
    "a day nobody knows": "2026-02-30",
    "a template": "{{ 7|add:7 }}{% debug %}${7*7}%(x)s{0.__class__}",
    "a statement": "'; DROP TABLE bids_bid; --",
    "a path": "../../etc/passwd",
}
ANSWERS = {200, 302, 403, 404, 409, 413, 422}
Sent = Mapping[str, list[str]]


def every_form(client: Client, bid: Bid) -> list[Form]:
    """One form of each kind that somebody finds on the pages of a bid and beside them."""
    found: dict[str, Form] = {}
    for to in [*addresses(bid), *map(address, elsewhere())]:
        answer = client.get(to.url) if to.url.startswith("/bids/") else None
        if answer and answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            for form in forms_in(to.url, answer.text):
                found.setdefault(_kind(form), form)
    return list(found.values())


def _kind(form: Form) -> str:
    """Forms of the same page, or of the same rows in a table, are one kind; rows with other boxes are not."""
    first, *_, last = form.action.partition("?")[0].strip("/").split("/")
    names = sorted({control.name for control in form.controls})
    return f"{first} {last} {names}" if last in ("cells", "duplicate", "remove", "restore") else form.action


def filled(form: Form, value: str, *, tampered: bool = False) -> dict[str, list[str]]:
    """The form with this value in every box one can type into; tampered, in all the others too."""
    data: dict[str, list[str]] = {}
    for control in form.controls:
        if control.kind not in ("submit", "file"):
            wanted = control.is_typed or (tampered and control.name != "csrfmiddlewaretoken")
            data.setdefault(control.name, []).append(value if wanted else control.value)
    return data


def faults(client: Client, form: Form, data: Any, **more: Any) -> Iterator[str]:
    """Post it, look at the answer, and take it back: never a 500, nothing half-saved, nothing typed lost."""
    with transaction.atomic():
        before = traces()
        try:
            answer = client.post(form.action, data, **more)
            connection.check_constraints()
        except IntegrityError as error:
            yield f"{form.action}: {error}"
            answer = None
        changed = traces() != before
        transaction.set_rollback(True)
    if answer is None:
        return
    if answer.status_code not in ANSWERS:
        yield f"{form.action} → {answer.status_code}"
    elif answer.status_code != 302:
        yield from _refusal(form, answer, changed, data if isinstance(data, Mapping) else {})


def traces() -> tuple[Any, ...]:
    """What every act leaves: a bid that moved on, an event, a person or a role."""
    events = BidEvent.objects.exclude(name__in=REFUSALS).count()
    return sorted(Bid.objects.values_list("pk", "revision")), events, User.objects.count(), BidRole.objects.count()


def _refusal(form: Form, answer: Any, changed: bool, data: Sent) -> Iterator[str]:
    """What a page that did not take a form has to do."""
    if changed:
        yield f"{form.action} → {answer.status_code}, and yet it wrote"
    if answer.status_code not in (200, 422):
        return
    if 'role="alert"' not in answer.text:
        yield f"{form.action} says nothing about what is wrong"
    for control in form.controls:
        typed = data.get(control.name, [""])[0]
        if control.is_typed and typed.strip() and "\x00" not in typed and not _shows(answer.text, typed):
            yield f"{form.action}: {control.name} lost what was typed"


def _shows(page: str, typed: str) -> bool:
    return escape(typed) in page or escape(typed.replace("\r\n", "\n")) in page
