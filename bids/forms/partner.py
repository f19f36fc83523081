"""The card of a partner."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from accounts.registers import check_enterprise_number, check_pic
from bids.forms.row import RowForm
from bids.models import Partner
from bids.rulebook.vocabulary import PartnerRole

BELGIAN_REGIONS = [
    ("", "–"),
    ("BE-VLG", _("Flemish Region")),
    ("BE-WAL", _("Walloon Region")),
    ("BE-BRU", _("Brussels-Capital Region")),
]


class PartnerForm(RowForm):
    """Who the partner is, what kind of body, and in which role it takes part."""

    country = forms.ChoiceField(label=_("Country"), required=False, choices=lambda: [("", "–"), *countries])
    region = forms.RegexField(
        r"\A[A-Z]{2}-[A-Z0-9]{1,3}\Z",
        label=_("Region"),
        required=False,
        help_text=_("Code of ISO 3166-2: BE-VLG, BE-WAL or BE-BRU in Belgium."),
        error_messages={"invalid": _("Write the code of the region after ISO 3166-2, for example BE-WAL.")},
        widget=forms.TextInput(attrs={"class": "ds-input short"}),
    )

    class Meta(RowForm.Meta):
        model = Partner
        fields = (
            "name", "short_name", "country", "region", "kind", "role", "affiliated_to", "pic", "enterprise_number",
            "requested_eu", "state_money", "other_union_money", "expected_revenues",
        )  # fmt: skip
        help_texts = {
            "short_name": _("As tables and plots name it."),
            "kind": _("Decides the funding rate in some programmes."),
            "role": _("Hosting follows from the sites and is not a role here."),
            "affiliated_to": _("Only for an affiliated entity: the beneficiary it belongs to."),
            "pic": _("Nine digits of the Funding and Tenders portal."),
            "enterprise_number": _("Ten digits in Belgium, without dots."),
            "requested_eu": _("Only where the partner asks for less than its costs would give."),
            "state_money": _(
                "Only where contributions in kind count: what States pay towards its eligible costs in the grants."
            ),
            "other_union_money": _("Likewise, what other programmes of the Union pay towards the same costs."),
            "expected_revenues": _("Only where the action earns money: what the partner expects of it in the grants."),
        }

    def clean_name(self) -> str:
        name: str = " ".join(self.cleaned_data["name"].split())
        if not name:
            raise ValidationError(_("Write the legal name, as the register has it."))
        return name

    def clean_short_name(self) -> str:
        return " ".join(self.cleaned_data["short_name"].split())

    def clean_pic(self) -> str | None:
        return self._checked("pic", check_pic)

    def clean_enterprise_number(self) -> str | None:
        """Check digits where the register has them: in Belgium."""
        in_belgium = self.data.get("country") == "BE"
        return self._checked("enterprise_number", check_enterprise_number if in_belgium else None)

    def _checked(self, name: str, check: Any) -> str | None:
        typed = (self.cleaned_data[name] or "").replace(".", "").replace(" ", "")
        if typed and check:
            check(typed)
        return typed or None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._check_affiliation(cleaned)
        self._check_coordinator(cleaned)
        country, region = cleaned.get("country"), cleaned.get("region")
        if country and region and not region.startswith(f"{country}-"):
            self.add_error("region", _("This region is not in the country chosen above."))
        return cleaned

    def _check_affiliation(self, cleaned: dict[str, Any]) -> None:
        """An affiliated entity belongs to a partner that is none; nobody else does."""
        aim, role = cleaned.get("affiliated_to"), cleaned.get("role")
        if role == PartnerRole.AFFILIATED and aim is None:
            self.add_error("affiliated_to", _("Choose the beneficiary that this entity is affiliated to."))
        elif role != PartnerRole.AFFILIATED and aim is not None:
            self.add_error(
                "affiliated_to", _("Only an affiliated entity belongs to another partner. Leave this empty.")
            )
        elif aim is not None and (aim.pk == self.instance.pk or aim.affiliated_to_id):
            self.add_error("affiliated_to", _("Choose a partner that is not itself affiliated to another one."))
        elif aim is not None and self.instance.pk and self.instance.affiliates.exists():
            self.add_error("role", _("Other partners are affiliated to this one, so it can't be an affiliated entity."))

    def _check_coordinator(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("role") != PartnerRole.COORDINATOR:
            return
        others = Partner.objects.filter(bid=self.bid, role=PartnerRole.COORDINATOR).exclude(pk=self.instance.pk)
        if other := others.first():
            words = _("%(name)s is the coordinator already. Give that partner another role first.")
            self.add_error("role", ValidationError(words, params={"name": other.short_name or other.name}))
