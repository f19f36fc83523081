"""The two Belgian bids as files: exact money, letters that are what they say, and text that keeps to the facts."""

from __future__ import annotations

import hashlib
import io
import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import nh3
import pytest
from pypdf import PdfReader

from bids import bidfile, callfile
from bids.actions.specimens import specimen
from bids.rulebook.facts import BidFacts, CostFact, PersonMonthsPricing, PersonnelPricing, SmeOwnerPricing
from bids.rulebook.funding import Assessment, assess
from bids.rulebook.linked import Side, is_linked, shared_base
from bids.rulebook.money import Euro
from bids.rulebook.readiness import Situation, findings
from bids.rulebook.vocabulary import CommitmentStatus, PartnerRole, Stream

FILES = Path(__file__).resolve().parents[2] / "bids" / "demo"
FACTORY, ANTENNA = "BE-AIF-2025", "BE-AIFA-2025"
BOTH = pytest.mark.parametrize("reference", [FACTORY, ANTENNA])
NOTE = (
    "Reconstruction for demonstration, from public reports. Amounts, partners' shares, letters and texts are "
    "illustrative. Not the file submitted by Belgium."
)
TEXT_TAGS = {"p", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "a"}
SAFE = TEXT_TAGS | {"table", "thead", "tbody", "tr", "th", "td"}
MARKS = ("S10", "SEEN", "RECALLED", "INFERRED", "HOUSE RULE", "PLACEHOLDER", "Lorem", "[[")
SECOND_HAND = (
    "387.8", "193.9", "612", "15.5", "354.8", "24 996 884", "29 999 998", "14 101 608", "29.76", "54 228 600",
    "1 008", "25 000 advanced", "23 partners", "50 000 GPU",
)  # fmt: skip


def text_of(reference: str) -> str:
    return (FILES / f"{reference}.json").read_text(encoding="utf-8")


@cache
def facts_of(reference: str) -> BidFacts:
    return bidfile.read(text_of(reference))


@cache
def assessed(reference: str) -> Assessment:
    facts = facts_of(reference)
    return assess(facts, callfile.shipped()[facts.call])


def words_of(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " ")


def spaced(amount: Euro) -> str:
    whole, _, cents = str(amount).partition(".")
    return f"{int(whole):,}.{cents}".replace(",", " ")


def months_of(line: CostFact) -> Decimal:
    """Person-months that a budget line pays for, however it is priced."""
    match line.pricing:
        case PersonMonthsPricing(months=months):
            return months
        case PersonnelPricing(days=days):
            return days * 12 / 215
        case SmeOwnerPricing(days=days):
            return days / 18
    return (line.quantity or Decimal(0)) if line.unit == "person-month" else Decimal(0)


def test_the_factory_costs_eighty_million_half_of_it_from_the_union() -> None:
    bid = assessed(FACTORY)
    machine, services = bid.streams["machine"], bid.streams["services"]
    assert (str(bid.total), str(bid.eu), str(bid.national)) == ("80000000.00", "40000000.00", "40000000.00")
    assert (str(machine.acquisition), str(machine.operation)) == ("38000000.00", "12000000.00")
    assert (str(machine.eu_acquisition), str(machine.eu_operation)) == ("19000000.00", "6000000.00")
    assert (str(services.total), str(services.eu_before_cap), services.capped) == ("30000000.00", "15000000.00", False)
    assert (str(bid.union_access_share), str(bid.uncovered)) == ("0.500000", "0.00")


def test_the_antenna_reaches_its_cap_without_being_cut() -> None:
    bid = assessed(ANTENNA)
    services = bid.streams["services"]
    assert (str(bid.total), str(bid.eu), str(bid.uncovered)) == ("10000000.00", "5000000.00", "0.00")
    assert (str(services.eu_before_cap), str(services.cap), services.capped) == ("5000000.00", "5000000.00", False)
    assert [key for key, share in bid.partners.items() if share.eligible.cents % 2] == []


def test_the_factory_has_two_hosts_a_link_and_every_kind_of_price() -> None:
    facts = facts_of(FACTORY)
    assert [(site.key, site.host) for site in facts.sites] == [("zellik", "vub"), ("charleroi", "cenaero")]
    assert [(link.start, link.end) for link in facts.links] == [("zellik", "charleroi")]
    assert {line.pricing.kind for line in facts.budget if line.pricing} == {
        "personnel", "person_months", "sme_owner", "depreciation", "full_cost", "energy",
    }  # fmt: skip
    assert {line.year for line in facts.budget} == {2026, 2027, 2028, 2029, 2030}
    assert 110 <= len(facts.budget) <= 130
    grant = {line.category for line in facts.budget if line.stream is Stream.SERVICES}
    assert grant == {"A1", "A2", "A4", "B", "C1", "C2", "C3", "D1", "D2"}


def test_lines_of_the_antenna_that_stand_in_the_factory_name_a_line_that_exists() -> None:
    shared = {line.key: line.alternative_of for line in facts_of(ANTENNA).budget if line.alternative_of}
    there = {f"{FACTORY}#{line.key}": line for line in facts_of(FACTORY).budget}
    here = {line.key: line for line in facts_of(ANTENNA).budget}
    assert len(shared) == 37
    assert {(here[key].partner, here[key].category) for key in shared} == {
        (there[aim].partner, there[aim].category) for key, aim in shared.items()
    }


