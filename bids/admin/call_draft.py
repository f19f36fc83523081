"""What a case manager is writing about the numbers of a call: a form for each that was chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self

from django.forms import Form
from django.http import HttpRequest

from bids import callfile, snapshot, wording
from bids.admin.call_words import full_label
from bids.callfile import WARN_ONLY
from bids.forms.call_numbers import HouseRuleForm, NumberForm, ProposalForm
from bids.models import CallVersion, NumbersChange
from bids.rulebook.readiness import house_rules
from bids.rulebook.text import Problem

MOST = 20  # numbers in one proposal


@dataclass
class Draft:
    """The forms of one request, by the places of what they are about; `errors` belong to no single box."""

    version: CallVersion
    forms_by_place: dict[str, Any]
    proposal: ProposalForm
    errors: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, request: HttpRequest, version: CallVersion) -> Self:
        """The chosen numbers and house rules, as the address names them; `again` begins with a former proposal."""
        former = _former(request.GET.get("again", ""), version)
        sent = request.POST if request.method == "POST" else None
        chosen = list(dict.fromkeys([*request.GET.getlist("number"), *(former.edits if former else ())]))[:MOST]
        begins = callfile.stands(version.data, chosen) | (dict(former.edits) if former else {})
        initial = {"base": version.number, "reason": former.reason if former else ""}
        return cls(version, _forms(version, chosen, begins, sent), ProposalForm(sent, initial=initial))

    @property
    def forms(self) -> list[Form]:
        return list(self.forms_by_place.values())

    @property
    def edits(self) -> dict[str, Any]:
        return {place: form.edit() for place, form in self.forms_by_place.items()}

    @property
    def seen(self) -> int:
        return int(self.proposal.cleaned_data["base"])

    @property
    def reason(self) -> str:
        return str(self.proposal.cleaned_data["reason"])

    def is_valid(self) -> bool:
        return not [form for form in [*self.forms, self.proposal] if not form.is_valid()]  # every form says its faults

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Say what the call can't hold: at the box it is about, else above all."""
        for problem in problems:
            form = self.forms_by_place.get(problem.path)
            if form is None:
                self.errors.append({"sentence": problem.sentence})
            else:
                form.add_error("value" if "value" in form.fields else "why", wording.say(problem.sentence))

    def on(self, version: CallVersion) -> Self:
        """The same words on top of the version in force now."""
        sent: Any = self.proposal.data.copy()  # type: ignore[attr-defined]  # a bound form holds what was posted
        sent["base"] = str(version.number)
        self.proposal.data = sent
        return self


def _former(typed: str, version: CallVersion) -> NumbersChange | None:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        return None
    return NumbersChange.objects.filter(pk=int(typed), call=version.call_id).first()


def _forms(version: CallVersion, chosen: list[str], begins: dict[str, Any], sent: Any) -> dict[str, Any]:
    facts, numbers = snapshot.facts_of(version), callfile.numbers(version.data)
    rules = {f"{WARN_ONLY}{rule.check}": rule for rule in house_rules(facts)}
    found: dict[str, Any] = {}
    for place in chosen:
        prefix = f"n{len(found)}"
        if place in rules:
            found[place] = HouseRuleForm(sent, prefix=prefix, rule=rules[place], begins=begins[place])
        elif place in numbers:
            label = full_label(place, facts)
            found[place] = NumberForm(sent, prefix=prefix, number=numbers[place], label=label, begins=begins[place])
    return found
