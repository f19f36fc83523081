"""Every readiness check, in the order in which findings are told.

Severity stops the act named in the gate where it is `block`. The basis names the source, or HOUSE
for a rule of this tool. Numbers are those of the domain reference.
"""

from __future__ import annotations

from bids.rulebook.readiness import (
    budget,
    calendar,
    chapters,
    consortium,
    documents,
    effort,
    financing,
    funding,
    others,
    plan,
    purchases,
    review,
    sites,
)
from bids.rulebook.readiness.asking import Check
from bids.rulebook.text import gettext_noop

CHECKS = (
    Check(
        "C01", "block", "submit",
        gettext_noop("No line without a stream; no two lines of different streams with the same partner, site, year "
                     "and description"),
        "HOUSE", budget.every_line_belongs_to_one_stream,
    ),
    Check(
        "C02", "block", "submit", gettext_noop("Union rate of acquisition at most 50 %"),
        "S4", funding.acquisition_rate_is_allowed,
    ),
    Check(
        "C03", "block", "submit", gettext_noop("Union rate of operation at most 50 %"),
        "S4", funding.operation_rate_is_allowed,
    ),
    Check(
        "C04", "block", "submit",
        gettext_noop("The access share stated in the bid equals the computed one and is at most 50 %"),
        "S2, S4", funding.stated_access_share_is_the_computed_one,
    ),
    Check(
        "C05", "block", "submit",
        gettext_noop("Each request is at most the computed contribution; each stream at most its cap"),
        "S7, S9, S11", funding.requests_and_caps_are_respected,
    ),
    Check(
        "C06", "block", "submit", gettext_noop("Every line has an amount, a formula, or quantity times unit cost"),
        "HOUSE", budget.every_line_has_an_amount,
    ),
    Check(
        "C07", "block", "approve", gettext_noop("Signed commitments cover the national share"),
        "S1", financing.signed_money_covers_the_national_share,
    ),
    Check(
        "C08", "block", "submit", gettext_noop("Antenna partners all come from one Participating State"),
        "S7", consortium.partners_come_from_one_state,
    ),
    Check(
        "C09", "block", "submit", gettext_noop("An antenna names an established AI factory"),
        "S7", consortium.linked_factory_is_established,
    ),
    Check(
        "C10", "block", "submit",
        gettext_noop("Hosting entities are established in a Member State that is a Participating State"),
        "S1", consortium.hosts_are_established_in_the_union,
    ),
    Check(
        "C11", "block", "submit", gettext_noop("The documents that the call requires are present"),
        "call", documents.required_by_the_call("C11"),
    ),
    Check(
        "C12", "block", "submit", gettext_noop("The page limit of the call is respected"),
        "call", documents.pages_stay_within_the_limit,
    ),
    Check(
        "C13", "block", "file", gettext_noop("The Union's receipt, or else the clock, lies before the cut-off"),
        "call", calendar.filed_before_the_cutoff,
    ),
    Check(
        "C14", "block", "submit", gettext_noop("Stated indirect costs equal those of the cost model"),
        "S35", budget.stated_indirect_costs_are_the_models,
    ),
    Check(
        "C15", "block", "submit", gettext_noop("No line is marked as funded by another EU grant"),
        "S35", budget.no_line_is_funded_elsewhere,
    ),
    Check(
        "C16", "block", "recommend",
        gettext_noop("Two people who edited nothing in the bid have each sent a complete review of the newest round"),
        "HOUSE", review.two_people_from_outside_reviewed,
    ),
    Check(
        "C17", "block", "recommend", gettext_noop("The opinion of the Inspector of Finance is given and not lapsed"),
        "S31", review.inspector_gave_an_opinion,
    ),
    Check(
        "C18", "warn", None, gettext_noop("The work plan and the budget hold the same person-months"),
        "S15", effort.plan_and_budget_hold_the_same_months,
    ),
    Check(
        "C19", "warn", None, gettext_noop("Purchases that are large beside the personnel are justified (table 3.1h)"),
        "S15", purchases.large_purchases_are_justified,
    ),
    Check(
        "C20", "warn", None, gettext_noop("Nobody works more days than can be declared, over all grants"),
        "S13", effort.nobody_works_more_days_than_a_year_has,
    ),
    Check(
        "C21", "warn", None, gettext_noop("Unit costs of SME owners are those of the day the call opened"),
        "S12", effort.owners_cost_what_the_call_pays,
    ),
    Check(
        "C22", "warn", None, gettext_noop("Operating costs cover the years of ownership from acceptance"),
        "S36", sites.operation_is_paid_long_enough,
    ),
    Check(
        "C23", "warn", None, gettext_noop("The total cost of ownership has a verification method"),
        "S1", documents.required_by_the_call("C23"),
    ),
    Check(
        "C24", "warn", None, gettext_noop("Each site states power, cooling, network and security"),
        "S1", plan.every_site_is_described,
    ),
    Check(
        "C25", "warn", None, gettext_noop("The link between sites is described and costed"),
        "HOUSE", sites.sites_are_joined,
    ),
    Check(
        "C26", "warn", None, gettext_noop("Notes that are read in several languages exist in each, none of them stale"),
        "S32", chapters.notes_exist_in_every_language,
    ),
    Check(
        "C27", "warn", None, gettext_noop("Subcontracting stays below the share that the call sets"),
        "HOUSE", purchases.subcontracting_stays_small,
    ),
    Check(
        "C28", "warn", None, gettext_noop("Financial support stays within the cap per third party"),
        "RECALLED 0.85", purchases.support_stays_within_its_cap,
    ),
    Check(
        "C29", "warn", None, gettext_noop("Depreciation stays within the months of the action and the useful life"),
        "RECALLED 0.95", budget.depreciation_stays_within_action_and_life,
    ),
    Check(
        "C30", "warn", None,
        gettext_noop("Every work package has lead, start, end and deliverable; every deliverable a month within the "
                     "duration"),
        "S15", plan.every_work_package_is_complete,
    ),
    Check(
        "C31", "warn", None, gettext_noop("Every risk has likelihood, severity and mitigation"),
        "S15", plan.every_risk_is_assessed,
    ),
    Check(
        "C32", "warn", None, gettext_noop("The title fits the Union's form"),
        "S17", plan.title_fits_the_form,
    ),
    Check(
        "C33", "warn", None, gettext_noop("The share of economic use is stated"),
        "HOUSE", plan.economic_use_is_stated,
    ),
    Check(
        "C34", "warn", None, gettext_noop("Commercial use of the Union's share is at most 20 %"),
        "S4", funding.commercial_use_stays_within_its_ceiling,
    ),
    Check(
        "C35", "info", None, gettext_noop("Differences by rounding"),
        "HOUSE", funding.sums_differ_by_rounding,
    ),
    Check(
        "C35", "info", None, gettext_noop("Commitments above what the Union leaves"),
        "HOUSE", financing.commitments_exceed_the_need,
    ),
    Check(
        "C36", "info", None, gettext_noop("Certificates on financial statements"),
        "RECALLED 0.85", funding.statements_need_a_certificate,
    ),
    Check(
        "C37", "info", None, gettext_noop("Comparison with the published bids of the same wave"),
        "S10", others.published_bids_are_comparable,
    ),
    Check(
        "C38", "block", "submit", gettext_noop("Streams are those of the call"),
        "S5", budget.every_stream_is_one_of_the_call,
    ),
    Check(
        "C39", "warn", None,
        gettext_noop("People and equipment in both of two linked bids are marked as alternatives"),
        "HOUSE", others.shared_lines_are_marked,
    ),
    Check(
        "C40", "info", None, gettext_noop("Numbers that are recalled, not read"),
        "HOUSE", plan.recalled_numbers_are_used,
    ),
    Check(
        "C41", "block", "submit", gettext_noop("Commitments of every kind and status cover what the Union leaves"),
        "HOUSE", financing.somebody_is_named_for_every_euro,
    ),
    Check(
        "C42", "warn", None, gettext_noop("The letter of the linked AI factory is present"),
        "RECALLED 0.7", documents.required_by_the_call("C42"),
    ),
    Check(
        "C43", "warn", None, gettext_noop("In a gigafactory State money at least equals the Union's"),
        "S10", financing.states_match_the_union,
    ),
    Check(
        "C44", "warn", None, gettext_noop("Nobody gets more from the Union and from States than its eligible costs"),
        "RECALLED 0.8", funding.nobody_is_paid_more_than_its_costs,
    ),
    Check(
        "C45", "info", None, gettext_noop("Revenues that leave a surplus"),
        "S35", funding.revenues_may_be_deducted,
    ),
)  # fmt: skip