def test_the_two_bids_name_each_other_and_nothing_they_share_is_unmarked() -> None:
    sides = [
        Side(facts_of(reference), callfile.shipped()[facts_of(reference).call], assessed(reference))
        for reference in (ANTENNA, FACTORY)
    ]
    base = shared_base(*sides)
    assert is_linked(base.mine.facts, base.theirs.facts)
    assert (len(base.marked), base.alike, base.astray) == (37, (), ())
    assert len(base.partners) == 11
    assert (str(base.twice.total), str(base.twice.eu)) == ("7147908.13", "3573954.07")
    shared = {pair.theirs.key for pair in base.marked}
    gone = Euro.total(base.theirs.assessment.lines[key].total for key in shared)
    difference = base.left_of_theirs.total + gone - base.theirs.assessment.total
    assert abs(difference.cents) <= len(base.theirs.facts.partners)  # indirect costs are rounded per partner


@BOTH
def test_the_file_is_written_as_the_bid_file_writes_it(reference: str) -> None:
    written = json.dumps(bidfile.as_dict(facts_of(reference)), indent=2, ensure_ascii=False) + "\n"
    assert written == text_of(reference)
    assert len(written.encode()) < 400_000


@BOTH
def test_nothing_blocks_or_warns_before_the_partners_confirm(reference: str) -> None:
    facts = facts_of(reference)
    found = findings(facts, callfile.shipped()[facts.call], assessed(reference), Situation())
    assert [finding for finding in found if finding.severity != "info"] == []


@BOTH
def test_every_letter_is_the_specimen_whose_digest_the_bid_states(reference: str) -> None:
    facts = facts_of(reference)
    assert {document.key for document in facts.documents} >= {
        f"mandate-{partner.key}" for partner in facts.partners if partner.role is not PartnerRole.COORDINATOR
    }
    for document in facts.documents:
        pdf = specimen(facts, document)
        assert hashlib.sha256(pdf).hexdigest() == document.sha256, document.key
        pages = PdfReader(io.BytesIO(pdf)).pages
        assert len(pages) == document.pages
        assert document.title.startswith("Specimen: ")
        assert "SPECIMEN" in pages[0].extract_text()


@BOTH
def test_nothing_is_invented_about_real_organisations(reference: str) -> None:
    facts = facts_of(reference)
    assert {(partner.pic, partner.enterprise_number) for partner in facts.partners} == {(None, None)}
    assert {partner.country for partner in facts.partners} == {"BE"}
    assert {(c.status, c.signed_on) for c in facts.commitments} == {(CommitmentStatus.SIGNED, None)}
    assert {c.signatory for c in facts.commitments} == {"Specimen letter: no signatory is named"}
    assert NOTE in facts.abstract


@pytest.mark.parametrize(("reference", "least"), [(FACTORY, 13_000), (ANTENNA, 7_000)])
def test_the_chapters_are_complete_and_long_enough_for_a_dossier(reference: str, least: int) -> None:
    facts = facts_of(reference)
    wanted = {
        (section.number, language)
        for section in callfile.shipped()[facts.call].template.sections
        if not section.heading_only
        for language in (section.languages or ("en",))
    }
    texts = {(chapter.key, chapter.language): words_of(chapter.html).split() for chapter in facts.chapters}
    assert set(texts) == wanted
    assert min(len(words) for words in texts.values()) > 200
    assert sum(len(words) for (_, language), words in texts.items() if language == "en") >= least


@BOTH
def test_chapters_use_only_simple_safe_html(reference: str) -> None:
    for chapter in facts_of(reference).chapters:
        cleaned = nh3.clean(chapter.html, tags=SAFE, attributes={"a": {"href"}}, url_schemes={"https"}, link_rel=None)
        assert cleaned == chapter.html, chapter.key


@BOTH
def test_no_second_hand_figure_or_internal_mark_is_printed(reference: str) -> None:
    text = words_of(text_of(reference))
    banned = [re.compile(rf"(?<!\w){re.escape(words)}(?!\w)") for words in (*MARKS, *SECOND_HAND)]
    assert [pattern.pattern for pattern in banned if pattern.search(text)] == []


@BOTH
def test_the_texts_state_the_figures_of_the_budget(reference: str) -> None:
    bid = assessed(reference)
    text = words_of(" ".join(chapter.html for chapter in facts_of(reference).chapters if chapter.language == "en"))
    figures = [bid.total, bid.eu, *(share.eligible for key, share in bid.partners.items() if key != "-")]
    figures += [view.total for key, view in bid.work_packages.items() if key != "-"]
    figures += [view.total for key, view in bid.sites.items() if key != "-"]
    figures += [view.total for view in bid.years.values()] if reference == FACTORY else []
    missing = [spaced(figure) for figure in figures if spaced(figure) not in text]
    assert missing == []


@BOTH
def test_effort_in_the_work_plan_is_the_effort_that_is_paid(reference: str) -> None:
    facts = facts_of(reference)
    planned = {(package.key, who): months for package in facts.work_packages for who, months in package.effort.items()}
    paid: dict[tuple[str | None, str | None], Decimal] = {}
    for line in facts.budget:
        if months := months_of(line):
            where = (line.work_package, line.partner)
            paid[where] = paid.get(where, Decimal(0)) + months
    assert paid == planned
