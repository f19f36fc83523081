"""The door: a bid's whole life, and everybody who is sent back with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts import clock
from accounts.models import User
from bids import snapshot
from bids.actions import transition
from bids.actions.bidfiles import import_bid
from bids.actions.changing import changing
from bids.actions.ministry_side import newest_round, scope_digest
from bids.actions.transition import Closed, Papers
from bids.models import Bid, BidEvent, Dossier, LateAttempt, Letter, Review, Snapshot
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import assess
from bids.rulebook.vocabulary import BidState, DossierKind, JobState, OpinionKind, OpinionVerdict, ReviewState, Role
from bids.rulebook.workflow import Said
from tests import factories

GENERIC = "GENERIC-HE-RIA"


def ready_facts() -> BidFacts:
    """A grant bid with nothing that blocks."""
    facts = factories.small_bid("BE-STORY", GENERIC)
    lines = [replace(line, site=None, funded_elsewhere=False, alternative_of=None) for line in facts.budget]
    return replace(
        facts,
        track="",
        sites=(),
        links=(),
        chapters=(),
        documents=(),
        commitments=(),
        partners=tuple(replace(partner, requested_eu=None) for partner in facts.partners),
        budget=tuple(line for line in lines if line.key.startswith("L")),
    )


@pytest.fixture
def story(ada: User, fien: User) -> Bid:
    """Ada's bid, every partner's figures confirmed."""
    factories.a_call(GENERIC)
    bid = import_bid(ready_facts(), by=ada)
    factories.a_bid_role(bid, fien, Role.FINANCE_OFFICER, bid.partners.get(key="imec"))
    confirm_all(bid, ada)
    return bid


def confirm_all(bid: Bid, by: User) -> None:
    facts = snapshot.take(bid)
    for partner in bid.partners.all():
        digest = snapshot.partner_digest(facts, partner.key)
        if not partner.confirmations.filter(cleared_at=None, digest=digest).exists():
            partner.confirmations.filter(cleared_at=None).update(cleared_at=clock.now())
            factories.a_confirmation(partner, by, digest=digest)


def submit(bid: Bid, by: User) -> Bid:
    bid.refresh_from_db()
    if bid.state == BidState.DRAFT:
        transition.perform(bid, "lock", by=by)
    transition.perform(bid, "submit", by=by, said=Said(revision_seen=bid.revision), stepped_up=True)
    return bid


@pytest.fixture
def submitted(story: Bid, ada: User) -> Bid:
    return submit(story, ada)


@pytest.fixture
def ministry(clara: User, rik: User, rosa: User, leo: User, ines: User, dora: User, dirk: User) -> SimpleNamespace:
    return SimpleNamespace(clara=clara, rik=rik, rosa=rosa, leo=leo, ines=ines, dora=dora, dirk=dirk)


def staff(bid: Bid, desk: SimpleNamespace) -> None:
    """Everybody assigned and without a conflict; the approvers have declared none either."""
    for user, role in (
        (desk.rik, Role.REVIEWER), (desk.rosa, Role.REVIEWER), (desk.leo, Role.LEGAL_REVIEWER),
        (desk.ines, Role.FINANCE_INSPECTOR),
    ):  # fmt: skip
        factories.an_assignment(bid, user, role, by=desk.clara)
    for user in (desk.rik, desk.rosa, desk.leo, desk.ines, desk.dora, desk.dirk):
        factories.a_declaration(bid, user)


@pytest.fixture
def in_review(submitted: Bid, ministry: SimpleNamespace) -> Bid:
    staff(submitted, ministry)
    transition.perform(submitted, "take_in", by=ministry.clara)
    return submitted


def review_everything(bid: Bid, desk: SimpleNamespace) -> None:
    newest = bid.snapshots.latest("round")
    for reviewer in (desk.rik, desk.rosa):
        Review.objects.filter(snapshot=newest, reviewer=reviewer).delete()
        review = factories.a_review(newest, reviewer, state=ReviewState.SENT, sent_at=clock.now())
        for criterion in ("excellence", "impact", "implementation"):
            factories.a_score(review, criterion)
    for kind, author in ((OpinionKind.LEGAL, desk.leo), (OpinionKind.FINANCE, desk.ines)):
        if not bid.opinions.filter(kind=kind, replaced_at=None).exists():
            digest = scope_digest(newest_round(bid), kind)
            factories.an_opinion(newest, author, kind, verdict=OpinionVerdict.FAVOURABLE, scope_digest=digest)


@pytest.fixture
def recommended(in_review: Bid, ministry: SimpleNamespace) -> Bid:
    review_everything(in_review, ministry)
    transition.perform(in_review, "recommend", by=ministry.clara)
    return in_review


def vote(bid: Bid, name: str, by: User, note: str = "") -> BidEvent:
    said = Said(digest_seen=bid.snapshots.latest("round").sha256, note=note)
    return transition.perform(bid, name, by=by, said=said, stepped_up=True)


def test_a_bid_lives_from_draft_to_the_decision_of_the_union(
    recommended: Bid, ministry: SimpleNamespace, ada: User
) -> None:
    vote(recommended, "approve", ministry.dora)
    assert recommended.state == BidState.RECOMMENDED
    vote(recommended, "approve", ministry.dirk)
    assert recommended.state == BidState.APPROVED
    decision = Dossier.objects.get(bid=recommended, kind=DossierKind.DECISION)
    Dossier.objects.filter(pk=decision.pk).update(state=JobState.DONE, file_sha256="e" * 64, sealed_sha256="f" * 64)
    paper = factories.a_desk_document(recommended, ministry.clara)
    filed = Said(has_document=True, receipt_at=clock.now(), filed_digest="f" * 64)
    papers = Papers(document=paper, portal_reference="101000000")
    transition.perform(recommended, "file", by=ministry.clara, said=filed, papers=papers)
    assert recommended.state == BidState.FILED
    said = Said(has_document=True, outcome=BidState.SELECTED)
    transition.perform(recommended, "record_decision", by=ministry.clara, said=said, papers=Papers(document=paper))
    assert recommended.state == BidState.SELECTED


def test_submitting_freezes_a_round_with_a_receipt_a_dossier_and_letters(story: Bid, ada: User, clara: User) -> None:
    submit(story, ada)
    frozen = Snapshot.objects.get(bid=story)
    assert (story.state, story.round, frozen.round) == (BidState.SUBMITTED, 1, 1)
    assert frozen.sha256 == snapshot.digest(snapshot.canonical(snapshot.take(story)))
    assert frozen.receipt.startswith("BE-STORY/1/")
    made = Dossier.objects.filter(bid=story).order_by("pk").values_list("snapshot", "kind")
    assert list(made) == [(frozen.pk, DossierKind.RECEIPT), (frozen.pk, DossierKind.SUBMISSION)]
    assert set(Letter.objects.values_list("to__name", "letter")) == {("Ada", "receipt"), ("Clara", "submitted")}


def test_the_same_submission_sent_twice_is_one_round(story: Bid, ada: User) -> None:
    transition.perform(story, "lock", by=ada)
    said = Said(revision_seen=story.revision)
    first = transition.perform(story, "submit", by=ada, said=said, stepped_up=True)
    second = transition.perform(story, "submit", by=ada, said=said, stepped_up=True)
    assert (first.pk, Snapshot.objects.count()) == (second.pk, 1)


def test_a_submission_without_the_password_typed_again_is_refused(story: Bid, ada: User) -> None:
    transition.perform(story, "lock", by=ada)
    with pytest.raises(Closed) as closed:
        transition.perform(story, "submit", by=ada, said=Said(revision_seen=story.revision))
    assert closed.value.needs_step_up
    assert not Snapshot.objects.exists()


def test_a_submission_of_a_revision_that_changed_is_refused(story: Bid, ada: User) -> None:
    transition.perform(story, "lock", by=ada)
    with pytest.raises(Closed, match="has changed since you opened this page"):
        transition.perform(story, "submit", by=ada, said=Said(revision_seen=story.revision - 1), stepped_up=True)


def test_only_the_coordinator_locks(story: Bid, fien: User) -> None:
    with pytest.raises(Closed, match="Coordinator"):
        transition.perform(story, "lock", by=fien)
    story.refresh_from_db()
    assert story.state == BidState.DRAFT
    assert BidEvent.objects.filter(bid=story).last().name == "step_refused"


def test_an_unconfirmed_partner_keeps_the_bid_open(story: Bid, ada: User) -> None:
    line = story.budget_lines.get(key="L001")
    with changing(story, by=ada) as change:
        change.save(line, {"description": "More engineers"}, expected=line.version)
    with pytest.raises(Closed, match="Cenaero"):
        transition.perform(story, "lock", by=ada)


def test_a_late_submission_is_refused_and_on_record(story: Bid, ada: User) -> None:
    closed_at = clock.now() + timedelta(hours=1)
    Bid.objects.filter(pk=story.pk).update(desk_closes=closed_at)
    transition.perform(story, "lock", by=ada)
    said = Said(revision_seen=story.revision)
    with pytest.raises(Closed, match="the desk closed at") as closed:
        transition.perform(story, "submit", by=ada, said=said, stepped_up=True, received_at=closed_at)
    late = LateAttempt.objects.get(bid=story)
    assert (late.receipt, late.received_at) == (closed.value.receipt, closed_at)
    assert not Snapshot.objects.exists()


def test_what_was_received_in_time_is_in_time_however_long_the_lock_took(story: Bid, ada: User) -> None:
    Bid.objects.filter(pk=story.pk).update(desk_closes=clock.now() + timedelta(seconds=1))
    transition.perform(story, "lock", by=ada)
    Bid.objects.filter(pk=story.pk).update(desk_closes=clock.now())
    said = Said(revision_seen=story.revision)
    just_before = Bid.objects.get(pk=story.pk).desk_closes - timedelta(microseconds=1)
    transition.perform(story, "submit", by=ada, said=said, stepped_up=True, received_at=just_before)
    assert story.state == BidState.SUBMITTED


def test_reopening_never_unsubmits(submitted: Bid, ada: User) -> None:
    transition.perform(submitted, "reopen", by=ada, stepped_up=True)
    assert (submitted.state, Snapshot.objects.filter(bid=submitted).count()) == (BidState.DRAFT, 1)
    Bid.objects.filter(pk=submitted.pk).update(desk_closes=clock.now() - timedelta(seconds=1))
    transition.perform(submitted, "reopen_expired", by=None)
    assert (submitted.state, submitted.round) == (BidState.SUBMITTED, 1)


def test_taking_in_needs_people(submitted: Bid, ministry: SimpleNamespace) -> None:
    with pytest.raises(Closed, match="Two reviewers without a conflict") as closed:
        transition.perform(submitted, "take_in", by=ministry.clara)
    assert len(closed.value.reasons) == 3


def test_changes_open_only_named_sections_and_come_back_as_a_round(
    in_review: Bid, ministry: SimpleNamespace, ada: User
) -> None:
    review_everything(in_review, ministry)
    said = Said(sections=("budget",), due=clock.now() + timedelta(days=3), note="Explain the storage.")
    transition.perform(in_review, "request_changes", by=ministry.clara, said=said)
    line = in_review.budget_lines.get(key="L002")
    with changing(in_review, by=ada) as change:
        change.save(line, {"description": "Storage for both sites"}, expected=line.version)
    confirm_all(in_review, ada)
    in_review.refresh_from_db()
    said = Said(revision_seen=in_review.revision, note="Done.")
    transition.perform(in_review, "resubmit", by=ada, said=said, stepped_up=True)
    assert (in_review.state, in_review.round) == (BidState.IN_REVIEW, 2)
    drafts = Review.objects.filter(snapshot__round=2, state=ReviewState.DRAFT)
    assert {(review.reviewer.name, review.scores.count()) for review in drafts} == {("Rik", 3), ("Rosa", 3)}
    with pytest.raises(Closed, match="2 of 2 reviews") as closed:
        transition.perform(in_review, "recommend", by=ministry.clara)
    assert any("has lapsed" in str(reason) for reason in closed.value.reasons)


def test_a_change_outside_the_opened_sections_is_not_resubmitted(
    in_review: Bid, ministry: SimpleNamespace, ada: User
) -> None:
    said = Said(sections=("budget",), due=clock.now() + timedelta(days=3), note="Explain the storage.")
    transition.perform(in_review, "request_changes", by=ministry.clara, said=said)
    risk = in_review.risks.first()
    with changing(in_review, by=ada) as change:
        change.save(risk, {"mitigation": "None"}, expected=risk.version)
    with pytest.raises(Closed, match=f"risks/{risk.key}"):
        transition.perform(in_review, "resubmit", by=ada, said=Said(revision_seen=in_review.revision), stepped_up=True)


def test_overdue_changes_return_to_review_with_the_same_round(in_review: Bid, ministry: SimpleNamespace) -> None:
    said = Said(sections=("budget",), due=clock.now() + timedelta(days=3), note="Explain.")
    transition.perform(in_review, "request_changes", by=ministry.clara, said=said)
    in_review.change_requests.update(due_at=clock.now() - timedelta(seconds=1))
    transition.perform(in_review, "changes_due_passed", by=None)
    assert (in_review.state, in_review.round) == (BidState.IN_REVIEW, 1)
    assert in_review.change_requests.get().closed_at is not None


def test_a_bid_withdrawn_while_it_is_changed_stands_as_it_was_submitted(
    in_review: Bid, ministry: SimpleNamespace, ada: User
) -> None:
    said = Said(sections=("budget",), due=clock.now() + timedelta(days=3), note="Explain.")
    transition.perform(in_review, "request_changes", by=ministry.clara, said=said)
    line = in_review.budget_lines.get(key="L001")
    with changing(in_review, by=ada) as change:
        change.save(line, {"amount": None, "quantity": 1, "unit_cost": 1, "pricing": None}, expected=line.version)
    frozen = in_review.snapshots.get()
    unsent = snapshot.digest(snapshot.canonical(snapshot.take(in_review)))
    event = transition.perform(in_review, "withdraw", by=ada, said=Said(note="No partner left."), stepped_up=True)
    assert event.after == {"state": "withdrawn", "unsent_copy": unsent}
    assert snapshot.canonical(snapshot.take(in_review)) == frozen.text
    assert in_review.total == assess(snapshot.read(frozen.text), snapshot.call_of(in_review)).total
    assert in_review.change_requests.get().closed_at is not None


def test_nobody_votes_twice(recommended: Bid, ministry: SimpleNamespace) -> None:
    vote(recommended, "approve", ministry.dora)
    with pytest.raises(Closed, match="another person"):
        vote(recommended, "approve", ministry.dora)


def test_a_split_vote_goes_back_to_review_and_can_be_decided_again(recommended: Bid, ministry: SimpleNamespace) -> None:
    vote(recommended, "approve", ministry.dora)
    vote(recommended, "reject", ministry.dirk, "Too dear.")
    assert recommended.state == BidState.IN_REVIEW
    transition.perform(recommended, "recommend", by=ministry.clara)
    vote(recommended, "approve", ministry.dora)
    vote(recommended, "approve", ministry.dirk)
    assert recommended.state == BidState.APPROVED


def test_a_rejection_can_be_appealed_and_upheld_by_others(
    recommended: Bid, ministry: SimpleNamespace, ada: User
) -> None:
    for approver in (ministry.dora, ministry.dirk):
        vote(recommended, "reject", approver, "Not convincing.")
    assert recommended.state == BidState.REJECTED
    transition.perform(recommended, "lodge_appeal", by=ada, said=Said(note="We were misread."))
    judges = [factories.a_user(name, is_staff=True) for name in ("Jo", "Jef")]
    for judge in judges:
        factories.a_call_role(judge, Role.APPROVER)
        factories.a_declaration(recommended, judge)
        said = Said(upholds=True, note="They were.")
        transition.perform(recommended, "decide_appeal", by=judge, said=said, stepped_up=True)
    assert recommended.state == BidState.IN_REVIEW


def test_inadmissible_takes_two(submitted: Bid, ministry: SimpleNamespace) -> None:
    factories.a_declaration(submitted, ministry.dora)
    from_list = Said(note="Twice the same.", ground="duplicate")
    transition.perform(submitted, "declare_inadmissible", by=ministry.clara, said=from_list)
    assert submitted.state == BidState.SUBMITTED
    transition.perform(submitted, "declare_inadmissible", by=ministry.dora, said=from_list)
    assert submitted.state == BidState.INADMISSIBLE


def test_withdrawing_is_final(in_review: Bid, ada: User) -> None:
    transition.perform(in_review, "withdraw", by=ada, said=Said(note="No money."), stepped_up=True)
    assert in_review.state == BidState.WITHDRAWN
    assert transition.offers_for(in_review, ada) == ()
