"""The letters that stand for states in the permit table."""

from __future__ import annotations

from bids.rulebook.vocabulary import BidState

States = frozenset[BidState]

LETTERS: dict[str, States] = {
    "D": frozenset({BidState.DRAFT}),
    "K": frozenset({BidState.LOCKED}),
    "S": frozenset({BidState.SUBMITTED}),
    "R": frozenset({BidState.IN_REVIEW}),
    "C": frozenset({BidState.CHANGES_REQUESTED}),
    "M": frozenset({BidState.RECOMMENDED}),
    "A": frozenset({BidState.APPROVED}),
    "F": frozenset({BidState.FILED}),
    "T": frozenset(
        {
            BidState.SELECTED,
            BidState.RESERVE,
            BidState.NOT_SELECTED,
            BidState.INELIGIBLE,
            BidState.REJECTED,
            BidState.INADMISSIBLE,
            BidState.WITHDRAWN,
        }
    ),
}
ORDER = "".join(LETTERS)


def states(letters: str) -> States:
    """`"DKC"` as it says, `"S+"` from S to the end, `"*"` all, `"*-T"` all that are not closed."""
    if letters == "*":
        return frozenset(BidState)
    if letters == "*-T":
        return frozenset(BidState) - LETTERS["T"]
    if letters.endswith("+"):
        letters = ORDER[ORDER.index(letters[0]) :]
    return frozenset[BidState]().union(*(LETTERS[letter] for letter in letters))
