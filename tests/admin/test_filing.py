"""What comes back on paper: the receipt and the letter of the Union, and the letters of payers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from accounts import clock
from accounts.models import User
from bids.models import Bid, Commitment, DeskDocument, Dossier, Filing, SignatureRecord
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState, CommitmentStatus, DossierKind, JobState
from tests import factories
from tests.admin.stories import At, a_paper, day, page_of, state_of, step, take

SEALED = "f" * 64
NOT_OPEN = "This step is not open"


def filed(**typed: Any) -> dict[str, Any]:
    """A filing as its form sends it."""
    return {
        "file": a_paper(), "portal_reference": "101000000", "received_on": day(0), "received_at": "00:01",
        "filed": SEALED, "difference": "", "incident": "",
    } | typed  # fmt: skip


@pytest.fixture
def sealed(approved: Bid) -> Bid:
    """Approved, its final dossier made."""
    Dossier.objects.filter(bid=approved, kind=DossierKind.DECISION).update(
        state=JobState.DONE, file_sha256="fa" * 32, sealed_sha256=SEALED
    )
    return approved


def test_a_bid_is_filed_and_the_decision_of_the_union_recorded(at: At, sealed: Bid, ministry: SimpleNamespace) -> None:
    assert SEALED[:16] in at(ministry.clara).get(step(sealed, "file")).text
    assert take(at(ministry.clara), sealed, "file", **filed()).status_code == 302
    assert (state_of(sealed), Filing.objects.get().portal_reference) == (BidState.FILED, "101000000")
    decided = {"outcome": "selected", "decided_on": day(0), "file": a_paper(), "score-0": "4.5", "score-1": "x"}
    wrong = take(at(ministry.clara), sealed, "record_decision", **decided)
    assert (wrong.status_code, 'href="#id_score-1"' in wrong.text) == (200, True)
    assert 'value="4.5"' in wrong.text
    decided |= {"score-1": "4", "file": a_paper()}
    assert take(at(ministry.clara), sealed, "record_decision", **decided).status_code == 302
    assert state_of(sealed) is BidState.SELECTED
    assert sealed.union_decision.scores == {"excellence": "4.5", "impact": "4"}


def test_another_file_than_the_sealed_one_needs_a_reason(at: At, sealed: Bid, clara: User) -> None:
    answer = take(at(clara), sealed, "file", **filed(filed="another"))
    assert (answer.status_code, "Write why it differs." in answer.text) == (200, True)
    assert 'value="101000000"' in answer.text
    assert not DeskDocument.objects.exists()
    assert take(at(clara), sealed, "file", **filed(filed="another", difference="Re-saved.")).status_code == 302


def test_a_receipt_after_the_cutoff_needs_an_incident_and_an_approver(
    at: At, sealed: Bid, ministry: SimpleNamespace
) -> None:
    Bid.objects.filter(pk=sealed.pk).update(cutoff=clock.now() - timedelta(days=3))
    assert "Describe the incident; an approver confirms." in take(at(ministry.clara), sealed, "file", **filed()).text
    take(at(ministry.clara), sealed, "file", **filed(incident="The portal was down."))
    assert state_of(sealed) is BidState.APPROVED
    assert NOT_OPEN in at(ministry.clara).get(step(sealed, "file")).text
    assert take(at(ministry.dora), sealed, "file", note="Confirmed.").status_code == 302
    assert (state_of(sealed), Filing.objects.get().confirmed_by) == (BidState.FILED, ministry.dora)


def test_a_receipt_is_not_what_is_filed(at: At, sealed: Bid, clara: User) -> None:
    receipt = factories.a_dossier(sealed.snapshots.latest("round"), kind=DossierKind.RECEIPT)
    of_the_receipt = factories.a_seal(receipt).sealed_sha256
    assert of_the_receipt not in at(clara).get(step(sealed, "file")).text


def test_a_filing_is_complete_or_nothing_of_it_is_kept(at: At, sealed: Bid, clara: User) -> None:
    for typed, box in [
        ({"portal_reference": ""}, "portal_reference"),
        ({"portal_reference": "a\x00"}, "portal_reference"),
        ({"received_on": "soon"}, "received_on"),
        ({"filed": ""}, "filed_0"),
        ({"filed": "e" * 64}, "filed_0"),
        ({"file": ""}, "file"),
        ({"file": a_paper(b"%PDF-1.7 broken")}, "file"),
    ]:
        answer = take(at(clara), sealed, "file", **filed(**typed))
        assert (answer.status_code, f'href="#id_{box}"' in answer.text) == (200, True)
        assert (state_of(sealed), Filing.objects.exists(), DeskDocument.objects.exists()) == (
            BidState.APPROVED, False, False,
        )  # fmt: skip


def test_a_signed_letter_is_recorded_beside_the_round(
    at: At, bid: Bid, ada: User, clara: User, moved_to: Callable[[Bid, object], Bid]
) -> None:
    Commitment.objects.filter(bid=bid).update(status=CommitmentStatus.PLEDGED, amount=Euro.of("1900000.00"))
    frozen = factories.a_snapshot(bid, ada)
    moved_to(bid, BidState.IN_REVIEW)
    form = at(clara).get(step(bid, "record_signature")).text
    assert "Federal State, €1,900,000.00 (Pledged)" in form.replace("€ ", "€").replace("\xa0", "")
    wrong = take(at(clara), bid, "record_signature", commitment="c1", signed_on="soon", file=a_paper())
    assert (wrong.status_code, 'href="#id_signed_on"' in wrong.text) == (200, True)
    take(at(clara), bid, "record_signature", commitment="c1", signed_on=day(-1), file=a_paper())
    assert SignatureRecord.objects.get().commitment_key == "c1"
    assert "Signed" in at(clara).get(page_of(bid, "bid-financing")).text
    frozen.refresh_from_db()
    assert "pledged" in frozen.text
