"""People of both sides, and how tests ask for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bids.rulebook.calendar import BRUSSELS
from bids.rulebook.permits import About, Act, Standing, decide
from bids.rulebook.vocabulary import BidState, Role

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=BRUSSELS)
DUE = NOW + timedelta(days=3)
ADA, BRUNO = 1, 2

ada = Standing(ADA, frozenset({Role.COORDINATOR}), own_partner_keys=frozenset({"imec"}))
editor = Standing(
    ADA,
    frozenset({Role.PARTNER_EDITOR}),
    own_partner_keys=frozenset({"cenaero"}),
    own_sections=frozenset({"chapters/6", "sites/charleroi"}),
)
officer = Standing(ADA, frozenset({Role.FINANCE_OFFICER}), own_partner_keys=frozenset({"cenaero"}))
reviewer = Standing(ADA, frozenset({Role.REVIEWER}), assigned=True, coi="none")
inspector = Standing(ADA, frozenset({Role.FINANCE_INSPECTOR}), assigned=True, coi="none")
lawyer = Standing(ADA, frozenset({Role.LEGAL_REVIEWER}), assigned=True, coi="none")
approver = Standing(ADA, frozenset({Role.APPROVER}), coi="none")
manager = Standing(ADA, frozenset({Role.CASE_MANAGER}))
auditor = Standing(ADA, frozenset({Role.AUDITOR}))
administrator = Standing(ADA, frozenset({Role.SYSTEM_ADMIN}))

D, K, S, R, C = (
    BidState.DRAFT,
    BidState.LOCKED,
    BidState.SUBMITTED,
    BidState.IN_REVIEW,
    BidState.CHANGES_REQUESTED,
)
M, A, REJECTED = BidState.RECOMMENDED, BidState.APPROVED, BidState.REJECTED


def code(act: Act, who: Standing, state: BidState | None, **about: Any) -> str:
    decision = decide(act, who, state, About(**about))
    assert decision.allowed == (decision.reason is None)
    return decision.code
