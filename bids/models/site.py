"""Sites, what stands there and what is planned, and the lines between them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bids.models.bid import Bid
from bids.models.consortium import Partner
from bids.models.fields import DecimalTextField, LineField, ProseField, WordField
from bids.models.parts import Listed, Versioned, known_word, no_minus_sign, unique_key
from bids.rulebook.vocabulary import MachineStatus


class Site(Listed, Versioned):
    """Where machines stand and what the place can carry. Its phases and machines share its version."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="sites")
    name = LineField(_("name"), blank=True)
    host = models.ForeignKey(
        Partner, models.RESTRICT, null=True, blank=True, related_name="hosted_sites", verbose_name=_("hosting partner")
    )
    country = LineField(_("country"), blank=True)
    language_region = LineField(_("language region"), blank=True)
    address = ProseField(_("address"), blank=True)
    latitude = DecimalTextField(_("latitude"), null=True, blank=True)
    longitude = DecimalTextField(_("longitude"), null=True, blank=True)
    it_power_kw = DecimalTextField(_("IT power (kW)"), null=True, blank=True)
    grid_power_kw = DecimalTextField(_("grid connection (kW)"), null=True, blank=True)
    pue = DecimalTextField(_("power usage effectiveness (PUE)"), null=True, blank=True)
    load = DecimalTextField(_("average load"), null=True, blank=True)
    energy_price_per_kwh = DecimalTextField(_("energy price (EUR per kWh)"), null=True, blank=True)
    cooling = ProseField(_("cooling"), blank=True)
    floor_m2 = DecimalTextField(_("floor (m²)"), null=True, blank=True)
    network_gbps = DecimalTextField(_("network (Gbit/s)"), null=True, blank=True)
    security = ProseField(_("security"), blank=True)
    racks = models.PositiveIntegerField(_("racks"), null=True, blank=True)
    rack_power_kw = DecimalTextField(_("power per rack (kW)"), null=True, blank=True)
    renewable_share = DecimalTextField(_("share of renewable energy"), null=True, blank=True)

    class Meta(Listed.Meta):
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        constraints = [
            unique_key("bid"),
            no_minus_sign(
                "it_power_kw", "grid_power_kw", "pue", "load", "energy_price_per_kwh", "floor_m2", "network_gbps",
                "rack_power_kw", "renewable_share",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or self.key


class Phase(Listed):
    site = models.ForeignKey(Site, models.CASCADE, related_name="phases")
    title = LineField(_("title"), blank=True)
    ready_on = models.DateField(_("ready on"), null=True, blank=True)

    class Meta(Listed.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        constraints = [unique_key("site")]


class Machine(Listed):
    site = models.ForeignKey(Site, models.CASCADE, related_name="machines")
    name = LineField(_("name"), blank=True)
    status = WordField(MachineStatus, default=MachineStatus.PLANNED, verbose_name=_("status"))
    accelerators = models.PositiveIntegerField(_("accelerators"), null=True, blank=True)
    accelerator_kw = DecimalTextField(_("power per accelerator (kW)"), null=True, blank=True)
    availability = DecimalTextField(_("availability"), null=True, blank=True)
    peak_pflops = DecimalTextField(_("peak (PFLOP/s)"), null=True, blank=True)
    operational_on = models.DateField(_("operational on"), null=True, blank=True)

    class Meta(Listed.Meta):
        verbose_name = _("machine")
        verbose_name_plural = _("machines")
        constraints = [
            unique_key("site"),
            known_word("status", MachineStatus),
            no_minus_sign("accelerator_kw", "availability", "peak_pflops"),
        ]


class Link(Listed, Versioned):
    """A line between two sites of the bid."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="links")
    start = models.ForeignKey(
        Site, models.RESTRICT, null=True, blank=True, related_name="links_from", verbose_name=_("from")
    )
    end = models.ForeignKey(Site, models.RESTRICT, null=True, blank=True, related_name="links_to", verbose_name=_("to"))
    gbps = DecimalTextField(_("capacity (Gbit/s)"), null=True, blank=True)
    carrier = LineField(_("carrier"), blank=True)

    class Meta(Listed.Meta):
        verbose_name = _("link between sites")
        verbose_name_plural = _("links between sites")
        constraints = [unique_key("bid"), no_minus_sign("gbps")]
