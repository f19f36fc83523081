"""What people of the ministry do at their desks."""

from __future__ import annotations

from tests.journeys.browsing import Person


def take_up(person: Person, task: str, reference: str) -> None:
    """From what waits on one's own desk."""
    person.go("/desk/")
    person.follow(f"{task}: {reference}")


def open_file(person: Person, reference: str) -> None:
    """From the list of bids to the file of this one."""
    person.go("/desk/")
    person.follow("Bids")
    person.follow(reference)


def assign(person: Person, who: str, role: str) -> None:
    person.choose(role, who)
    person.press(f"Assign: {role}")


def declare_no_conflict(person: Person, reference: str) -> None:
    take_up(person, "Declare whether you have a conflict of interest", reference)
    person.tick("No conflict of interest")
    person.press("Declare")


def send_review(person: Person, reference: str, score: str, words: str) -> None:
    """The same score for every criterion that has scores, and a sentence each."""
    take_up(person, "Write your review", reference)
    for box in person.page.locator("form fieldset").all():
        options = box.get_by_label("Score").locator("option").all_inner_texts()
        wanted = "fulfilled" if "fulfilled" in options else next(one for one in options if one.startswith(score))
        box.get_by_label("Score").select_option(label=wanted)
        box.get_by_label("Comment").fill(words)
    person.press("Send the review")


def give_opinion(person: Person, reference: str, verdict: str, words: str) -> None:
    take_up(person, "Give your opinion", reference)
    person.tick(verdict)
    person.write("Opinion", words)
    person.press("Record")


def take_step(person: Person, reference: str, name: str, password: str = "") -> None:
    """One step of the ministry, from the bid's file."""
    open_file(person, reference)
    person.follow(name)
    if password:
        person.write("Your password", password)
    person.press(name)


def download(person: Person, reference: str, name: str) -> bytes:
    """The PDF of a dossier of the round, as soon as it is made."""
    open_file(person, reference)
    person.follow("Dossiers")
    return person.fetch(name)
