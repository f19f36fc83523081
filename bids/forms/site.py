"""What people say about a site: the place, its power, what stands there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from bids.forms.fields import NumberField
from bids.forms.inside import EntryForm, entries
from bids.forms.row import RowForm
from bids.models import Bid, Link, Machine, Phase, Site
from bids.rulebook.facts import SiteFacts


class SiteForm(RowForm):
    """The card of a site."""

    country = forms.ChoiceField(label=_("country"), required=False, choices=lambda: [("", "–"), *countries])
    language_region = forms.ChoiceField(
        label=_("language region"),
        required=False,
        choices=[("", "–"), ("nl", _("Dutch")), ("fr", _("French")), ("de", _("German")), ("nl-fr", _("Bilingual"))],
    )
    latitude = NumberField(label=_("latitude"), required=False, least=None)
    longitude = NumberField(label=_("longitude"), required=False, least=None)

    class Meta(RowForm.Meta):
        model = Site
        fields = (
            "name", "host", "country", "language_region", "address", "latitude", "longitude", "it_power_kw",
            "grid_power_kw", "pue", "load", "energy_price_per_kwh", "renewable_share", "cooling", "floor_m2", "racks",
            "rack_power_kw", "network_gbps", "security",
        )  # fmt: skip
        help_texts = {
            "pue": _("Total power of the building divided by the power of its computers, such as 1.20."),
            "load": _("Average part of the power in use, from 0 to 1."),
        }

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if not name:
            raise forms.ValidationError(_("Give the site a name, so that lines and chapters can point at it."))
        return name


class LinkForm(RowForm):
    """A line between two sites."""

    class Meta(RowForm.Meta):
        model = Link
        fields = ("start", "end", "gbps", "carrier")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("start") and cleaned.get("start") == cleaned.get("end"):
            self.add_error("end", _("A link joins two different sites. Choose another site here."))
        return cleaned


PhaseEntries = entries(Phase, EntryForm, ("title", "ready_on"), _("Phases"))
MachineEntries = entries(
    Machine,
    EntryForm,
    ("name", "status", "accelerators", "accelerator_kw", "availability", "peak_pflops", "operational_on"),
    _("Machines"),
)


def entries_of(site: SiteFacts | None, bid: Bid, data: Any = None) -> dict[type[Any], Any]:
    """The lists inside a site's card: phases and machines."""
    return {
        Phase: PhaseEntries(data, prefix="phases", bid=bid, standing=site.phases if site else ()),
        Machine: MachineEntries(data, prefix="machines", bid=bid, standing=site.machines if site else ()),
    }
