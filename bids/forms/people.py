"""Who is invited in which role, and who writes what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bids import wording
from bids.actions.people import GIVEN_ROLES
from bids.forms.pointer import NOTHING, PointerField, rows_of
from bids.models import Bid, Partner
from bids.rulebook.call import Section
from bids.rulebook.vocabulary import Role

ROLES = {
    Role.PARTNER_EDITOR: _("edits the own card and the assigned sections"),
    Role.FINANCE_OFFICER: _("keeps the own budget and confirms its figures"),
    Role.VIEWER: _("reads"),
}


def _roles() -> list[tuple[str, str]]:
    return [(role.value, f"{wording.word(role)}: {ROLES[role]}") for role in GIVEN_ROLES]


class PersonForm(forms.Form):
    """An address, a role and the partner it is for."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Who has no account yet gets a letter to open one."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=_roles, widget=forms.RadioSelect)
    partner = PointerField(model=Partner, label=_("Acts for"))

    def __init__(self, *args: Any, bid: Bid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].of(bid)  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class ChaptersForm(forms.Form):
    """A partner for each section of the template, or none."""

    def __init__(
        self, *args: Any, bid: Bid, sections: list[Section], partners: Mapping[str, str], **kwargs: Any
    ) -> None:
        """`partners` are their names by key."""
        super().__init__(*args, **kwargs)
        self.bid, self.sections = bid, sections
        standing = dict(bid.chapters.values_list("key", "assigned_to__key"))
        choices = [NOTHING, *partners.items()]
        for section in sections:
            self.fields[self.name_of(section)] = forms.ChoiceField(
                label=f"{section.number} {wording.titled(section)}", choices=choices, required=False,
                initial=standing.get(section.number) or "",
            )  # fmt: skip

    @staticmethod
    def name_of(section: Section) -> str:
        return f"section-{section.number}"

    @property
    def wanted(self) -> dict[str, Partner | None]:
        """By number of the section: who writes it."""
        partners = {partner.key: partner for partner in rows_of(self.bid, Partner)}
        chosen = {section.number: self.cleaned_data[self.name_of(section)] for section in self.sections}
        return {number: partners.get(key) for number, key in chosen.items()}
