"""Letters: each that is asked for can be written in every language, and leaves once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from accounts import clock
from accounts.models import User
from bids import mail
from bids.models import Bid, Letter
from bids.rulebook.vocabulary import JobState, Language, Role
from config.env import BASE_DIR
from tests import factories

pytestmark = pytest.mark.django_db

LETTERS = sorted(path.stem for path in (BASE_DIR / "templates/email").glob("*.txt"))
ABOUT = {"receipt": "BE-TOLD/1/ABCDEF", "role": "reviewer", "who": "Rik", "due": "2026-12-01T17:00:00+01:00"}


@pytest.fixture
def told(ada: User, clara: User) -> Bid:
    """A bid with everything that a letter may speak of."""
    bid = factories.a_bid("BE-TOLD", desk_closes=clock.now())
    frozen = factories.a_snapshot(bid, ada)
    factories.a_change_request(frozen, clara, "budget", due_at=clock.now())
    return bid


def written_by_the_code() -> set[str]:
    """The names that actions give to letters, where they stand as words."""
    sources = "".join(path.read_text() for path in (BASE_DIR / "bids").rglob("*.py"))
    return set(re.findall(r'mail\.(?:write|to_the_\w+)\(\s*"(\w+)"', sources))


def test_every_letter_that_is_asked_for_has_its_words() -> None:
    chosen_by_what_happened = {
        "approved", "rejected", "returned_to_submission", "changes_overdue", "appeal_upheld", "appeal_dismissed",
    }  # fmt: skip
    assert written_by_the_code() | chosen_by_what_happened == set(LETTERS)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_can_be_written_in_every_language(told: Bid, ada: User, name: str, language: Language) -> None:
    letter = factories.a_letter(ada, letter=name, bid=told, language=language, about=ABOUT)
    message = mail.compose(letter)
    assert message.subject.endswith(" – BE-TOLD")
    assert "Ada" in message.body
    assert "BE-TOLD" in message.body
    assert not re.search(r"[{}%]|&\w+;|None|—", message.body)


def test_a_letter_about_work_names_the_task(told: Bid, ada: User) -> None:
    letter = factories.a_letter(ada, letter="assigned", bid=told, about={"role": str(Role.LEGAL_REVIEWER)})
    assert "Legal reviewer" in mail.compose(letter).body


def test_a_letter_that_can_t_be_written_lets_the_others_leave(told: Bid, ada: User, mailoutbox: list) -> None:
    broken = factories.a_letter(ada, letter="no_such_letter", bid=told)
    factories.a_letter(ada, letter="filed", bid=told)
    assert mail.send_waiting() == 1
    broken.refresh_from_db()
    assert (broken.state, len(mailoutbox)) == (JobState.QUEUED, 1)
    assert "no_such_letter" in broken.reason


def test_a_letter_is_given_up_after_five_tries(told: Bid, ada: User) -> None:
    broken = factories.a_letter(ada, letter="no_such_letter", bid=told)
    for _ in range(6):
        mail.send_waiting()
    broken.refresh_from_db()
    assert (broken.state, broken.attempt) == (JobState.FAILED, 5)


def test_a_letter_asked_for_twice_is_one(told: Bid, ada: User) -> None:
    for _ in range(2):
        mail.write("filed", ada, told, key="filed/1")
    assert Letter.objects.count() == 1


def test_a_letter_held_by_a_living_sender_is_left_to_it(told: Bid, ada: User, mailoutbox: list) -> None:
    letter = factories.a_letter(ada, letter="filed", bid=told)
    Letter.objects.filter(pk=letter.pk).update(state=JobState.RUNNING, lease_until=clock.now() + timedelta(seconds=9))
    assert (mail.send_waiting(), mailoutbox) == (0, [])
    Letter.objects.filter(pk=letter.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    assert (mail.send_waiting(), len(mailoutbox)) == (1, 1)
