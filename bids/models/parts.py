"""What most rows of a bid have in common, and the constraints they share."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from bids.models.fields import KeyField
from bids.rulebook.vocabulary import Word


class Versioned(models.Model):
    """A row that two people may edit: each save names the version it saw (`records.save_row`)."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True


class Listed(models.Model):
    """An entry of one of the bid's lists: named by its key, in the order people gave it."""

    key = KeyField(_("key"))
    position = models.PositiveIntegerField(_("position"), default=0, editable=False)

    class Meta:
        abstract = True
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.key


def unique_key(owner: str, *more: str) -> models.UniqueConstraint:
    """A key names one thing in its list."""
    return models.UniqueConstraint(fields=[owner, "key", *more], name="%(class)s_key_is_unique")


def known_word(field: str, words: Iterable[Word], *, may_be_empty: bool = False) -> models.CheckConstraint:
    """The column holds one of these words and nothing else."""
    known = models.Q(**{f"{field}__in": [word.value for word in words]})
    if may_be_empty:
        known |= models.Q(**{f"{field}__isnull": True})
    return models.CheckConstraint(condition=known, name=f"%(class)s_{field}_is_known")


def not_negative(*fields: str) -> models.CheckConstraint:
    """These amounts are zero or more, where they are given."""
    condition = models.Q()
    for field in fields:
        condition &= models.Q(**{f"{field}__gte": 0}) | models.Q(**{f"{field}__isnull": True})
    return models.CheckConstraint(condition=condition, name="%(class)s_amounts_are_not_negative")


def no_minus_sign(*fields: str) -> models.CheckConstraint:
    """These decimals, kept as text, are zero or more."""
    condition = models.Q()
    for field in fields:
        condition &= ~models.Q(**{f"{field}__startswith": "-"})
    return models.CheckConstraint(condition=condition, name="%(class)s_numbers_are_not_negative")
