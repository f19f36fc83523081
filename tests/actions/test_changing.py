"""A change happens as a whole: row, revision, totals, confirmations and trail, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from bids import access, snapshot
from bids.actions.changing import InUse, Stale, changing, place, writable
from bids.actions.records import save_row, verify_chain
from bids.models import Bid, BudgetLine, Chapter, Commitment, Partner, Risk, Site, Snapshot, WorkPackage
from bids.models.columns import EDITABLE
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState, PartnerKind, Side
from tests import factories as make

Move = Callable[[Bid, BidState], Bid]


def line_of(bid: Bid, key: str = "L001") -> BudgetLine:
    return bid.budget_lines.get(key=key)


def test_a_save_raises_version_and_revision_and_leaves_an_event(bid: Bid, fien: User) -> None:
    saved = save_row(line_of(bid), {"description": "Senior engineers"}, expected=1, by=fien)
    assert (saved.description, saved.version) == ("Senior engineers", 2)
    assert line_of(bid).description == "Senior engineers"
    assert Bid.objects.get(pk=bid.pk).revision == bid.revision == 2
    event = bid.events.latest("sequence")
    assert (event.name, event.about) == ("budget_line_changed", "budget/L001")
    assert (event.actor, event.role, event.side) == (fien, "finance_officer", Side.CONSORTIUM)
    assert (event.before, event.after) == ({"description": "Engineers"}, {"description": "Senior engineers"})
    assert verify_chain(bid) == ""


def test_totals_follow_to_the_cent(bid: Bid, fien: User) -> None:
    save_row(line_of(bid, "M001"), {"amount": Euro.of("1234567.89")}, expected=1, by=fien)
    bid.refresh_from_db()
    assessed = assess(snapshot.take(bid), snapshot.call_of(bid))
    assert (bid.total, bid.eu) == (assessed.total, assessed.eu)
    assert bid.total > Euro.of("1234567.89")
    assert bid.eu > Euro()


def test_what_changes_no_money_asks_nothing_about_money(bid: Bid, ada: User, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(11):
        save_row(bid.chapters.first(), {"html": "<p>New.</p>"}, expected=1, by=ada)


def test_a_save_costs_the_same_at_any_size(bid: Bid, fien: User, django_assert_num_queries) -> None:
    line = line_of(bid)
    with django_assert_num_queries(17):
        save_row(line, {"description": "One"}, expected=1, by=fien)
    for number in range(30):
        make.a_line(bid, f"N{number}")
    line = line_of(bid)
    with django_assert_num_queries(17):
        save_row(line, {"description": "Two"}, expected=2, by=fien)


def test_the_second_of_two_people_is_told_and_nothing_is_lost(bid: Bid, ada: User, fien: User) -> None:
    seen_by_both = line_of(bid)
    save_row(seen_by_both, {"description": "Fien's words"}, expected=1, by=fien)
    with pytest.raises(Stale) as stale:
        save_row(seen_by_both, {"description": "Ada's words"}, expected=1, by=ada)
    assert stale.value.mine == {"description": "Ada's words"}
    assert stale.value.theirs.description == "Fien's words"
    assert stale.value.theirs.version == 2
    assert line_of(bid).description == "Fien's words"
    assert bid.events.latest("sequence").actor == fien


def test_saving_what_is_already_there_changes_nothing(bid: Bid, fien: User) -> None:
    before = bid.events.count()
    line = save_row(line_of(bid), {"amount": "445500.00", "quantity": "54"}, expected=7, by=fien)
    assert line.version == 1
    assert bid.events.count() == before
    assert Bid.objects.get(pk=bid.pk).revision == bid.revision


def test_a_row_that_was_removed_is_stale_for_everybody(bid: Bid, ada: User) -> None:
    line = line_of(bid)
    with changing(bid, by=ada) as change:
        change.remove(line, expected=1)
    with pytest.raises(Stale) as stale:
        save_row(line, {"description": "Too late"}, expected=1, by=ada)
    assert stale.value.theirs is None


@pytest.mark.parametrize("state", [state for state in BidState if state not in ("draft", "changes_requested")])
def test_a_frozen_bid_takes_no_change(bid: Bid, ada: User, moved_to: Move, state: BidState) -> None:
    moved_to(bid, state)
    with pytest.raises(access.Refused, match="no longer be changed"):
        save_row(line_of(bid), {"amount": Euro(1)}, expected=1, by=ada)
    assert line_of(bid).amount == Euro.of("445500.00")


def test_a_pointer_into_another_bid_is_refused(bid: Bid, foreign_bid: Bid, ada: User) -> None:
    with pytest.raises(ValidationError, match="another bid"):
        save_row(line_of(bid), {"partner": foreign_bid.partners.first()}, expected=1, by=ada)
    with changing(bid, by=ada) as change, pytest.raises(ValidationError, match="another bid"):
        change.add(BudgetLine(key="L009", site=foreign_bid.sites.first()))


@pytest.mark.parametrize("name", ["version", "bid", "position", "removed_at", "id"])
def test_what_people_never_write_is_refused(bid: Bid, ada: User, name: str) -> None:
    with pytest.raises(ValueError, match="is not changed by saving"):
        save_row(line_of(bid), {name: 9}, expected=1, by=ada)


@pytest.mark.parametrize("name", ["state", "round", "total", "reference", "call_version", "desk_closes", "is_demo"])
def test_what_people_never_write_on_the_bid_is_refused(bid: Bid, ada: User, name: str) -> None:
    with pytest.raises(ValueError, match="is not changed by saving"):
        save_row(bid, {name: 9}, expected=1, by=ada)


def test_values_a_column_cannot_hold_are_refused_in_words(bid: Bid, ada: User) -> None:
    with pytest.raises(ValidationError, match="larger than any bid"):
        save_row(line_of(bid), {"amount": Euro(10**18)}, expected=1, by=ada)
    with pytest.raises(ValidationError, match="at most 4 decimals"):
        save_row(line_of(bid), {"quantity": Decimal("0.00001")}, expected=1, by=ada)
    assert line_of(bid).version == 1


def test_a_bid_that_adds_up_to_too_much_is_refused_in_words(bid: Bid, ada: User) -> None:
    BudgetLine.objects.bulk_create(
        BudgetLine(bid=bid, key=f"X{n}", stream="services", category="B", amount=Euro(10**17)) for n in range(92)
    )
    with pytest.raises(ValidationError, match="adds up to more"):
        save_row(line_of(bid, "X1"), {"category": "A1", "partner": bid.partners.first()}, expected=1, by=ada)
    assert line_of(bid, "X1").version == 1


def test_the_first_page_has_a_version_of_its_own(bid: Bid, ada: User) -> None:
    saved = save_row(bid, {"title": "New title", "rate_operation": "0.4"}, expected=1, by=ada)
    assert (saved.title, saved.version, saved.rate_operation) == ("New title", 2, Decimal("0.4"))
    assert (bid.version, bid.revision) == (2, saved.revision) == (2, 2)
    assert bid.events.latest("sequence").about == "bid"
    with pytest.raises(Stale):
        save_row(bid, {"title": "Mine"}, expected=1, by=ada)


@pytest.mark.parametrize("model", [model for model in EDITABLE if model is not Bid])
def test_every_kind_of_row_can_be_saved(bid: Bid, ada: User, model: type) -> None:
    row = model.objects.filter(bid=bid).first()
    name = next(name for name in ("title", "name", "carrier", "payer", "description") if name in writable(model))
    assert getattr(save_row(row, {name: "New words"}, expected=1, by=ada), name) == "New words"
    assert bid.events.latest("sequence").about == place(row)


def test_a_new_row_stands_last(bid: Bid, ada: User) -> None:
    with changing(bid, by=ada) as change:
        key = change.free_key(BudgetLine, "L")
        line = change.add(BudgetLine(key=key, stream="services", category="A1", amount=Euro(100)))
    assert key == "L004"
    assert [row.key for row in bid.budget_lines.all()][-1] == "L004"
    event = bid.events.latest("sequence")
    assert (event.name, event.about, event.after["amount"]) == ("budget_line_added", "budget/L004", "1.00")
    assert line.version == 1


def test_a_key_that_is_taken_is_refused_in_words(bid: Bid, ada: User) -> None:
    with pytest.raises(ValidationError), changing(bid, by=ada) as change:
        change.add(Partner(key="imec"))
    assert bid.partners.count() == 3


def test_a_key_of_a_removed_line_is_not_given_again(bid: Bid, ada: User) -> None:
    with changing(bid, by=ada) as change:
        change.remove(line_of(bid, "L003"), expected=1)
        assert change.free_key(BudgetLine, "L") == "L004"


def test_a_removed_line_can_be_put_back(bid: Bid, ada: User) -> None:
    before = snapshot.take(bid)
    with changing(bid, by=ada) as change:
        change.remove(line_of(bid), expected=1)
    assert "L001" not in [line.key for line in snapshot.take(bid).budget]
    less = Bid.objects.get(pk=bid.pk).total
    with changing(bid, by=ada) as change:
        change.restore(line_of(bid))
    assert snapshot.take(bid) == before
    assert bid.total > less
    assert [event.name for event in bid.events.all()][-2:] == ["budget_line_removed", "budget_line_restored"]


def test_what_is_removed_for_good_is_told_in_full(bid: Bid, ada: User) -> None:
    with changing(bid, by=ada) as change:
        change.remove(bid.risks.get(), expected=1)
        bid.budget_lines.update(work_package=None)
        change.remove(bid.work_packages.get(key="wp1"), expected=1)
    told = bid.events.latest("sequence").before
    assert told["effort"] == {"cenaero": "54", "imec": "5.50"}
    assert told["tasks"][0]["title"] == "Set up"
    assert not WorkPackage.objects.filter(key="wp1").exists()


def test_what_is_still_used_is_not_removed(bid: Bid, ada: User) -> None:
    with pytest.raises(InUse) as used, changing(bid, by=ada) as change:
        change.remove(bid.sites.get(key="charleroi"), expected=1)
    assert {str(row) for row in used.value.users} == {"L001", "tandem"}
    assert bid.sites.count() == 2


def test_a_removed_line_holds_nobody_back(bid: Bid, ada: User) -> None:
    bid.links.all().delete()
    with changing(bid, by=ada) as change:
        change.remove(line_of(bid), expected=1)
        change.remove(bid.sites.get(key="charleroi"), expected=1)
    with changing(bid, by=ada) as change:
        assert change.restore(line_of(bid)).site is None


def test_many_rows_are_one_change(bid: Bid, fien: User) -> None:
    with changing(bid, by=fien) as change:
        for line in bid.budget_lines.all():
            change.save(line, {"year": 2028}, expected=1)
        with changing(bid, by=fien) as inner:
            assert inner is change
    assert bid.revision == 2
    assert bid.events.filter(name="budget_line_changed").count() == 4


def test_half_a_change_is_none(bid: Bid, fien: User) -> None:
    events = bid.events.count()
    with pytest.raises(Stale), changing(bid, by=fien) as change:  # noqa: PT012  the first save must not stay
        change.save(line_of(bid, "L001"), {"year": 2028}, expected=1)
        change.save(line_of(bid, "L002"), {"year": 2028}, expected=9)
    assert line_of(bid, "L001").year == 2026
    assert bid.events.count() == events
    assert Bid.objects.get(pk=bid.pk).revision == 1


def test_a_confirmation_holds_until_card_or_costs_change(bid: Bid, ada: User, fien: User) -> None:
    for partner in bid.partners.all():
        make.a_confirmation(partner, ada)
    holds = lambda: set(bid.partners.filter(confirmations__cleared_at=None).values_list("key", flat=True))  # noqa: E731
    save_row(bid.chapters.first(), {"html": "<p>New.</p>"}, expected=1, by=ada)
    save_row(bid.commitments.get(), {"amount": Euro(1)}, expected=1, by=ada)
    save_row(line_of(bid, "M001"), {"amount": Euro(1)}, expected=1, by=fien)
    assert holds() == {"imec", "cenaero", "lab"}
    save_row(line_of(bid, "L001"), {"description": "Others"}, expected=1, by=fien)
    assert holds() == {"imec", "lab"}
    cleared = bid.events.latest("sequence")
    assert (cleared.name, cleared.about, cleared.actor) == ("confirmation_cleared", "partners/cenaero", fien)
    save_row(bid.partners.get(key="imec"), {"kind": PartnerKind.LARGE}, expected=1, by=ada)
    assert holds() == {"lab"}


def test_moving_a_line_clears_both_partners(bid: Bid, ada: User) -> None:
    for partner in bid.partners.all():
        make.a_confirmation(partner, ada)
    save_row(line_of(bid, "L001"), {"partner": bid.partners.get(key="imec")}, expected=1, by=ada)
    assert {event.about for event in bid.events.filter(name="confirmation_cleared")} == {
        "partners/imec", "partners/cenaero",
    }  # fmt: skip


def test_a_review_is_saved_beside_the_content(bid: Bid, ada: User, rik: User) -> None:
    review = make.a_review(make.a_snapshot(bid, ada), rik)
    saved = save_row(review, {"comment": "Convincing."}, expected=1, by=rik)
    assert (saved.comment, saved.version) == ("Convincing.", 2)
    with pytest.raises(Stale) as stale:
        save_row(review, {"comment": "Weak."}, expected=1, by=rik)
    assert stale.value.theirs.comment == "Convincing."
    assert Bid.objects.get(pk=bid.pk).revision == 1
    event = bid.events.latest("sequence")
    assert (event.name, event.side) == ("review_changed", Side.MINISTRY)


def test_nothing_in_the_snapshot_moves_with_the_working_copy(bid: Bid, ada: User) -> None:
    frozen = make.a_snapshot(bid, ada)
    save_row(line_of(bid), {"amount": Euro(1)}, expected=1, by=ada)
    assert Snapshot.objects.get().text == frozen.text != snapshot.canonical(snapshot.take(bid))


def test_every_editable_table_has_a_version() -> None:
    assert {model.__name__ for model in EDITABLE} == {
        "Bid", "Partner", "Site", "Link", "WorkPackage", "BudgetLine", "Commitment", "Chapter", "Risk", "Indicator",
        "Document",
    }  # fmt: skip
    assert all(any(column.name == "version" for column in model._meta.fields) for model in EDITABLE)
    assert {Chapter, Commitment, Risk, Site} < set(EDITABLE)


def test_a_saved_line_asks_only_after_those_who_bear_it(
    bid: Bid, ada: User, fien: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a large bid each digest takes its time; whatever else was touched, everybody's is compared."""
    for partner in bid.partners.all():
        make.a_confirmation(partner, ada)
    asked: list[str] = []
    digest = snapshot.partner_digest
    monkeypatch.setattr(snapshot, "partner_digest", lambda facts, key: asked.append(key) or digest(facts, key))
    save_row(line_of(bid, "L001"), {"description": "Others"}, expected=1, by=fien)
    assert asked == ["cenaero"]
    asked.clear()
    with changing(bid, by=fien) as change:
        change.save(line_of(bid, "L002"), {"year": 2029}, expected=1)
        change.touch(Site)
    assert sorted(asked) == ["imec", "lab"]
