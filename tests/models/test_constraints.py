"""What must never be false is refused by the database itself, under a name that says what it was."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from bids.models import Bid, Chain, DateChange, Dossier, Filing, Snapshot
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import (
    ApprovalVerdict,
    DateChangeKind,
    DossierKind,
    Interest,
    JobState,
    Language,
    PartnerRole,
    ReviewState,
    Role,
)
from tests import factories as make


@pytest.fixture
def world(bid: Bid, ada, bruno, clara, rik, dora, dirk) -> SimpleNamespace:
    """One row of what each case needs."""
    frozen = make.a_snapshot(bid, ada)
    return SimpleNamespace(
        bid=bid, ada=ada, bruno=bruno, clara=clara, rik=rik, dora=dora, dirk=dirk, frozen=frozen,
        imec=bid.partners.get(key="imec"), review=make.a_review(frozen, rik),
    )  # fmt: skip


def filing(world: SimpleNamespace, **fields: object) -> Filing:
    given = {"portal_reference": "SEP-1", "received_at": make.in_days(-1), "dossier_sha256": "a" * 64}
    receipt = make.a_desk_document(world.bid, world.clara)
    return Filing.objects.create(
        bid=world.bid, snapshot=world.frozen, receipt=receipt, by=world.clara, **given | fields
    )


def date_change(**fields: object) -> DateChange:
    return DateChange.objects.create(**{"kind": DateChangeKind.EXTENSION, "reason": "outage"} | fields)


NEVER: dict[str, Callable[[SimpleNamespace], object]] = {
    "an amount below zero": lambda w: make.a_line(w.bid, amount=Euro(-1)),
    "a commitment below zero": lambda w: make.a_commitment(w.bid, amount=Euro(-1)),
    "a requested contribution below zero": lambda w: make.a_partner(w.bid, requested_eu=Euro(-1)),
    "a quantity below zero": lambda w: make.a_line(w.bid, quantity="-1"),
    "a power below zero": lambda w: make.a_site(w.bid, it_power_kw="-0.5"),
    "a total below zero": lambda w: make.a_bid(total=Euro(-1)),
    "more from the Union than there is": lambda w: make.a_bid(total=Euro(1), eu=Euro(2)),
    "a state nobody knows": lambda w: Bid.objects.filter(pk=w.bid.pk).update(state="lost"),
    "a kind of partner nobody knows": lambda w: make.a_partner(w.bid, kind="hobbyist"),
    "a stream nobody knows": lambda w: make.a_line(w.bid, stream="river"),
    "two bids of one reference": lambda w: make.a_bid(w.bid.reference),
    "two partners of one key": lambda w: make.a_partner(w.bid, "imec"),
    "two lines of one key": lambda w: make.a_line(w.bid, "L001"),
    "two chapters of one key and language": lambda w: make.a_chapter(w.bid, "1.1", language=Language.FR),
    "two documents of one key": lambda w: make.a_document(w.bid, "letter-federal"),
    "a document that names other bytes": lambda w: make.a_document(w.bid, sha256="b" * 64),
    "a partner affiliated to itself": lambda w: type(w.imec).objects.filter(pk=w.imec.pk).update(affiliated_to=w.imec),
    "two coordinators": lambda w: make.a_bid_role(w.bid, w.bruno, Role.COORDINATOR),
    "one role given twice": lambda w: make.a_bid_role(w.bid, w.ada, Role.COORDINATOR),
    "a ministry role in a bid": lambda w: make.a_bid_role(w.bid, make.a_user(), Role.REVIEWER),
    "a consortium role in a call": lambda w: make.a_call_role(make.a_user(), Role.VIEWER),
    "a role for all calls given twice": lambda w: make.a_call_role(w.rik, Role.REVIEWER),
    "a role given to oneself": lambda w: type(w.rik.call_roles.get()).objects.update(given_by=w.rik),
    "an approver assigned": lambda w: make.an_assignment(w.bid, w.dora, Role.APPROVER),
    "two declarations that hold": lambda w: [make.a_declaration(w.bid, w.rik, Interest.NONE) for _ in range(2)],
    "two confirmations that hold": lambda w: [make.a_confirmation(w.imec, w.ada) for _ in range(2)],
    "two snapshots of one round": lambda w: make.a_snapshot(w.bid, w.ada, round=1),
    "a round zero": lambda w: make.a_snapshot(w.bid, w.ada, round=0),
    "two snapshots of one receipt": lambda w: make.a_snapshot(w.bid, w.ada, receipt=w.frozen.receipt),
    "two reviews of one reviewer": lambda w: make.a_review(w.frozen, w.rik),
    "a review sent without a time": lambda w: make.a_review(w.frozen, w.dora, state=ReviewState.SENT),
    "two scores of one criterion": lambda w: [make.a_score(w.review, "impact") for _ in range(2)],
    "a score above five": lambda w: make.a_score(w.review, halves=11),
    "two opinions of one kind that hold": lambda w: [make.an_opinion(w.frozen, w.clara) for _ in range(2)],
    "two open change requests": lambda w: [make.a_change_request(w.frozen, w.clara) for _ in range(2)],
    "two recommendations of one attempt": lambda w: [make.a_recommendation(w.frozen, w.clara) for _ in range(2)],
    "two first approvals": lambda w: [make.an_approval(w.frozen, user, 1) for user in (w.dora, w.dirk)],
    "two approvals by one person": lambda w: [make.an_approval(w.frozen, w.dora, order) for order in (1, 2)],
    "a third approval": lambda w: make.an_approval(w.frozen, w.dora, 3),
    "a rejection without a reason": lambda w: make.an_approval(w.frozen, w.dora, verdict=ApprovalVerdict.REJECT),
    "a filing of other bytes without a reason": lambda w: filing(w, dossier_sha256=""),
    "a filing confirmed by who recorded it": lambda w: filing(w, confirmed_by=w.clara),
    "two dossiers of one round": lambda w: [make.a_dossier(w.frozen) for _ in range(2)],
    "two drafts of one picture": lambda w: draft_twice(w),
    "a submission dossier of a picture": lambda w: make.a_dossier(w.frozen, picture=make.a_picture(w.bid)),
    "a finished dossier without a file": lambda w: make.a_dossier(w.frozen, state=JobState.DONE),
    "a finished dossier of a round without a seal": lambda w: make.a_dossier(
        w.frozen, state=JobState.DONE, file_sha256="a" * 64
    ),
    "a seal that changes nothing": lambda w: make.a_seal(make.a_dossier(w.frozen), sealed_sha256="fa" * 32),
    "a seal of nothing": lambda w: make.a_seal(make.a_dossier(w.frozen), file_sha256=""),
    "two seals of the same bytes": lambda w: [
        make.a_seal(make.a_dossier(w.frozen, language=language), sealed_sha256="5ea1" * 16)
        for language in (Language.EN, Language.FR)
    ],
    "more than all of the progress": lambda w: make.a_dossier(w.frozen, progress=101),
    "two letters about the same": lambda w: [make.a_letter(w.ada, dedupe_key="one") for _ in range(2)],
    "new dates of nothing": lambda w: date_change(),
    "new dates of a call and a bid": lambda w: date_change(bid=w.bid, call=w.bid.call),
    "new dates confirmed by who proposed them": lambda w: date_change(
        bid=w.bid, proposed_by=w.clara, confirmed_by=w.clara
    ),
    "new dates without a reason": lambda w: date_change(bid=w.bid, reason=""),
    "two scenarios of one key": lambda w: [make.a_scenario(w.bid, w.ada, key="SC001") for _ in range(2)],
    "two scenarios of one name": lambda w: [make.a_scenario(w.bid, w.ada, name) for name in ("Fewer", "fewer")],
    "a scenario without a name": lambda w: make.a_scenario(w.bid, w.ada).__class__.objects.update(name=""),
    "an adoption below zero": lambda w: make.an_adoption(make.a_scenario(w.bid, w.ada), w.ada, total_after=Euro(-1)),
    "an adoption taken back by nobody": lambda w: make.an_adoption(
        make.a_scenario(w.bid, w.ada), w.ada, undone_at=make.in_days(0)
    ),
    "two chains of the system": lambda w: [Chain.objects.create(bid=None) for _ in range(2)],
}


def draft_twice(world: SimpleNamespace) -> None:
    picture = make.a_picture(world.bid)
    for _ in range(2):
        Dossier.objects.create(
            bid=world.bid, picture=picture, source_digest=picture.sha256, template_version="tests",
            kind=DossierKind.DRAFT, language=Language.EN,
        )  # fmt: skip


@pytest.mark.parametrize("never", NEVER)
def test_never(world: SimpleNamespace, never: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        NEVER[never](world)


def test_a_removed_document_frees_its_key(bid: Bid) -> None:
    bid.documents.update(removed_at=make.in_days(0))
    make.a_document(bid, "letter-federal")


def test_equal_rounds_have_a_dossier_each(bid: Bid, ada) -> None:
    first, second = make.a_snapshot(bid, ada), make.a_snapshot(bid, ada)
    assert first.sha256 == second.sha256
    assert make.a_dossier(first) != make.a_dossier(second)
    assert Snapshot.objects.count() == 2


def test_affiliates_and_roles_of_partners_are_words(bid: Bid) -> None:
    assert bid.partners.get(key="lab").role is PartnerRole.AFFILIATED


def test_every_constraint_and_index_has_a_name_of_its_own() -> None:
    named = [
        rule.name
        for model in apps.get_app_config("bids").get_models()
        for rule in (*model._meta.constraints, *model._meta.indexes)
    ]
    assert len(named) == len(set(named))
    assert max(map(len, named)) <= 63  # PostgreSQL cuts longer names


def test_every_word_column_is_guarded() -> None:
    """A column of words without a constraint would take any word."""
    for model in apps.get_app_config("bids").get_models():
        rules = {rule.name for rule in model._meta.constraints}
        for column in model._meta.fields:
            if type(column).__name__ == "WordField":
                assert f"{model.__name__.lower()}_{column.name}_is_known" in rules


def test_every_amount_is_guarded() -> None:
    guarded = {"bid_totals_are_not_negative"}
    for model in apps.get_app_config("bids").get_models():
        if any(type(column).__name__ == "EuroField" for column in model._meta.fields):
            rules = {rule.name for rule in model._meta.constraints if isinstance(rule, models.CheckConstraint)}
            assert rules & (guarded | {f"{model.__name__.lower()}_amounts_are_not_negative"})
