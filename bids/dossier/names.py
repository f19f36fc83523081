"""What keys are called: a reader of paper can't click on `cenaero` to learn who that is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from bids import wording
from bids.rulebook.facts import BidFacts
from bids.rulebook.text import Sentence, gettext_noop
from bids.rulebook.vocabulary import Category, DocumentKind, Stream, Word

AWord = TypeVar("AWord", bound=Word)
UNNAMED = "-"
NO_PARTNER = gettext_noop("No partner: bought by the Joint Undertaking")
NO_SITE = gettext_noop("At no single site")
NO_PACKAGE = gettext_noop("In no work package")
NO_YEAR = gettext_noop("In no year")
WHOLE_BID = gettext_noop("The whole bid")


class Names:
    """The names of a bid's things in the active language; what has no name stands for itself.

    What is gone keeps the name it had `before`.
    """

    def __init__(self, facts: BidFacts, before: BidFacts | None = None) -> None:
        known = (before, facts) if before else (facts,)
        partners = {each.key: each.short_name or each.name for bid in known for each in bid.partners}
        sites = {site.key: site.name for bid in known for site in bid.sites}
        titles = {each.key: f"{each.key} {each.title}" for bid in known for each in bid.work_packages}
        commitments = {each.key: each.payer for bid in known for each in bid.commitments}
        self.partners = Labels(lambda key: partners.get(key, ""))
        self.buyers = Labels(lambda key: partners.get(key, ""), NO_PARTNER)
        self.sites = Labels(lambda key: sites.get(key, ""))
        self.places = Labels(lambda key: sites.get(key, ""), NO_SITE)
        self.packages = Labels(lambda key: titles.get(key, ""), NO_PACKAGE)
        self.years = Labels(str, NO_YEAR)
        self.categories = Labels(_category)
        self.codes = Labels(_code)
        self.streams = Labels(_stream)
        self.documents = Labels(_document)
        self.bearers = Labels(lambda key: _bearer(key) or partners.get(key) or commitments.get(key, ""))


class Labels:
    """Looks a key up; templates ask `{{ names.partners|get:key }}`."""

    def __init__(self, find: Callable[[str], str], nothing: str = wording.UNKNOWN) -> None:
        self._find = find
        self._nothing = nothing

    def get(self, key: Any) -> str:
        """The name, else the key itself; for nothing a dash, or the words for it."""
        if not key or key == UNNAMED:
            return wording.say(Sentence(self._nothing))
        return self._find(str(key)) or str(key)


def _category(code: str) -> str:
    """`A.1 Employees or equivalent`."""
    category = _find(Category, code)
    return f"{category.code} {wording.word(category)}".strip() if category else ""


def _code(code: str) -> str:
    """`A.1`, or the label where a category has no code: for narrow columns."""
    category = _find(Category, code)
    return category.code or wording.word(category) if category else ""


def _stream(key: str) -> str:
    stream = _find(Stream, key)
    return wording.word(stream) if stream else ""


def _document(kind: str) -> str:
    known = _find(DocumentKind, kind)
    return wording.word(known) if known else kind.replace("_", " ").capitalize()


def _bearer(key: str) -> str:
    """What a step of the assessment is about, where that is the bid or a stream."""
    return wording.say(Sentence(WHOLE_BID)) if key == "bid" else _stream(key)


def _find(vocabulary: type[AWord], value: str) -> AWord | None:
    return next((word for word in vocabulary if word.value == value), None)


def figure_titles() -> dict[str, str]:
    """What the figures of a whole bid are called."""
    return {
        "total": _("Total cost"),
        "eligible": _("Eligible cost"),
        "eu": _("Contribution of the Union"),
        "eu_share": _("Share of the Union"),
        "elsewhere": _("Funded elsewhere"),
        "other": _("Own means, equity and loans"),
        "national": _("National share"),
        "committed": _("Promised for the national share"),
        "signed": _("Signed"),
        "uncovered": _("Not signed for yet"),
        "union_access_share": _("Access of the Union"),
        "in_kind": _("Contributions in kind"),
        "revenues": _("Expected revenues"),
        "surplus": _("Surplus of revenues"),
    }
