"""One self-contained call as data, read into the facts that the rules follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bids.callfile.outline import part_a, template
from bids.callfile.requirements import country, requirement
from bids.callfile.scoring import criteria_set, track
from bids.callfile.streams import stream_scheme
from bids.callfile.table import Reading, Table
from bids.callfile.values import day, each, euro, flag, identifier, moment, one_of, text, whole, word
from bids.rulebook.call import CallFacts
from bids.rulebook.readiness import CHECKS, house_rules
from bids.rulebook.text import Problem, gettext_noop, sentence
from bids.rulebook.vocabulary import Instrument, OpinionKind

FORMAT = "tandem-call/1"


class Unreadable(ValueError):
    """Call data that can't be taken, with everything that is wrong in it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def read(call: Mapping[str, Any]) -> CallFacts:
    """The facts of a call from its self-contained data (see `load`); all that is wrong at once."""
    facts, reading = read_closely(call)
    if reading.problems:
        raise Unreadable(tuple(reading.problems))
    return facts


def read_closely(call: Mapping[str, Any]) -> tuple[CallFacts, Reading]:
    """The facts, and what came to light while they were read; with problems in it, the facts are worth nothing."""
    reading = Reading()
    return _call(Table(call, "$", "", reading)), reading


def _call(table: Table) -> CallFacts:
    with table:
        table.must("format", one_of(FORMAT), FORMAT)
        facts = CallFacts(
            id=table.must("id", identifier, ""),
            version=table.must("version", whole, 0),
            title=table.must("title", text, ""),
            instrument=table.must("instrument", word(Instrument), Instrument.GENERIC),
            kind=table.must("kind", one_of("cei", "grant", "cei_joint_procurement"), "grant"),
            streams=tuple(stream_scheme(entry) for entry in table.tables("streams", by="id")),
            criteria_sets=tuple(criteria_set(entry) for entry in table.tables("criteria_sets", by="id")),
            template=template(table.table("template")),
            part_a=part_a(table.table("part_a")),
            opens=table.sourced("opens", day, None),
            valid_from=table.sourced("valid_from", day, None),
            valid_to=table.sourced("valid_to", day, None),
            deadline=table.sourced("deadline", moment, None),
            cutoffs=table.sourced_list("cutoffs", moment),
            competitive=table.sourced("competitive", flag, False),
            required_opinions=table.sourced("required_opinions", each(word(OpinionKind)), ("legal", "finance")),
            desk_closes_working_days=table.sourced("desk_closes_working_days", whole, 25),
            applicants=table.get("applicants", text, ""),
            tracks=tuple(track(entry) for entry in table.tables("tracks", by="id")),
            page_limit=table.sourced("page_limit", whole, None),
            page_limit_suggested=table.sourced("page_limit_suggested", whole, None),
            indicative_budget=table.sourced("indicative_budget", euro, None),
            expected_grants=table.sourced("expected_grants", whole, None),
            requirements=tuple(requirement(entry) for entry in table.tables("requirements", by="kind")),
            document_kinds=table.get("document_kinds", each(identifier), ()),
            participating_states=table.sourced("participating_states", each(country), ()),
            single_country=table.get("single_country", flag, False),
            established_factories=table.get("established_factories", each(identifier), ()),
            warn_only=_warn_only(table),
            source=table.source(),
            marks=table.reading.marks,
        )
        _refuse_contradictions(table, facts)
    return facts


def _warn_only(table: Table) -> dict[str, str]:
    """Checks that only warn under this call, each with the reason."""
    with table.table("warn_only") as checks:
        found = {check: checks.get(check, text, "") for check in dict.fromkeys(check.id for check in CHECKS)}
    return {check: reason for check, reason in found.items() if reason}


def _refuse_contradictions(table: Table, facts: CallFacts) -> None:
    """What each part alone can't see."""
    if not facts.streams:
        table.refuse("streams", sentence(gettext_noop("A call needs at least one stream.")))
    if not facts.criteria_sets:
        table.refuse("criteria_sets", sentence(gettext_noop("A call needs at least one set of criteria.")))
    for name in ("streams", "criteria_sets", "tracks"):
        if table.repeats(name, "id"):
            table.refuse(name, sentence(gettext_noop("Two entries here have the same id.")))
    known = {criteria.id for criteria in facts.criteria_sets}
    for position, entry in enumerate(facts.tracks):
        if entry.criteria_set not in known:
            template = gettext_noop("The track points to criteria %(id)s that this call does not have.")
            table.refuse(f"tracks[{position}].criteria_set", sentence(template, id=entry.criteria_set))
    for check in facts.warn_only.keys() - {rule.check for rule in house_rules(facts)}:
        template = gettext_noop("%(check)s is no house rule that blocks under this call, so it can't be switched.")
        table.refuse(f"warn_only.{check}", sentence(template, check=check))
    if list(facts.cutoffs) != sorted(set(facts.cutoffs)):
        table.refuse("cutoffs", sentence(gettext_noop("Write the cut-offs in order of time, each once.")))
