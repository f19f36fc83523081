"""The steps of the ministry while the bid is judged: changes, inadmissibility, withdrawal, and dates that move."""

from __future__ import annotations

from types import SimpleNamespace

from accounts.models import User
from bids.actions import transition
from bids.models import Bid
from bids.rulebook.vocabulary import BidState
from bids.rulebook.workflow import Said
from tests import factories
from tests.admin.stories import HOSTILE, At, day, newest, page_of, requested, state_of, step, take
from tests.factories import PASSWORD

NOT_OPEN = "This step is not open"


def test_changes_are_requested_answered_by_a_new_round_and_reviewed_again(
    at: At, judged: Bid, ada: User, ministry: SimpleNamespace
) -> None:
    answer = at(ministry.clara).post(step(judged, "request_changes"), requested(digest=newest(judged)), follow=True)
    assert "The changes are requested; the coordinator is told." in answer.text
    assert "Explain the storage." in answer.text
    assert state_of(judged) is BidState.CHANGES_REQUESTED
    transition.perform(
        judged, "resubmit", by=ada, said=Said(revision_seen=judged.revision, note="Explained."), stepped_up=True
    )
    assert (state_of(judged), judged.round) == (BidState.IN_REVIEW, 2)
    draft = at(ministry.rik).get(page_of(judged, "bid-review")).text
    assert "Sound.</textarea>" in draft
    page = at(ministry.clara).get(step(judged, "recommend")).text
    assert "2 of 2 reviews of the newest round have not been sent." in page


def test_a_request_is_complete_or_says_what_is_missing(at: At, in_review: Bid, clara: User) -> None:
    for typed, box in [
        ({"sections": []}, "sections_0"),
        ({"sections": ["everything"]}, "sections_0"),
        ({"due_on": ""}, "due_on"),
        ({"due_on": "31 February"}, "due_on"),
        ({"due_at": "25:00"}, "due_at"),
        ({"note": ""}, "note"),
        ({"note": "a\x00b"}, "note"),
        ({"note": "x" * 20_001}, "note"),
    ]:
        answer = take(at(clara), in_review, "request_changes", **requested(**typed))
        assert (answer.status_code, f'href="#id_{box}"' in answer.text) == (200, True)
        if "note" not in typed:
            assert "Explain the storage.</textarea>" in answer.text
        assert state_of(in_review) is BidState.IN_REVIEW


def test_a_due_date_that_leaves_no_time_is_refused(at: At, in_review: Bid, clara: User) -> None:
    for due, told in (
        (day(-1), "The due date has to lie ahead."), (day(29), "two working days before the cut-off"),
        ("0001-01-01", "1900"), ("9999-12-31", "2199"),
    ):  # fmt: skip
        Bid.objects.filter(pk=in_review.pk).update(cutoff=factories.in_days(30))
        answer = take(at(clara), in_review, "request_changes", **requested(due_on=due))
        assert answer.status_code == 200
        assert told in answer.text
        assert state_of(in_review) is BidState.IN_REVIEW


def test_an_approver_asks_for_changes_from_recommended_and_not_before(
    at: At, in_review: Bid, judged: Bid, ministry: SimpleNamespace
) -> None:
    assert at(ministry.dora).get(step(judged, "request_changes")).status_code == 403
    transition.perform(judged, "recommend", by=ministry.clara)
    assert take(at(ministry.dora), judged, "request_changes", **requested()).status_code == 302
    assert state_of(judged) is BidState.CHANGES_REQUESTED


def test_inadmissible_is_proposed_by_one_and_confirmed_by_another(
    at: At, staffed: Bid, ministry: SimpleNamespace
) -> None:
    early = at(ministry.dora).get(step(staffed, "declare_inadmissible")).text
    assert "This has to be proposed by a colleague first" in early
    said = {"ground": "duplicate", "note": "The same was sent twice."}
    take(at(ministry.clara), staffed, "declare_inadmissible", **said)
    assert "proposed to declare the bid inadmissible" in at(ministry.dora).get(page_of(staffed)).text
    assert NOT_OPEN in at(ministry.clara).get(step(staffed, "declare_inadmissible")).text
    form = at(ministry.dora).get(step(staffed, "declare_inadmissible")).text
    assert 'value="duplicate"' in form
    take(at(ministry.dora), staffed, "declare_inadmissible", ground="another", note="Confirmed.")
    assert state_of(staffed) is BidState.INADMISSIBLE
    assert staffed.proposals.get().confirmed_by == ministry.dora


def test_inadmissible_is_only_what_is_on_the_list(at: At, staffed: Bid, clara: User) -> None:
    for typed in ["", "clerical_error", "\x00"]:
        answer = take(at(clara), staffed, "declare_inadmissible", ground=typed, note="Because.")
        assert (answer.status_code, 'href="#id_ground_0"' in answer.text) == (200, True)
        assert not staffed.proposals.exists()


