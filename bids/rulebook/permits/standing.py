"""What a permit is decided on: who asks, what exactly is asked, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bids.rulebook.text import Sentence
from bids.rulebook.vocabulary import Role


class Manner(StrEnum):
    """How an act is done: outright, as the first or the second of two persons, or only read."""

    DO = "do"
    CONFIRM = "confirm"
    PROPOSE = "propose"
    READ = "read"

    def serves(self, asked: Manner) -> bool:
        """Who may do something outright may also propose and read it, but not confirm it."""
        return self is asked or (self is Manner.DO and asked is not Manner.CONFIRM)


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's standing on one bid, or in general where an act is about none.

    `roles` are those held on this bid or on its call; `assigned` is true for a reviewer, legal
    reviewer or Inspector assigned to it. `coi` is "none", "conflict" or None (not declared), where
    a computed conflict counts as declared. `open_sections` and `changes_due` come from the change
    request in force. `token_scopes` is None unless the person comes with a token.
    `is_superuser` is here to show that no rule ever reads it.
    """

    user_id: int | None = None
    roles: frozenset[Role] = frozenset()
    is_member: bool = False  # of any organisation
    own_partner_keys: frozenset[str] = frozenset()
    own_sections: frozenset[str] = frozenset()  # assigned to the person's organisation
    is_lead_finance: bool = False
    assigned: bool = False
    coi: str | None = None
    open_sections: frozenset[str] = frozenset()
    changes_due: datetime | None = None
    token_scopes: frozenset[str] | None = None
    is_superuser: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """The particulars of what is asked. What a condition needs and nobody told, it refuses.

    `manner` is how the person means to act. `somewhere` asks in general, before manner and
    particulars are known: may this person do this, in some manner, anywhere in the bid? Use it to
    open a page, never to carry an act out.
    """

    now: datetime | None = None
    somewhere: bool = False
    manner: Manner = Manner.DO
    partner: str | None = None  # key of the partner whose card, line or file it is
    section: str | None = None  # `chapters/1.1`, `sites/zellik`, `budget/L003`
    is_mandated: bool = False  # that partner's mandate is uploaded
    author_id: int | None = None  # who uploaded the file
    role_given: Role | None = None
    coordinator_is_lost: bool = False
    subject_id: int | None = None  # the person whose account or role it is
    proposed_by: int | None = None
    own_review_sent: bool = False
    opinion: str | None = None  # "finance" or "legal"
    took_part: frozenset[str] | None = None  # "reviewed", "recommended", "proposed", "decided"
    is_late: bool = False  # the Union's receipt is dated after the cut-off
    desk_closes: datetime | None = None
    incident: str = ""
    dossier: str = ""  # "review" or "decision"
    is_published: bool = False  # the decision, to the consortium
    appeal_closes: datetime | None = None
    entries: str = ""  # of the trail: "own_side", "technical" or all
    cosigned_at: datetime | None = None
    cosigned_by: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an act is allowed, in which manner, and the reason if not.

    `code` is "allowed", "role", "state", "manner", "token" or the name of the condition that
    refused. `step_up` tells that the person must have proved who they are within five minutes;
    `scope` what part is meant where it is not everything (`own_side` of the trail).
    """

    allowed: bool
    code: str
    reason: Sentence | None = None
    manner: Manner | None = None
    step_up: bool = False
    scope: str = ""

    def __bool__(self) -> bool:
        return self.allowed
