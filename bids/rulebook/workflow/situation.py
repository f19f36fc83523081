"""Everything the guards of the workflow read, gathered before they are asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bids.rulebook.permits import Standing
from bids.rulebook.readiness import situation as readiness
from bids.rulebook.readiness.finding import Finding
from bids.rulebook.text import gettext_noop
from bids.rulebook.vocabulary import ApprovalVerdict, BidState, Role, Word


class Ground(Word):
    """The grounds on which a bid may be declared inadmissible. A clerical error is none."""

    TOO_LATE = "too_late", gettext_noop("Received after the desk had closed")
    NOT_ELIGIBLE = "not_eligible", gettext_noop("The applicant is not eligible under the call")
    WRONG_CALL = "wrong_call", gettext_noop("The bid does not answer this call")
    NOT_AUTHORISED = "not_authorised", gettext_noop("Submitted without the authority of the partners")
    DUPLICATE = "duplicate", gettext_noop("The same bid was submitted twice")


@dataclass(frozen=True, slots=True)
class Assignee:
    """Somebody working on the bid for the ministry; `coi` as in `Standing`."""

    user_id: int
    role: Role
    coi: str | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """One approver's verdict, bound to the digest of a round and to one recommendation of it."""

    user_id: int
    verdict: ApprovalVerdict
    attempt: int
    digest: str


@dataclass(frozen=True, slots=True)
class AppealVote:
    user_id: int
    upholds: bool
    attempt: int


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal that was lodged; a split vote is followed by another attempt."""

    votes: tuple[AppealVote, ...] = ()
    attempt: int = 1
    is_decided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the person says with the move: the fields of its form."""

    note: str = ""  # the reason, or what to change
    revision_seen: int | None = None  # of the working copy
    digest_seen: str = ""  # of the newest round
    sections: tuple[str, ...] = ()
    due: datetime | None = None
    ground: Ground | None = None
    outcome: BidState | None = None
    upholds: bool | None = None
    has_document: bool = False  # the receipt, the Union's letter, or the signed letter
    receipt_at: datetime | None = None
    filed_digest: str = ""
    difference: str = ""  # why what was filed differs from the sealed dossier
    incident: str = ""
    commitment: str = ""
    new_closing: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation(readiness.Situation):
    """The surroundings of a bid, who wants to move it, and what that person says.

    What is None is not known, and what is not known lets nothing pass. `received_at` is the moment
    the whole request had been read; deadlines are compared with it, else with `now`.
    """

    actor: Standing = Standing()
    is_clock: bool = False
    took_part: frozenset[str] | None = None  # as in permits.About
    said: Said = Said()
    received_at: datetime | None = None

    findings: tuple[Finding, ...] | None = None
    unconfirmed: tuple[str, ...] | None = None  # names of partners whose card and figures are not confirmed
    revision: int | None = None
    digest: str = ""  # of the newest round
    changes_due: datetime | None = None
    opened_sections: frozenset[str] = frozenset()
    changed_sections: frozenset[str] | None = None

    competitive: bool = False
    required_opinions: tuple[str, ...] = ("legal", "finance")
    assignees: tuple[Assignee, ...] = ()
    approvals: tuple[Vote, ...] = ()
    attempt: int = 1
    alternatives_taken: tuple[str, ...] | None = None  # lines whose alternative takes the money elsewhere
    commitments: frozenset[str] = frozenset()  # keys in the newest round
    sealed_digests: frozenset[str] = frozenset()
    proposed_by: int | None = None  # of an inadmissibility, a late filing or a new closing date
    appeal: Appeal | None = None
    appeal_closes: datetime | None = None

    @property
    def moment(self) -> datetime | None:
        """The time that counts."""
        return self.received_at or self.now

    def votes_now(self) -> tuple[Vote, ...]:
        """The votes that count: on the newest round and its present recommendation."""
        return tuple(vote for vote in self.approvals if (vote.attempt, vote.digest) == (self.attempt, self.digest))

    def appeal_votes_now(self) -> tuple[AppealVote, ...]:
        """The votes on the appeal since the last split."""
        appeal = self.appeal
        return tuple(vote for vote in appeal.votes if vote.attempt == appeal.attempt) if appeal else ()

    @property
    def is_late_filing(self) -> bool:
        """Dated after the cut-off: one person records it with the incident, another confirms."""
        receipt = self.said.receipt_at
        return receipt is not None and self.cutoff is not None and receipt >= self.cutoff
