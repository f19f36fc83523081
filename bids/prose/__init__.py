"""Text that people format: a short list of tags, bounds on how much of them, and marks to write them with.

Chapters are kept as HTML of the list in `allowed`. People write them with a few marks (`marks`), and get them
back in marks (`unmark`); what the marks can't say stays HTML in the midst of them, so that nothing is lost on
the way. Pages and paper both clean once more what they show, because a text may come from a file.
"""

from bids.prose.allowed import clean, lower_headings, refused, too_much, words_only
from bids.prose.marks import Refused, read_marks
from bids.prose.unmark import as_marks, is_same

__all__ = [
    "Refused",
    "as_marks",
    "clean",
    "is_same",
    "lower_headings",
    "read_marks",
    "refused",
    "too_much",
    "words_only",
]
