"""Making one self-contained call out of its file and the shared data it names by id."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from bids.callfile.call import FORMAT, Unreadable
from bids.callfile.table import Reading
from bids.rulebook.text import gettext_noop, nearest, quoted, sentence

Data = dict[str, Any]

_OWN = ("cost_models", "action_types", "scales", "criteria_sets", "templates", "requirements")


def resolve(call: Data, library: Data) -> Data:
    """The call with every reference replaced by what it names; raise `Unreadable` for one to nothing.

    A call may bring a shared table of its own (`[cost_models.*]`, `[templates.*]`, …); it goes
    before the shared one of the same id.
    """
    reading = Reading()
    call = deepcopy(call)
    own = {name: _tables(call.pop(name, {}), f"$.{name}", reading) for name in _OWN}
    shelf = Shelf({**library, **{name: {**library[name], **own[name]} for name in _OWN}}, reading)
    resolved = {"format": FORMAT, **library["defaults"], **call}
    resolved["streams"] = shelf.streams_of(call)
    resolved["criteria_sets"] = shelf.criteria_sets_of(resolved)
    resolved["template"] = shelf.template(resolved.get("template"))
    resolved["requirements"] = shelf.requirements_of(resolved)
    resolved.setdefault("participating_states", library["participating_states"])
    resolved.setdefault("document_kinds", shelf.document_kinds())
    resolved.setdefault("part_a", library["part_a"])
    if resolved.pop("links_to_factory", False):
        resolved["established_factories"] = library["established_factories"]
    if reading.problems:
        raise Unreadable(tuple(reading.problems))
    return deepcopy(resolved)


def _tables(value: object, path: str, reading: Reading) -> Data:
    if isinstance(value, dict):
        return value
    reading.refuse(path, sentence(gettext_noop("Write a table here.")))
    return {}


def _entries(call: Data, name: str) -> list[Any]:
    """The list under that name; reading the call says what is wrong where there is none."""
    value = call.get(name)
    return value if isinstance(value, list) else []


class Shelf:
    """The shared tables, and the call's own, from which references are taken."""

    def __init__(self, tables: Data, reading: Reading) -> None:
        self.tables, self.reading = tables, reading

    def take(self, name: str, wanted: object, path: str) -> Data:
        """The table with that id, its id inside; a reference to nothing is refused by name."""
        tables = self.tables[name]
        if isinstance(wanted, str) and isinstance(tables.get(wanted), dict):
            return {"id": wanted, **tables[wanted]}
        meant = nearest(str(wanted), tables)
        template = gettext_noop("%(wanted)s is not among the %(name)s. Known are: %(known)s.")
        if meant:
            template = gettext_noop("%(wanted)s is not among the %(name)s. Did you mean %(meant)s?")
        params = {"wanted": quoted(wanted), "name": name, "meant": meant, "known": ", ".join(sorted(tables))}
        self.reading.refuse(path, sentence(template, **params))
        return {}

    def streams_of(self, call: Data) -> Any:
        return [self.stream(entry, f"$.streams[{i}]") for i, entry in enumerate(_entries(call, "streams"))]

    def stream(self, entry: Any, path: str) -> Any:
        """A stream with its cost model and, for a grant, its type of action."""
        if not isinstance(entry, dict):
            return entry
        taken = {**entry, "cost_model": self.take("cost_models", entry.get("cost_model"), f"{path}.cost_model")}
        if "action" in entry:
            taken["action"] = self.take("action_types", entry["action"], f"{path}.action")
        return taken

    def criteria_sets_of(self, call: Data) -> list[Data]:
        """The sets that the call or its tracks name, each once."""
        tracks = [track for track in _entries(call, "tracks") if isinstance(track, dict)]
        wanted = {str(track.get("criteria_set")): f"$.tracks[{i}].criteria_set" for i, track in enumerate(tracks)}
        own = call.pop("criteria_set", None)
        if own is not None or not tracks:
            wanted = {str(own): "$.criteria_set", **wanted}
        return [self.criteria_set(name, path) for name, path in wanted.items()]

    def criteria_set(self, name: object, path: str) -> Data:
        taken = self.take("criteria_sets", name, path)
        return taken and {**taken, "scale": self.take("scales", taken.get("scale"), f"{path}.scale")}

    def template(self, name: object) -> Data:
        return {**self.take("templates", name, "$.template"), "formatting": self.tables["formatting"]}

    def requirements_of(self, call: Data) -> list[Data]:
        """What the call requires, with the severity it asks for."""
        severities = _tables(call.pop("requires_severity", {}), "$.requires_severity", self.reading)
        wanted = [str(kind) for kind in _entries(call, "requires")]
        call.pop("requires", None)
        for kind in severities.keys() - set(wanted):
            reason = sentence(gettext_noop("This call does not require %(kind)s."), kind=quoted(kind))
            self.reading.refuse(f"$.requires_severity.{kind}", reason)
        return [self.requirement(kind, f"$.requires[{i}]", severities.get(kind)) for i, kind in enumerate(wanted)]

    def document_kinds(self) -> list[str]:
        """Every requirement that is a document, then what else may be enclosed."""
        requirements = self.tables["requirements"]
        return [
            *(kind for kind in requirements if "field" not in requirements[kind]),
            *self.tables["other_document_kinds"],
        ]

    def requirement(self, kind: str, path: str, severity: Any) -> Data:
        """A requirement; a severity of the call's own brings its own source and drops the gate."""
        taken = self.take("requirements", kind, path)
        taken["kind"] = taken.pop("id", kind)
        if not isinstance(severity, dict):
            return taken
        taken.pop("gate", None)
        source = {key: entry for key, entry in severity.items() if key not in ("value", "gate")}
        return {**taken, **severity_of(severity), "source": source}


def severity_of(own: Data) -> Data:
    """The severity a call gives to a requirement, and the gate where it names one."""
    return {"severity": own.get("value"), **({"gate": own["gate"]} if "gate" in own else {})}
