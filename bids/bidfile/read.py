"""Reading and writing bid files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from bids.bidfile import document, shape
from bids.bidfile.connections import check_affiliations, check_keys, check_pointers
from bids.bidfile.problems import Problems, Unreadable
from bids.bidfile.under_call import check_under_call
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.text import Problem, gettext_noop, quoted, sentence


def read(source: str | bytes | Mapping[str, Any], *, calls: Mapping[str, CallFacts] | None = None) -> BidFacts:
    """The facts of a bid file; raise `Unreadable` with everything that is wrong.

    With `calls`, what only the call can tell is checked too: that it exists, its tracks, categories,
    chapters and document kinds, and that stated amounts agree with their formulas to the cent.
    """
    tree = document.checked(dict(source)) if isinstance(source, Mapping) else document.parse(source)
    problems = Problems()
    facts = cast(BidFacts, shape.bid().read(tree, "$", problems))
    check_keys(facts, problems)
    check_pointers(facts, problems)
    check_affiliations(facts, problems)
    if calls is not None:
        check_under_call(facts, calls, problems)
    problems.refuse()
    return facts


def read_file(path: Path | str, *, calls: Mapping[str, CallFacts] | None = None) -> BidFacts:
    """The same for a file on disk, of which never more than the largest allowed is read."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(document.LARGEST + 1)
    except OSError as error:
        template = gettext_noop("The file %(name)s can't be read: %(reason)s.")
        words = sentence(template, name=quoted(Path(path).name), reason=error.strerror or type(error).__name__)
        raise Unreadable((Problem("$", words),)) from None
    return read(content, calls=calls)


def as_dict(facts: BidFacts) -> dict[str, Any]:
    """The bid as a file holds it: the fields of the schema in its order, with explicit nulls.

    Only fields that came later are left out where they say nothing.
    """
    return cast(dict[str, Any], shape.bid().write(facts))


def canonical(facts: BidFacts) -> str:
    """The one way to write a bid that digests are taken of: sorted names, no white space."""
    return json.dumps(as_dict(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
