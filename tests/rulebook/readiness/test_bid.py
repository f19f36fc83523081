"""C08 to C13, C16, C17, C23, C24, C30 to C33, C40, C42: each fires, and each stays silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bids.rulebook.calendar import BRUSSELS
from bids.rulebook.call import Requirement, Source
from bids.rulebook.facts import DeliverableFacts, PartnerFacts, RiskFacts, SiteFacts, WorkPackageFacts
from bids.rulebook.readiness import OpinionGiven, Situation
from bids.rulebook.vocabulary import Level, OpinionVerdict, PartnerRole
from tests.rulebook.readiness.bids import ANTENNA, DIGITAL, FACTORY, NOW, SIBLING, antenna, ask, factory, known, summary


def test_c08_fires_on_partners_of_two_states() -> None:
    friend = PartnerFacts("csc", "CSC", country="FI", role=PartnerRole.ASSOCIATED)
    (found,) = ask("C08", antenna, ANTENNA, partners=(*antenna.partners, friend))
    assert summary([found]) == [("block", "submit", "partners")]
    assert "BE, FI" in str(found.sentence)


def test_c08_fires_on_a_partner_without_a_country() -> None:
    lost = PartnerFacts("x", "Unknown")
    assert summary(ask("C08", antenna, ANTENNA, partners=(lost,))) == [("block", "submit", "partners/x")]


def test_c08_only_warns_of_a_state_that_is_not_on_the_list_of_member_states() -> None:
    swiss = PartnerFacts("cscs", "CSCS", country="CH")
    assert summary(ask("C08", antenna, ANTENNA, partners=(swiss,))) == [("warn", None, "partners")]


def test_c08_is_silent_on_one_state_and_in_other_calls() -> None:
    assert ask("C08", antenna, ANTENNA) == []
    mixed = (*factory.partners, PartnerFacts("csc", "CSC", country="FI"))
    assert ask("C08", factory, partners=mixed) == []


@pytest.mark.parametrize("named", [None, "", "be-aif-2025", "nowhere"])
def test_c09_fires_unless_a_selected_factory_is_named(named: str | None) -> None:
    assert summary(ask("C09", antenna, ANTENNA, linked_factory=named)) == [("block", "submit", "bid")]


def test_c09_is_silent_on_a_selected_factory_and_in_other_calls() -> None:
    assert ask("C09", antenna, ANTENNA, linked_factory="jaif") == []
    assert ask("C09", factory, linked_factory=None) == []


def test_c09_says_when_the_list_is_not_known() -> None:
    assert summary(ask("C09", antenna, replace(ANTENNA, established_factories=()))) == [("info", None, "bid")]


def hosted_by(host: PartnerFacts, site_country: str = "") -> dict[str, object]:
    return {"partners": (host,), "sites": (SiteFacts("x", "Somewhere", host=host.key, country=site_country),)}


@pytest.mark.parametrize("country", ["NO", "TR", "GB", ""])
def test_c10_fires_on_a_host_outside_the_union(country: str) -> None:
    host = PartnerFacts("h", "Host", country=country)
    (found,) = ask("C10", factory, **hosted_by(host))
    assert summary([found]) == [("block", "submit", "partners/h")]


def test_c10_fires_on_a_site_outside_the_union() -> None:
    host = PartnerFacts("h", "Host", country="BE")
    assert summary(ask("C10", factory, **hosted_by(host, "NO"))) == [("block", "submit", "sites/x")]


def test_c10_fires_without_a_site_or_a_host() -> None:
    assert summary(ask("C10", factory, sites=())) == [("block", "submit", "sites")]
    assert summary(ask("C10", factory, sites=(SiteFacts("x"),))) == [("block", "submit", "sites/x")]


def test_c10_is_silent_in_the_union_and_where_nobody_hosts() -> None:
    assert ask("C10", factory, **hosted_by(PartnerFacts("h", country="FI"), "FI")) == []
    assert ask("C10", antenna, ANTENNA) == []


def test_c10_says_when_the_states_are_not_known() -> None:
    assert summary(ask("C10", factory, replace(FACTORY, participating_states=()))) == [("info", None, "bid")]


def test_c11_fires_with_the_weight_the_call_gives_each_document() -> None:
    found = ask("C11", factory, documents=())
    assert summary(found) == [
        ("block", "approve", "documents"),
        ("block", "submit", "documents"),
        ("block", "submit", "documents"),
    ]
    assert [finding.is_house_rule for finding in found] == [False, False, True]
    assert str(found[0].sentence) == ("A document that the call requires is missing: Commitment of the Member State.")
    assert summary(ask("C11", antenna, ANTENNA, documents=())) == [("warn", None, "documents")]


def test_c11_fires_when_the_file_of_a_document_is_not_stored() -> None:
    stored = replace(known, documents_present=frozenset({"member_state_commitment", "site_documents"}))
    (found,) = ask("C11", factory, situation=stored)
    assert "Agreement of hosts and authorities" in str(found.sentence)


def test_c11_knows_a_kind_that_only_the_call_knows() -> None:
    call = replace(FACTORY, requirements=(Requirement("moon_permit", "block", None, source=Source("S1", "SEEN")),))
    (found,) = ask("C11", factory, call)
    assert (found.gate, str(found.sentence)) == ("submit", "A document that the call requires is missing: moon_permit.")


def test_c11_is_silent_when_everything_is_there() -> None:
    assert ask("C11", factory) == []
    stored = replace(known, documents_present=frozenset(document.key for document in factory.documents))
    assert ask("C11", factory, situation=stored) == []


@pytest.mark.parametrize(
    ("pages", "answer"),
    [({"total": 70}, []), ({"1": 30, "2": 40}, []), ({"1": 30, "2": 41}, [("block", "submit", "chapters")])],
)
def test_c12_counts_the_pages(pages: dict[str, int], answer: list[tuple[str, str | None, str]]) -> None:
    assert summary(ask("C12", factory, SIBLING, replace(known, page_counts=pages))) == answer


def test_c12_warns_of_a_limit_that_only_a_similar_call_sets() -> None:
    assert summary(ask("C12", antenna, ANTENNA, replace(known, page_counts={"total": 71}))) == [
        ("warn", None, "chapters")
    ]
    assert ask("C12", antenna, ANTENNA, replace(known, page_counts={"total": 70})) == []


def test_c12_says_when_pages_are_not_known_and_is_silent_without_a_limit() -> None:
    assert summary(ask("C12", antenna, ANTENNA, Situation())) == [("info", None, "chapters")]
    assert ask("C12", factory, FACTORY, Situation()) == []


CUTOFF = datetime(2025, 6, 30, 17, 0, tzinfo=BRUSSELS)
A_MOMENT = timedelta(microseconds=1)


def test_c13_fires_from_the_cutoff_on() -> None:
    at_cutoff = replace(known, now=CUTOFF, cutoff=CUTOFF)
    assert summary(ask("C13", factory, situation=at_cutoff)) == [("block", "file", "bid")]
    late = replace(known, now=NOW, cutoff=CUTOFF, received_receipt_at=CUTOFF)
    (found,) = ask("C13", factory, situation=late)
    assert str(found.sentence).startswith("The Union received the bid on")


def test_c13_is_silent_before_it_and_once_the_receipt_was_in_time() -> None:
    assert ask("C13", factory, situation=replace(known, now=CUTOFF - A_MOMENT, cutoff=CUTOFF)) == []
    filed = replace(known, now=CUTOFF + A_MOMENT, cutoff=CUTOFF, received_receipt_at=CUTOFF - A_MOMENT)
    assert ask("C13", factory, situation=filed) == []


def test_c13_takes_the_dates_of_the_call_where_the_bid_has_none() -> None:
    assert ask("C13", factory, situation=Situation(now=CUTOFF - A_MOMENT)) == []
    assert summary(ask("C13", factory, situation=Situation(now=CUTOFF))) == [("block", "file", "bid")]
    assert ask("C13", factory, DIGITAL, Situation(now=CUTOFF)) == []
    assert ask("C13", factory, DIGITAL, Situation()) == []
    assert summary(ask("C13", factory, situation=Situation())) == [("info", None, "bid")]


@pytest.mark.parametrize(
    "flaw",
    [
        {"is_sent": False},
        {"round": 0},
        {"scores_every_criterion": False},
        {"reviewer_edited_the_bid": True},
        {"reviewer_id": 11},
    ],
)
def test_c16_fires_unless_two_people_from_outside_sent_complete_reviews(flaw: dict[str, object]) -> None:
    assert known.reviews is not None
    first, second = known.reviews
    reviews = (first, replace(second, **flaw))
    (found,) = ask("C16", factory, situation=replace(known, reviews=reviews))
    assert summary([found]) == [("block", "recommend", "bid")]
    assert str(found.sentence).startswith("1 of 2 complete reviews")


def test_c16_is_silent_with_two() -> None:
    assert ask("C16", factory) == []


def opinion(**given: object) -> OpinionGiven:
    plain = {"kind": "finance", "verdict": OpinionVerdict.FAVOURABLE, "has_lapsed": False}
    return OpinionGiven(**plain | given)


def test_c17_fires_without_an_opinion_and_on_a_lapsed_one() -> None:
    for opinions in ((), (opinion(kind="legal"),), (opinion(has_lapsed=True),)):
        found = ask("C17", factory, situation=replace(known, opinions=opinions))
        assert summary(found) == [("block", "recommend", "bid")]


def test_c17_is_silent_on_any_fresh_opinion_and_where_the_call_wants_none() -> None:
    for verdict in OpinionVerdict:
        assert ask("C17", factory, situation=replace(known, opinions=(opinion(verdict=verdict),))) == []
    relaxed = replace(FACTORY, required_opinions=("legal",))
    assert ask("C17", factory, relaxed, replace(known, opinions=())) == []


def test_c23_fires_without_a_way_to_verify_the_cost() -> None:
    (found,) = ask("C23", factory, tco_verification="")
    assert summary([found]) == [("warn", None, "bid")]
    assert str(found.sentence) == "The call asks to say how the total cost of ownership is verified."
    assert ask("C23", factory) == []


def test_c24_tells_what_a_site_does_not_state() -> None:
    (site,) = factory.sites
    bare = replace(site, cooling=" ", network_gbps=None, security="")
    (found,) = ask("C24", factory, sites=(bare,))
    assert summary([found]) == [("warn", None, "sites/charleroi")]
    assert str(found.sentence) == "The site Charleroi does not state its cooling, network or security."
    assert ask("C24", factory) == []


def test_c30_tells_what_a_work_package_lacks() -> None:
    (found,) = ask("C30", factory, work_packages=(WorkPackageFacts("wp1", "Talent"),))
    assert summary([found]) == [("warn", None, "work_packages/wp1")]
    assert str(found.sentence) == "The work package “Talent” has no lead, first month, last month or deliverable."


def test_c30_tells_of_deliverables_without_a_month_or_after_the_end() -> None:
    (package,) = factory.work_packages
    late, never = DeliverableFacts("d1", "Late", 37), DeliverableFacts("d2", "Never")
    found = ask("C30", factory, work_packages=(replace(package, deliverables=(late, never)),))
    assert [str(finding.sentence) for finding in found] == [
        "The deliverable “Late” is due in month 37, but the work lasts 36 months.",
        "The deliverable “Never” has no month in which it is due.",
    ]
    assert ask("C30", factory) == []


def test_c31_tells_what_a_risk_lacks() -> None:
    (found,) = ask("C31", factory, risks=(RiskFacts("r1", "Late power", severity=Level.HIGH),))
    assert summary([found]) == [("warn", None, "risks/r1")]
    assert str(found.sentence) == "The risk r1 has no likelihood or mitigation."
    assert ask("C31", factory) == []


@pytest.mark.parametrize("title", ["x" * 201, "Fish & chips", 'A "big" machine', "a < b", "b > a"])
def test_c32_fires_on_a_title_the_form_refuses(title: str) -> None:
    assert summary(ask("C32", factory, title=title)) == [("warn", None, "bid")]


def test_c32_is_silent_on_a_title_that_fits() -> None:
    assert ask("C32", factory, title="é" * 200) == []


def test_c33_asks_for_the_share_of_economic_use() -> None:
    assert summary(ask("C33", factory, economic_use_share=None)) == [("warn", None, "bid")]
    assert ask("C33", factory) == []
    assert ask("C33", factory, DIGITAL, economic_use_share=None) == []


def test_c40_counts_what_is_recalled() -> None:
    marks = {"a": Source("", "RECALLED 0.8"), "b": Source("S1", "SEEN"), "c": Source("", "RECALLED 0.95")}
    (found,) = ask("C40", factory, replace(FACTORY, marks=marks))
    assert summary([found]) == [("info", None, "bid")]
    assert str(found.sentence).startswith("2 numbers of the rule set EUROHPC-2024-CEI-AI-02@1")
    assert ask("C40", factory, replace(FACTORY, marks={"b": Source("S1", "SEEN")})) == []


def test_c42_asks_for_the_letter_of_the_linked_factory() -> None:
    assert summary(ask("C42", antenna, ANTENNA, documents=())) == [("warn", None, "documents")]
    assert ask("C42", antenna, ANTENNA) == []
