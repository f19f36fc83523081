"""The written part: chapters, risks, indicators."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bids.models.bid import Bid
from bids.models.consortium import Partner
from bids.models.fields import DecimalTextField, LineField, ProseField, WordField
from bids.models.parts import Listed, Versioned, known_word, unique_key
from bids.rulebook.vocabulary import ChapterState, Language, Level


class Chapter(Listed, Versioned):
    """A section of the call's template in one language; `assigned_to` is the partner that writes it."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="chapters")
    language = WordField(Language, default=Language.EN, verbose_name=_("language"))
    title = LineField(_("title"), blank=True)
    state = WordField(ChapterState, default=ChapterState.DRAFT, verbose_name=_("state"))
    html = ProseField(_("text"), blank=True)
    source_digest = LineField(_("digest of the text it translates"), null=True, blank=True)
    assigned_to = models.ForeignKey(
        Partner, models.SET_NULL, null=True, blank=True, related_name="chapters", verbose_name=_("written by")
    )

    class Meta(Listed.Meta):
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        constraints = [
            unique_key("bid", "language"),
            known_word("language", Language),
            known_word("state", ChapterState),
        ]


class Risk(Listed, Versioned):
    """`work_packages` holds their row ids, in order: renaming a package leaves its risks alone."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="risks")
    description = ProseField(_("description"), blank=True)
    likelihood = WordField(Level, null=True, blank=True, verbose_name=_("likelihood"))
    severity = WordField(Level, null=True, blank=True, verbose_name=_("severity"))
    mitigation = ProseField(_("mitigation"), blank=True)
    work_packages = models.JSONField(_("work packages"), default=list, blank=True)

    class Meta(Listed.Meta):
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        constraints = [
            unique_key("bid"),
            known_word("likelihood", Level, may_be_empty=True),
            known_word("severity", Level, may_be_empty=True),
        ]


class Indicator(Listed, Versioned):
    """A figure by which the project wants to be measured."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="indicators")
    name = LineField(_("name"), blank=True)
    unit = LineField(_("unit"), blank=True)
    baseline = DecimalTextField(_("baseline"), null=True, blank=True)
    target = DecimalTextField(_("target"), null=True, blank=True)
    month = models.PositiveIntegerField(_("month"), null=True, blank=True)

    class Meta(Listed.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [unique_key("bid")]
