"""What happened, in sentences: events of the trail as people read them, with each column before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import gettext as _

from accounts.models import User
from bids import wording
from bids.happenings import AT_THE_DESK, HAPPENED, NOUNS, VERBS
from bids.models import Bid, BidEvent, Effort, Scenario
from bids.models.columns import TABLES
from bids.rulebook import scenarios
from bids.rulebook.permits import Act
from bids.rulebook.sections import BidSection
from bids.rulebook.text import Sentence, sentence
from bids.rulebook.vocabulary import BidState, Interest, OpinionKind, OpinionVerdict, Role, Side, Word
from bids.rulebook.workflow import MOVES

LONGEST = 400  # characters of a text that are repeated
NOT_TOLD = frozenset({"sha256", "digest", "revision", "uploaded_by", "uploaded_at", "file", "version"})

COLUMNS = {table.name: table.model for table in TABLES if table.owner == "bid"} | {"bid": Bid, "scenarios": Scenario}
MONEY = ("total", "eu")  # what adopting a scenario tells of the bid


@dataclass(frozen=True, slots=True)
class Change:
    """One column, before and after."""

    label: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a page tells it."""

    at: datetime
    who: str
    role: str
    what: Sentence
    note: str
    about: str
    changes: tuple[Change, ...]


def tell(events: Iterable[BidEvent], *, to_the_ministry: bool = False) -> list[Told]:
    """Each event in words; people of the ministry are named to the ministry alone."""
    told = list(events)
    named = _people(told) if to_the_ministry else None
    return [_told(event, named) for event in told]


def happened(event: BidEvent, person: str = "") -> Sentence:
    """What an event says, in one sentence; `person` is who it is about, where that may be told."""
    for noun, label in NOUNS.items():
        verb = event.name.removeprefix(f"{noun}_")
        if verb != event.name and verb in VERBS:
            return sentence(VERBS[verb], noun=Sentence(label), name=_name(event))
    template = HAPPENED.get(event.name) or AT_THE_DESK.get(event.name)
    if template is None:
        return Sentence(event.name.replace("_", " ").capitalize().replace("%", "%%"))
    return (
        sentence(template, **_particulars(event), person=person or _("Somebody"))
        if "%(" in template
        else Sentence(template)
    )


def _told(event: BidEvent, named: dict[str, str] | None) -> Told:
    """`named` holds the people whom events are about, for the ministry; None for everybody else."""
    is_open = event.side is Side.CONSORTIUM or named is not None
    return Told(
        at=event.at,
        who=_who(event, named is not None),
        role=_roles(event) if is_open else "",
        what=happened(event, (named or {}).get(event.about, "")),
        note=event.note if event.name not in ("refused", "dates_moved") else "",
        about=event.about,
        changes=tuple(_changes(event)),
    )


def _people(events: Iterable[BidEvent]) -> dict[str, str]:
    """The names of people whom events are about: `user/7`."""
    ids = {event.about.removeprefix("user/") for event in events if event.about.startswith("user/")}
    users = User.objects.in_bulk([int(number) for number in ids if number.isdigit()])
    return {f"user/{pk}": user.get_full_name() for pk, user in users.items()}


def _who(event: BidEvent, to_the_ministry: bool) -> str:
    if event.side is Side.MINISTRY and not to_the_ministry:
        return _("The ministry")
    return event.actor.get_full_name() if event.actor else _("Tandem")


def _roles(event: BidEvent) -> str:
    labels = {role.value: role.label for role in Role}
    return ", ".join(_(labels[name]) for name in event.role.split(", ") if name in labels)


def _particulars(event: BidEvent) -> dict[str, Any]:
    after = event.after or {}
    return {
        "name": _name(event),
        "of": after.get("of", ""),
        "to": after.get("to", ""),
        "role": _labelled(Role, after.get("role") or (event.before or {}).get("role", "")),
        "round": after.get("round", ""),
        "receipt": after.get("receipt", ""),
        "sections": ", ".join(wording.show(_labelled(BidSection, one)) for one in after.get("sections", ())),
        "interest": _labelled(Interest, after.get("interest", "")),
        "kind": _labelled(OpinionKind, event.about),
        "verdict": _labelled(OpinionVerdict, after.get("verdict", "")),
        "outcome": _labelled(BidState, after.get("outcome", "")),
        "title": after.get("title", ""),
        **{what: after.get(what, 0) for what in ("added", "changed", "removed", "put_back")},
        "commitment": after.get("commitment", ""),
        "act": _labelled(Act, event.about),
        "step": Sentence(MOVES[event.about].label) if event.about in MOVES else event.about,
    }


def _labelled(words: type[Word], value: str) -> Sentence | str:
    return next((Sentence(word.label) for word in words if word == value), value)


def _name(event: BidEvent) -> str:
    """What a row is called: its key, and the name people gave it where the event knows one."""
    key = event.about.partition("/")[2]
    known: dict[str, Any] = {**(event.before or {}), **(event.after or {})}
    given = next((str(known[name]) for name in ("short_name", "name", "title", "payer") if known.get(name)), "")
    return f"{key} ({_short(given, 60)})" if given and given != key else key


def _changes(event: BidEvent) -> Iterator[Change]:
    """Every column that differs, by the name and in the form pages give it."""
    model = COLUMNS.get(event.about.partition("/")[0])
    if model is None or event.name == "partner_confirmed":
        return
    before, after = event.before or {}, event.after or {}
    fields = [*model._meta.get_fields(), *(Bid._meta.get_field(name) for name in MONEY if model is Scenario)]
    columns = {column.name: column for column in fields if isinstance(column, Field)}
    for name in {**before, **after}:
        if name in NOT_TOLD or before.get(name) == after.get(name) or (name not in columns and name not in LISTS):
            continue
        if not before.get(name) and not after.get(name):
            continue
        column = columns.get(name)
        label = column.verbose_name if column is not None else LISTS[name]
        yield Change(_capital(str(label)), _shown(column, before.get(name)), _shown(column, after.get(name)))


LISTS = {table.name: table.model._meta.verbose_name_plural for table in TABLES if table.owner != "bid"}
LISTS["effort"] = Effort._meta.verbose_name


def _shown(column: Any, value: Any) -> Any:
    """A value of the trail as a page shows it: money as money, a word by its label, long texts shortened."""
    if value in (None, "", [], {}):
        return None
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column is not None and column.model is Scenario and column.name == "changes":
        return _said(value)
    if isinstance(value, list | dict):
        return _short("; ".join(_entry(entry) for entry in _entries(value)))
    if column is None or column.is_relation:
        return _short(str(value))
    try:
        typed = column.to_python(value)
    except (ValidationError, ValueError):
        typed = value
    return _short(typed) if type(typed) is str else typed


def _said(value: Any) -> str:
    """The changes of a scenario as sentences; as they were written where a lever of old is no longer known."""
    try:
        return " ".join(wording.say(scenarios.said(change)) for change in scenarios.read(value))
    except scenarios.Refusal:
        return _short("; ".join(_entry(entry) for entry in value))


def _entries(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else [f"{key} {part}" for key, part in value.items()]


def _entry(entry: Any) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    return ", ".join(str(part) for part in entry.values() if part not in (None, "", [], {}))


def _short(text: str, most: int = LONGEST) -> str:
    text = str(text)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
