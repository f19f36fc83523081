"""What people type about themselves, checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import mail, throttle
from accounts.models import LANGUAGES, User


class LogInForm(AuthenticationForm):
    """E-mail address and password; the refusal never says which of the two was wrong."""

    username = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    error_messages = {
        "invalid_login": _("This e-mail address and password don't fit together. Check both and try again."),
        "inactive": _("This e-mail address and password don't fit together. Check both and try again."),
    }

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()


class ResetForm(forms.Form):
    """Asks for a letter; the same work is done for addresses nobody has."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def post_letter(self, link_for: Callable[[User], str]) -> None:
        """Write the letter in any case; post it only to somebody who has a password to replace."""
        email = self.cleaned_data["email"].lower()
        user = User.objects.filter(email=email, is_active=True).first()
        known = user if user and user.has_usable_password() else None
        addressee = known or User(pk=0, email=email)
        letter = mail.reset_letter(addressee, link_for(addressee))
        mail.post(letter if throttle.may_write_to(email) and known else None)


class AcceptForm(SetPasswordForm):
    """How an invited person wants to be called, in which language, and the password."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language of pages and letters"), choices=LANGUAGES)
    field_order = ("name", "language", "new_password1", "new_password2")


class ProfileForm(forms.ModelForm):
    """Name and language."""

    class Meta:
        model = User
        fields = ("name", "language")
        labels = {"name": _("Your name"), "language": _("Language of pages and letters")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class StepUpForm(forms.Form):
    """The password again; wrong tries count like those of a log-in."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        self.request = request
        super().__init__(*args, **options)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if authenticate(self.request, username=self.request.user.get_username(), password=password) is None:
            raise forms.ValidationError(_("This is not your password. Check that Caps Lock is off and try again."))
        return password
