"""People, the organisations they act for, and who belongs where."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from accounts import clock
from accounts.registers import check_enterprise_number, check_pic
from accounts.words import one_line

LANGUAGES = [("en", "English"), ("fr", "Français"), ("nl", "Nederlands"), ("de", "Deutsch")]


class UserManager(BaseUserManager["User"]):
    """Makes people; an e-mail address is kept in lower case, so that it is found however it is typed."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=str(username).strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """A person who may log in; without a password only an invitation or a reset lets them in."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        """A system administrator: accounts and settings, no content."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True} | fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True, max_length=254)
    name = models.CharField(_("name"), max_length=120, blank=True, validators=[one_line])
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="en")
    is_staff = models.BooleanField(_("works at the desk"), default=False)
    is_active = models.BooleanField(_("may log in"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=clock.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        """The name people read; the address while no name is known."""
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email


class OrganisationKind(models.TextChoices):
    """The kinds that calls give rates to; the same words as in bid files."""

    PUBLIC = "public", _("Public body")
    NON_PROFIT = "non_profit", _("Non-profit organisation")
    SME = "sme", _("Small or medium-sized enterprise")
    LARGE = "large", _("Large enterprise")
    INTERNATIONAL = "international", _("International organisation")


class Organisation(models.Model):
    """A legal person that people act for."""

    name = models.CharField(_("legal name"), max_length=250, unique=True, validators=[one_line])
    name_fr = models.CharField(_("legal name in French"), max_length=250, blank=True, validators=[one_line])
    name_nl = models.CharField(_("legal name in Dutch"), max_length=250, blank=True, validators=[one_line])
    name_de = models.CharField(_("legal name in German"), max_length=250, blank=True, validators=[one_line])
    short_name = models.CharField(_("short name"), max_length=60, validators=[one_line])
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    country = CountryField(_("country"))
    enterprise_number = models.CharField(_("enterprise number"), max_length=20, null=True, blank=True, unique=True)
    pic = models.CharField(
        _("participant identification code (PIC)"),
        max_length=9, null=True, blank=True, unique=True, validators=[check_pic],
    )  # fmt: skip
    people = models.ManyToManyField(User, through="Membership", related_name="organisations")

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.short_name

    def clean(self) -> None:
        if self.country == "BE" and self.enterprise_number:
            check_enterprise_number(self.enterprise_number)

    def name_in(self, language: str) -> str:
        """The legal name in a language, or the registered one where that language has none."""
        return getattr(self, f"name_{language}", "") or self.name


class Membership(models.Model):
    """A person acts for an organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    since = models.DateTimeField(_("since"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"


class Invitation(models.Model):
    """A letter that lets a person in once: until it expires, is used, or a newer one replaces it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("person"))
    invited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="invitations_sent", verbose_name=_("invited by")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True,
        related_name="invitations", verbose_name=_("organisation"),
    )  # fmt: skip
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("works until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.user.email} ({self.made_at:%Y-%m-%d})"
