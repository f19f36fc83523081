"""What the validator found in a finished dossier, in words: said on its page and in the log, never a reason to stop."""

from __future__ import annotations

import logging
from typing import Any

from bids.dossier.press import Press, PressFailed
from bids.rulebook.text import Sentence, gettext_noop, sentence

BROKEN = gettext_noop(
    "The file breaks a rule of %(standard)s (%(rule)s, %(times)s times): %(example)s. It can be read all the same; "
    "tell the people who run Tandem."
)
NOT_CHECKED = gettext_noop(
    "Nobody could check whether the file keeps PDF/A-3a and PDF/UA-1 (%(reason)s). It can be read all the same; "
    "tell the people who run Tandem."
)

logger = logging.getLogger(__name__)


def remarks(press: Press) -> list[Sentence]:
    """A sentence for each rule that the bound file breaks."""
    try:
        found = press.validate()
    except PressFailed as failure:
        logger.warning("a dossier was not validated: %s", failure)
        return [sentence(NOT_CHECKED, reason=failure.reason)]
    return [_remark(breach) for breach in found]


def _remark(breach: dict[str, Any]) -> Sentence:
    logger.warning("a dossier breaks %(standard)s, %(rule)s, %(times)s times: %(example)s", breach)
    return sentence(BROKEN, **breach)
