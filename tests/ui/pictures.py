"""Sample plots, with figures that look like a bid's."""

from __future__ import annotations

from decimal import Decimal

from bids import plots
from bids.rulebook.money import Euro

PARTNERS = [
    ("imec", "18250000.00", "6250000.00", "1000000.00"),
    ("Vrije Universiteit Brussel", "31500000.00", "2100000.00", "0.00"),
    ("Cenaero asbl", "12400000.00", "4800000.00", "650000.00"),
    ("Université catholique de Louvain, Centre de calcul intensif", "0.00", "2050000.00", "0.00"),
    ("KU Leuven", "0.00", "1000000.00", "0.00"),
]


def euros(*amounts: str) -> list[Euro]:
    return [Euro.of(amount) for amount in amounts]


def share_plot() -> plots.Plot:
    parts = zip(
        ("European Union", "National share", "Other funders"), euros("38500000", "38000000", "3500000.50"), strict=True
    )
    return plots.donut("Who pays (million €)", list(parts))


def partner_plot() -> plots.Plot:
    rows = [(name, euros(*amounts)) for name, *amounts in PARTNERS]
    return plots.stacked_bars("Cost by partner (million €)", ["Machine", "Services", "Platform"], rows)


def waterfall_plot() -> plots.Plot:
    steps = zip(
        ("Acquisition", "Energy", "Employees or equivalent"), euros("-2560000", "-431200", "120000"), strict=True
    )
    start, end = euros("80000000", "77128800")
    return plots.waterfall(
        "From the bid to fewer accelerators (million €)", ("The bid", start), list(steps), ("Fewer", end)
    )


def tornado_plot() -> plots.Plot:
    drivers = [
        plots.Driver("Number of accelerators", "360", "440", *euros("38200000", "41800000")),
        plots.Driver("Requested rate of acquisition", "45 %", "50 %", *euros("41400000", "40000000")),
        plots.Driver(
            "Price of electricity, Green Energy Park in Zellik", "0.099", "0.121", *euros("39890000", "40110000")
        ),
    ]
    return plots.tornado("What moves the national share (million €)", Euro.of("40000000"), drivers)


def grouped_plot() -> plots.Plot:
    entries = [(name, euros(*amounts)) for name, *amounts in PARTNERS[:3]]
    return plots.grouped_bars(
        "Side by side (million €)", ["Total cost", "Contribution of the Union", "National share"], entries
    )


def coverage_plot() -> plots.Plot:
    parts = zip(("Signed", "Pledged", "Announced"), euros("12000000", "14000000", "8000000"), strict=True)
    return plots.coverage("National share covered", Euro.of("38000000"), list(parts))


def gantt_plot() -> plots.Plot:
    spans = [
        plots.Span("WP1 Coordination", 1, 36, marks=((6, "Kick-off report"), (36, "Final report"))),
        plots.Span("Steering and reporting to the Joint Undertaking", 1, 36, 1),
        plots.Span("WP2 Machine", 1, 18),
        plots.Span("Procurement", 1, 9, 1, marks=((9, "Contract signed"),)),
        plots.Span("Installation in Charleroi", 10, 18, 1),
        plots.Span("WP3 Services to companies", 7, 36),
        plots.Span("Not planned yet", None, None, 1),
    ]
    return plots.gantt("Work plan by month", spans, 36)


def map_plot() -> plots.Plot:
    places = [
        plots.Place("Zellik", Decimal("50.889"), Decimal("4.27")),
        plots.Place("Charleroi", Decimal("50.405"), Decimal("4.44")),
    ]
    return plots.site_map("The two sites", places, [(0, 1, "400 Gbit/s")])


def bar_plot() -> plots.Plot:
    entries = zip(("2026", "2027", "2028"), euros("21500000", "44250000.10", "14250000"), strict=True)
    return plots.bars("Cost by year (million €)", list(entries))