def test_an_approver_withdraws_with_reason_and_password(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    assert take(at(ministry.dora), in_review, "withdraw", note="").status_code == 200
    assert take(at(ministry.dora), in_review, "withdraw", note="The call was cancelled.").status_code == 302
    assert state_of(in_review) is BidState.WITHDRAWN
    assert at(ministry.clara).get(step(in_review, "withdraw")).status_code == 403


def test_the_date_of_a_draft_moves_by_one_who_proposes(at: At, bid: Bid, ministry: SimpleNamespace) -> None:
    """Nothing is submitted yet: the case manager sees title, parties, and this one step."""
    Bid.objects.filter(pk=bid.pk).update(desk_closes=factories.in_days(5), cutoff=factories.in_days(90))
    assert page_of(bid, "bid-step-move_deadline") in at(ministry.clara).get(page_of(bid)).text
    moved = {"closes_on": day(20), "closes_at": "17:00", "incident": "", "note": "Ill in the team.", "digest": ""}
    answer = at(ministry.clara).post(step(bid, "move_deadline"), moved, follow=True)
    assert "Your proposal is recorded. An approver has to confirm it." in answer.text
    assert "Clara proposed that the desk stays open until" in answer.text
    assert "Two sites." not in answer.text
    again = at(ministry.clara).post(step(bid, "move_deadline"), moved)
    assert again.status_code == 403


def test_a_moved_date_is_confirmed_by_an_approver(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    Bid.objects.filter(pk=in_review.pk).update(desk_closes=factories.in_days(5), cutoff=factories.in_days(90))
    take(at(ministry.clara), in_review, "request_changes", **requested())
    moved = {"closes_on": day(20), "closes_at": "17:00", "incident": "", "note": "Ill in the team."}
    take(at(ministry.clara), in_review, "move_deadline", **moved)
    form = at(ministry.dora).get(step(in_review, "move_deadline")).text
    assert day(20) in form
    take(at(ministry.dora), in_review, "move_deadline", closes_on=day(60), closes_at="01:00", note="Agreed.")
    in_review.refresh_from_db()
    assert in_review.desk_closes is not None
    assert in_review.desk_closes.date().isoformat() == day(20)


def test_a_date_that_can_t_be_is_refused(at: At, bid: Bid, clara: User) -> None:
    for closes, told in [
        ("", 'href="#id_closes_on"'),
        ("x", 'href="#id_closes_on"'),
        (day(-3), "has to lie ahead"),
        (day(99), "before the cut-off"),
        ("9999-12-31", "2199"),
    ]:
        Bid.objects.filter(pk=bid.pk).update(desk_closes=factories.in_days(5), cutoff=factories.in_days(90))
        moved = {"closes_on": closes, "closes_at": "17:00", "incident": "", "note": "Ill in the team."}
        answer = at(clara).post(step(bid, "move_deadline"), moved)
        assert (answer.status_code, told in answer.text) == (200, True)
        assert "Ill in the team.</textarea>" in answer.text


def test_after_the_date_an_incident_is_needed(at: At, bid: Bid, clara: User) -> None:
    Bid.objects.filter(pk=bid.pk).update(desk_closes=factories.in_days(-1), cutoff=factories.in_days(90))
    moved = {"closes_on": day(20), "closes_at": "17:00", "incident": "", "note": "The portal was down."}
    answer = at(clara).post(step(bid, "move_deadline"), moved)
    assert "Record the incident" in answer.text
    assert at(clara).post(step(bid, "move_deadline"), moved | {"incident": "INC-7"}).status_code == 302


BY_THE_MANAGER = ("take_in", "request_changes", "recommend", "declare_inadmissible", "record_signature", "file")
BY_AN_APPROVER = ("approve", "reject", "withdraw", "move_deadline", "decide_appeal")
BOXES = ("note", "digest", "sections", "due_on", "due_at", "ground", "closes_on", "closes_at", "incident", "commitment",
         "file", "signed_on", "valid_until", "portal_reference", "received_on", "received_at", "filed", "difference",
         "outcome", "decided_on", "score-0", "upholds")  # fmt: skip


def test_whatever_is_typed_moves_nothing_and_is_no_accident(at: At, judged: Bid, ministry: SimpleNamespace) -> None:
    for typed in HOSTILE:
        for user, names in ((ministry.clara, BY_THE_MANAGER), (ministry.dora, BY_AN_APPROVER)):
            for name in names:
                sent = dict.fromkeys(BOXES, typed) | {"password": PASSWORD}
                answer = at(user).post(step(judged, name), sent)
                assert answer.status_code in (200, 403, 409), (name, typed)
    assert state_of(judged) is BidState.IN_REVIEW


def test_only_whom_the_table_names_opens_a_step(at: At, judged: Bid, ministry: SimpleNamespace) -> None:
    for user in (ministry.rik, ministry.leo, ministry.ines, ministry.otto):
        for name in ("take_in", "recommend", "approve", "file", "withdraw"):
            answer = take(at(user), judged, name, note="Me!")
            assert (answer.status_code, "Your role does not allow this." in answer.text) == (403, True)
    assert state_of(judged) is BidState.IN_REVIEW


def test_a_step_of_the_consortium_has_no_page_here(at: At, judged: Bid, clara: User) -> None:
    for name in ("lock", "submit", "resubmit", "reopen_expired", "nothing"):
        assert at(clara).get(page_of(judged) + f"steps/{name}/").status_code == 404
