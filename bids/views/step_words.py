"""What each step of the consortium means, said before it is taken, and what is said once it is."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

CONSEQUENCES: dict[str, Callable[[], list[str]]] = {
    "lock": lambda: [
        _("Nobody can change the bid until you unlock it."),
        _("Everybody can look at it once more before it is submitted."),
    ],
    "unlock": lambda: [
        _("The bid can be changed again."),
        _("Confirmations stay, except those of partners whose card or figures change."),
    ],
    "submit": lambda: [
        _("The bid is frozen as it stands now, and the ministry receives it."),
        _("You get a receipt with time, number and digest at once."),
        _("You can reopen it until the desk closes, unless the ministry has taken it in."),
    ],
    "reopen": lambda: [
        _("You can change the bid again. What was submitted stays valid until you submit anew."),
        _("If nothing newer has been submitted when the desk closes, the submitted version counts."),
    ],
    "resubmit": lambda: [
        _("The bid is frozen as a new round, and its review goes on."),
        _("Only the sections that the ministry opened may differ from the round before."),
        _("You get a receipt with time, number and digest at once."),
    ],
    "withdraw": lambda: [
        _("The bid takes no further part. This is final."),
        _("Both sides are told, with your reason."),
    ],
    "lodge_appeal": lambda: [
        _("Two approvers who took no part in the decision judge it again."),
        _("A decision can be appealed against once."),
    ],
}

DONE: dict[str, Callable[[], str]] = {
    "lock": lambda: _("The bid is locked for the final check."),
    "unlock": lambda: _("The bid is unlocked."),
    "submit": lambda: _("The bid is submitted. This is your receipt."),
    "reopen": lambda: _("The bid is open again. The submitted round stays valid."),
    "resubmit": lambda: _("The bid is resubmitted. This is your receipt."),
    "withdraw": lambda: _("The bid is withdrawn."),
    "lodge_appeal": lambda: _("Your appeal is lodged."),
}
