"""Who sees which bid, who may do what, and what a refusal leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from bids import access
from bids.models import Bid, BidEvent, Chapter
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import BidState, Interest, Role, Side
from tests import factories as make

Move = Callable[[Bid, BidState], Bid]


@pytest.fixture
def everybody(bid, ada, bruno, fien, vic, desk, dora, dirk, otto, sam, frank) -> dict[str, User]:
    """All characters, and some strangers: nobody's member, a reviewer without a bid, a superuser, a leaver."""
    rita = make.a_user("Rita", is_staff=True)
    make.a_call_role(rita, Role.REVIEWER, bid.call)
    root = make.a_user("Root", is_superuser=True, is_staff=True)
    gone = make.a_user("Gone", is_active=False)
    make.a_bid_role(bid, gone, Role.VIEWER)
    stranger = make.a_user("Stranger")
    return {
        user.name: user
        for user in (
            *(ada, bruno, fien, vic, desk.clara, desk.rik, desk.rosa, desk.leo, desk.ines, dora, dirk, otto, sam),
            *(frank, rita, root, gone, stranger),
        )
    }


SEE_A_DRAFT = {"Ada", "Bruno", "Fien", "Vic", "Clara"}
SEE_FROM_SUBMISSION = SEE_A_DRAFT | {"Rik", "Rosa", "Leo", "Ines", "Dora", "Dirk", "Otto"}


@pytest.mark.parametrize("state", BidState)
def test_who_sees_a_bid(bid: Bid, everybody: dict[str, User], moved_to: Move, state: BidState) -> None:
    bid = moved_to(bid, state)
    expected = SEE_A_DRAFT if state in (BidState.DRAFT, BidState.LOCKED) else SEE_FROM_SUBMISSION
    if state is BidState.CHANGES_REQUESTED:
        expected = SEE_FROM_SUBMISSION
    listed = {name for name, user in everybody.items() if bid in Bid.objects.visible_to(user)}
    allowed = {name for name, user in everybody.items() if access.can(user, Act.SEE_BID, bid)}
    assert listed == allowed == expected


def test_anonymous_people_see_nothing(bid: Bid) -> None:
    assert not Bid.objects.visible_to(AnonymousUser()).exists()
    assert not access.can(AnonymousUser(), Act.SEE_BID, bid)
    with pytest.raises(access.NotVisible):
        access.bid_for(AnonymousUser(), bid.reference, to=Act.SEE_BID)


def test_frank_sees_his_bid_and_no_other(bid: Bid, foreign_bid: Bid, frank: User) -> None:
    assert list(Bid.objects.visible_to(frank)) == [foreign_bid]
    with pytest.raises(access.NotVisible):
        access.bid_for(frank, bid.reference, to=Act.SEE_BID)


def test_a_discarded_draft_is_gone_for_everybody(bid: Bid, ada: User, clara: User) -> None:
    Bid.objects.update(discarded_at=make.in_days(0))
    for user in (ada, clara):
        assert not Bid.objects.visible_to(user).exists()
        with pytest.raises(access.NotVisible):
            access.bid_for(user, bid.reference, to=Act.SEE_BID)


@pytest.mark.parametrize("why", ["declared", "member of a partner", "once at work in the bid"])
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER])
def test_a_conflict_hides_the_bid(bid, cenaero, clara, moved_to: Move, why: str, role: Role) -> None:
    eva = make.a_user("Eva")
    if why == "once at work in the bid":
        worked = make.a_bid_role(bid, eva, Role.VIEWER)
        BidEvent.objects.append(bid, "chapter_changed", by=eva, roles={Role.VIEWER})
        worked.delete()
    make.a_call_role(eva, role)
    if role is Role.REVIEWER:
        make.an_assignment(bid, eva, role)
    bid = moved_to(bid, BidState.SUBMITTED)
    assert access.standing(eva, bid).coi == ("conflict" if why.startswith("once") else None)
    if why == "declared":
        make.a_declaration(bid, eva, Interest.CONFLICT)
    if why == "member of a partner":
        bid.partners.filter(key="cenaero").update(organisation=cenaero)
        cenaero.memberships.create(user=eva)
    assert access.standing(eva, bid).coi == "conflict"
    assert not access.can(eva, Act.SEE_BID, bid)
    assert bid not in Bid.objects.visible_to(eva)
    with pytest.raises(access.NotVisible):
        access.bid_for(eva, bid.reference, to=Act.SEE_BID)


def test_a_newer_declaration_counts(bid: Bid, desk: SimpleNamespace, moved_to: Move) -> None:
    bid = moved_to(bid, BidState.SUBMITTED)
    desk.rik.interests.update(replaced_at=make.in_days(0))
    make.a_declaration(bid, desk.rik, Interest.CONFLICT)
    assert access.standing(desk.rik, bid).coi == "conflict"
    assert bid not in Bid.objects.visible_to(desk.rik)


def test_the_standing_of_the_consortium(bid: Bid, ada: User, bruno: User, fien: User, vic: User) -> None:
    Chapter.objects.filter(key="1.1").update(assigned_to=bid.partners.get(key="cenaero"))
    ada_is, bruno_is = access.standing(ada, bid), access.standing(bruno, bid)
    assert ada_is.roles == {Role.COORDINATOR}
    assert (ada_is.own_partner_keys, ada_is.own_sections) == ({"imec"}, frozenset())
    assert bruno_is.roles == {Role.PARTNER_EDITOR}
    assert (bruno_is.own_partner_keys, bruno_is.own_sections) == ({"cenaero"}, {"chapters/1.1"})
    assert access.standing(fien, bid).is_lead_finance
    assert not access.standing(vic, bid).is_lead_finance
    assert {ada_is.coi, bruno_is.coi} == {None}


