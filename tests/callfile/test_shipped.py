"""The calls that ship: what each one says, and that every number says where it comes from."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from bids import callfile
from bids.rulebook.call import CallFacts, Source
from bids.rulebook.money import Euro, Rounding
from bids.rulebook.vocabulary import DocumentKind, Instrument, Language, Stream

HALF = Fraction(1, 2)
FACTORY_EXISTING = "EUROHPC-2024-CEI-AI-01"
FACTORY = "EUROHPC-2024-CEI-AI-02"
ANTENNA = "HORIZON-JU-EUROHPC-2025-AIFA-01"
COORDINATION = "HORIZON-JU-EUROHPC-2026-COAIF-03"
GIGAFACTORY = "EUROHPC-2026-CEI-AIGF-01"
GENERIC = ("GENERIC-DEP-SIMPLE", "GENERIC-DEP-SME", "GENERIC-HE-CSA", "GENERIC-HE-IA", "GENERIC-HE-RIA")
EVERY = (FACTORY_EXISTING, FACTORY, GIGAFACTORY, *GENERIC, ANTENNA, COORDINATION)


def call(id_: str) -> CallFacts:
    return callfile.shipped()[id_]


def test_all_calls_ship_and_are_read_once() -> None:
    assert tuple(callfile.shipped()) == EVERY
    assert callfile.shipped() is callfile.shipped()
    assert {c.rule_set for c in callfile.shipped().values()} == {f"{id_}@1" for id_ in EVERY}


@pytest.mark.parametrize(
    ("id_", "instrument", "template", "criteria", "streams"),
    [
        (FACTORY_EXISTING, "ai_factory", "CEI_AI_FACTORY", ["CEI_AI_MACHINE"], ["services", "experimental_platform"]),
        (
            FACTORY,
            "ai_factory",
            "CEI_AI_FACTORY",
            ["CEI_AI_MACHINE", "CEI_UPGRADE"],
            ["machine", "services", "experimental_platform"],
        ),
        (ANTENNA, "antenna", "HE_RIA_IA", ["HE_RIA"], ["services"]),
        (COORDINATION, "generic", "HE_RIA_IA", ["HE_RIA"], ["services"]),
        (GIGAFACTORY, "gigafactory", "CEI_AI_FACTORY", ["CEI_GIGAFACTORY"], ["capex"]),
        ("GENERIC-HE-RIA", "generic", "HE_RIA_IA", ["HE_RIA"], ["services"]),
        ("GENERIC-HE-IA", "generic", "HE_RIA_IA", ["HE_IA"], ["services"]),
        ("GENERIC-HE-CSA", "generic", "HE_RIA_IA", ["HE_RIA"], ["services"]),
        ("GENERIC-DEP-SIMPLE", "generic", "DEP", ["DEP"], ["services"]),
        ("GENERIC-DEP-SME", "generic", "DEP", ["DEP"], ["services"]),
    ],
)
def test_the_frame_of_each_call(
    id_: str, instrument: str, template: str, criteria: list[str], streams: list[str]
) -> None:
    facts = call(id_)
    assert facts.instrument is Instrument(instrument)
    assert facts.template.id == template
    assert [each.id for each in facts.criteria_sets] == criteria
    assert [each.stream.value for each in facts.streams] == streams


@pytest.mark.parametrize(
    ("id_", "rate", "by_kind", "cap"),
    [
        (FACTORY_EXISTING, HALF, {}, "15000000.00"),
        (FACTORY, HALF, {}, "15000000.00"),
        (ANTENNA, HALF, {}, "5000000.00"),
        (COORDINATION, HALF, {}, "12500000.00"),
        ("GENERIC-HE-RIA", Fraction(1), {}, None),
        ("GENERIC-HE-IA", Fraction(7, 10), {"public": Fraction(1), "non_profit": Fraction(1)}, None),
        ("GENERIC-HE-CSA", Fraction(1), {}, None),
        ("GENERIC-DEP-SIMPLE", HALF, {}, None),
        ("GENERIC-DEP-SME", HALF, {"sme": Fraction(3, 4)}, None),
    ],
)
def test_rates_and_caps_of_the_services_grant(
    id_: str, rate: Fraction, by_kind: dict[str, Fraction], cap: str | None
) -> None:
    scheme = call(id_).scheme(Stream.SERVICES)
    assert (scheme.rate, scheme.rates_by_kind) == (rate, by_kind)
    assert scheme.eu_cap == (Euro.of(cap) if cap else None)
    assert scheme.rounding is Rounding.HALF_UP


def test_the_machine_stream_pays_half_of_each_part_and_cuts() -> None:
    machine = call(FACTORY).scheme(Stream.MACHINE)
    assert (machine.rate_acquisition_max, machine.rate_operation_max, machine.access_share_max) == (HALF, HALF, HALF)
    assert machine.rounding is Rounding.DOWN
    assert machine.cost_model.groups["installation"] == "acquisition"
    assert machine.cost_model.groups["decommissioning"] == "operation"
    assert set(machine.cost_model.groups) == set(machine.cost_model.categories)
    assert machine.cost_model.ownership_years_min == 5


def test_the_gigafactory_pays_17_percent_and_its_deadline_is_disputed() -> None:
    facts = call(GIGAFACTORY)
    capex = facts.scheme(Stream.CAPEX)
    assert (capex.rate_max, capex.state_match_min_of_eu, capex.rounding) == (Fraction(17, 100), 1, Rounding.DOWN)
    assert facts.deadline == datetime(2026, 12, 3, 16, tzinfo=UTC)
    assert not facts.marks["deadline"].is_certain


def test_horizon_excludes_four_categories_from_indirect_costs_and_digital_europe_one() -> None:
    horizon = call("GENERIC-HE-RIA").scheme(Stream.SERVICES).cost_model
    digital = call("GENERIC-DEP-SIMPLE").scheme(Stream.SERVICES).cost_model
    assert (horizon.indirect_rate, horizon.indirect_excluded) == (Fraction(1, 4), ("A5", "B", "D1", "D2"))
    assert (digital.indirect_rate, digital.indirect_excluded) == (Fraction(7, 100), ("A5",))
    assert horizon.indirect_source.is_certain
    assert not digital.indirect_source.is_certain
    assert horizon.indirect_source.cite == "Regulation (EU) 2021/695, Art. 35 (to be confirmed)"


def test_the_daily_units_of_sme_owners_are_kept_as_published() -> None:
    units = call(ANTENNA).scheme(Stream.SERVICES).cost_model.sme_owner_units
    assert [(str(unit.day), unit.opens_from, unit.opens_before) for unit in units] == [
        ("282.22", None, date(2024, 7, 30)),
        ("485.85", date(2024, 7, 30), date(2025, 12, 16)),
        ("515.06", date(2025, 12, 16), None),
    ]


def test_dates_of_the_factory_calls() -> None:
    assert call(FACTORY).opens == date(2024, 9, 10)
    assert call(FACTORY).deadline is None
    assert call(FACTORY).cutoffs == (
        datetime(2024, 11, 4, 16, tzinfo=UTC),
        datetime(2025, 2, 1, 16, tzinfo=UTC),
        datetime(2025, 6, 30, 15, tzinfo=UTC),
    )
    assert call(FACTORY).cutoffs == call(FACTORY_EXISTING).cutoffs


@pytest.mark.parametrize("id_", GENERIC)
def test_generic_calls_never_close(id_: str) -> None:
    facts = call(id_)
    assert (facts.deadline, facts.cutoffs, facts.valid_to) == (None, (), None)
    assert facts.opens == date(2025, 12, 16)
    assert facts.requirements == ()


def test_what_is_silent_follows_the_working_defaults() -> None:
    for facts in callfile.shipped().values():
        assert not facts.competitive
        assert facts.required_opinions == ("legal", "finance")
        assert facts.desk_closes_working_days == 25
        assert facts.marks["desk_closes_working_days"].is_house_rule
        assert len(facts.participating_states) == 27


def test_requirements_keep_their_severity_and_gate() -> None:
    of_factory = {each.kind: (each.severity, each.gate) for each in call(FACTORY).requirements}
    assert of_factory == {
        "member_state_commitment": ("block", "approve"),
        "host_authority_agreement": ("block", "submit"),
        "site_documents": ("block", "submit"),
        "tco_verification_method": ("warn", None),
    }
    of_antenna = {each.kind: (each.severity, each.gate) for each in call(ANTENNA).requirements}
    assert of_antenna == {"member_state_commitment": ("warn", None), "linked_factory_letter": ("warn", None)}


def test_an_antenna_links_to_a_selected_factory() -> None:
    factories = call(ANTENNA).established_factories
    assert len(factories) == 19
    assert {"lumi-aif", "jaif"} < set(factories)
    assert "be-aif-2025" not in factories
    assert call(ANTENNA).single_country


def test_tracks_choose_the_criteria() -> None:
    assert len(call(FACTORY).criteria_for("new_machine").criteria) == 11
    assert [each.id for each in call(FACTORY).criteria_for("upgrade").criteria] == [
        "justification",
        "compatibility",
        "capacity_increase",
        "commitment",
    ]
    assert call("GENERIC-HE-IA").criteria_for("").ranking_weights == {"impact": Decimal("1.5")}


def test_a_chapter_names_its_section_by_number_or_by_a_criterion_of_one_section() -> None:
    outline = call(FACTORY).template
    assert outline.section("9") is outline.section("ai_vision")
    assert outline.section("1").languages == (Language.EN, Language.NL, Language.FR)
    assert outline.section("18") is None
    assert call(ANTENNA).template.section("excellence") is None  # three sections answer it


def test_every_document_kind_has_a_label() -> None:
    assert call(FACTORY).document_kinds == tuple(kind.value for kind in DocumentKind)


@pytest.mark.parametrize("id_", EVERY)
def test_every_number_names_its_source_and_what_is_printed(id_: str) -> None:
    facts = call(id_)
    assert {"opens", "participating_states"} < set(facts.marks)
    for place, source in facts.marks.items():
        assert source.mark, place
        assert source.cite, place
        assert "S10" not in source.cite, place
        assert source.is_house_rule == (source.cite == "rule of this tool") or source.mark == "INFERRED", place
        assert source.is_house_rule or source.cite.endswith(("(to be confirmed)", "rule of this tool")), place


@pytest.mark.parametrize("id_", EVERY)
def test_the_loaded_data_is_plain_json_and_reads_to_the_same_facts(id_: str) -> None:
    data = callfile.load(id_)
    again = json.loads(json.dumps(data))
    assert again == data
    assert callfile.read(again) == call(id_)


def test_a_loaded_call_can_be_changed_without_touching_the_others() -> None:
    callfile.load(FACTORY)["streams"][1]["cost_model"]["categories"].clear()
    assert callfile.load(FACTORY)["streams"][1]["cost_model"]["categories"][0] == "A1"


def test_the_cap_of_the_services_grant_is_inferred_and_so_may_not_block() -> None:
    scheme = call(FACTORY).scheme(Stream.SERVICES)
    assert scheme.cap_source.mark == "INFERRED"
    assert not scheme.cap_source.is_certain
    assert call(ANTENNA).scheme(Stream.SERVICES).cap_source.is_certain


def test_a_disputed_number_is_never_certain() -> None:
    assert Source(mark="SEEN").is_certain
    assert not Source(mark="SEEN", disputed=True).is_certain


def test_published_figures_keep_their_marks() -> None:
    bids = {bid.id: bid for bid in callfile.published().bids}
    belgian = bids["be-aif-2025"].amounts[0]
    assert (str(belgian.total), str(belgian.eu), belgian.rounded) == ("80000000.00", "40000000.00", True)
    assert bids["be-aif-2025"].outcome == "not_selected"
    assert bids["mimer"].amounts[0].inferred == ("eu", "national")
    assert bids["it4lia"].amounts[1].source.mark == "SEEN"
    assert str(bids["ai-at"].amounts[0].total) == "29999998.79"
    assert all(bid.source.mark for bid in bids.values())
    assert callfile.published().machines[0].name == "LUMI"