def test_open_sections_come_from_the_open_change_request(bid, ada, clara, moved_to: Move) -> None:
    frozen = make.a_snapshot(bid, ada)
    make.a_change_request(frozen, clara, "budget", "chapters/1.1", closed_at=make.in_days(-1))
    request = make.a_change_request(frozen, clara, "sites/zellik")
    assert access.standing(ada, bid).open_sections == frozenset()
    standing = access.standing(ada, moved_to(bid, BidState.CHANGES_REQUESTED))
    assert standing.open_sections == {"sites/zellik"}
    assert standing.changes_due == request.due_at


def test_the_standing_of_the_desk(bid: Bid, desk: SimpleNamespace, dora: User, otto: User) -> None:
    rik, dora_is = access.standing(desk.rik, bid), access.standing(dora, bid)
    assert (rik.roles, rik.assigned, rik.coi) == ({Role.REVIEWER}, True, "none")
    assert (dora_is.roles, dora_is.assigned, dora_is.coi) == ({Role.APPROVER}, False, None)
    assert access.standing(otto, bid).roles == {Role.AUDITOR}


def test_of_several_roles_only_the_assigned_ones_count(bid: Bid, desk: SimpleNamespace) -> None:
    make.a_call_role(desk.rik, Role.FINANCE_INSPECTOR, bid.call)
    assert access.standing(desk.rik, bid).roles == {Role.REVIEWER}


def test_a_role_taken_away_is_gone_with_the_next_question(bid: Bid, desk: SimpleNamespace, moved_to: Move) -> None:
    bid = moved_to(bid, BidState.SUBMITTED)
    assert access.can(desk.rik, Act.SEE_BID, bid)
    desk.rik.call_roles.all().delete()
    assert not access.can(desk.rik, Act.SEE_BID, bid)
    assert bid not in Bid.objects.visible_to(desk.rik)


def test_a_role_in_another_call_is_none_in_this_one(bid: Bid, moved_to: Move) -> None:
    eva = make.a_user("Eva")
    make.a_call_role(eva, Role.CASE_MANAGER, make.a_call("GENERIC-HE-RIA"))
    assert access.standing(eva, bid).roles == frozenset()
    assert bid not in Bid.objects.visible_to(eva)


def test_without_a_bid_the_standing_tells_membership(ada: User, sam: User) -> None:
    assert access.standing(ada).is_member
    assert not access.standing(sam).is_member
    assert access.standing(sam).roles == {Role.SYSTEM_ADMIN}
    assert access.can(ada, Act.START_BID, None)
    assert access.can(sam, Act.START_BID, None).code == "is_member_of_an_organisation"


def test_bid_for_gives_the_bid_with_its_call(bid: Bid, ada: User, django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        found = access.bid_for(ada, bid.reference, to=Act.READ_WORKING_COPY)
    with django_assert_num_queries(0):
        assert found.call.reference == make.FACTORY_CALL


@pytest.mark.parametrize("others", [0, 3])
def test_a_standing_costs_the_same_however_many_are_on_board(
    bid: Bid, bruno: User, desk: SimpleNamespace, django_assert_num_queries, others: int
) -> None:
    for number in range(others):
        partner = make.a_partner(bid)
        make.a_chapter(bid, f"9.{number}", assigned_to=partner)
        make.a_bid_role(bid, make.a_user(), Role.PARTNER_EDITOR, partner)
    with django_assert_num_queries(2):
        access.standing(bruno, bid)
    with django_assert_num_queries(3):
        access.standing(desk.rik, bid)
    with django_assert_num_queries(2):
        access.standing(desk.clara, bid)


@pytest.mark.parametrize("others", [0, 2])
def test_a_list_costs_one_query(call, ada: User, django_assert_num_queries, others: int) -> None:
    for _ in range(1 + others):
        make.a_bid_role(make.a_bid(), ada, Role.COORDINATOR)
    with django_assert_num_queries(1):
        rows = list(Bid.objects.visible_to(ada).with_call().with_totals())
        assert [row.call.reference for row in rows] == [make.FACTORY_CALL] * (1 + others)


def test_a_refusal_says_why_and_is_written_down(bid: Bid, vic: User) -> None:
    before = bid.events.count()
    with pytest.raises(access.Refused) as refused:
        access.bid_for(vic, bid.reference, to=Act.EDIT_CHAPTER, section="chapters/1.1")
    assert refused.value.decision.code == "role"
    assert str(refused.value) == "Your role does not allow this. It is for: Coordinator or Partner editor."
    event = bid.events.latest("sequence")
    assert (bid.events.count(), event.name, event.about, event.note) == (before + 1, "refused", "edit_chapter", "role")
    assert (event.actor, event.role, event.side) == (vic, "viewer", Side.CONSORTIUM)


def test_a_bid_that_is_not_there_leaves_no_trace(bid: Bid, ada: User) -> None:
    before = BidEvent.objects.count()
    with pytest.raises(access.NotVisible):
        access.bid_for(ada, "NO-SUCH-BID", to=Act.SEE_BID)
    assert BidEvent.objects.count() == before


def test_particulars_are_handed_to_the_table(bid: Bid, bruno: User) -> None:
    assert access.can(bruno, Act.EDIT_PARTNER, bid, partner="cenaero")
    assert access.can(bruno, Act.EDIT_PARTNER, bid, partner="imec").code == "is_own_organisation"
    with pytest.raises(TypeError):
        access.can(bruno, Act.EDIT_PARTNER, bid, colour="green")
