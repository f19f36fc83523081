"""Changing a password, and getting in again without it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.declare import declare
from accounts.forms import ResetForm
from accounts.models import User
from accounts.visitor import person

PROOF_KEY = "proof_of_reset"
IN_SESSION = "choose"


@declare("signed_in")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """The old password and a new one; every other session of this person ends."""
    form = PasswordChangeForm(person(request), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Your password is changed. You are logged out everywhere else."))
        return redirect("accounts:account")
    return render(request, "accounts/password_change.html", {"form": form})


@declare("public")
@require_http_methods(["GET", "POST"])
def ask_reset(request: HttpRequest) -> HttpResponse:
    """A letter with a link; the answer is the same whether we know the address or not."""
    form = ResetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.post_letter(_reset_link)
        return render(request, "accounts/password_reset_sent.html", {"email": form.cleaned_data["email"]})
    return render(request, "accounts/password_reset.html", {"form": form})


def _reset_link(user: User) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return settings.SITE_URL + reverse("accounts:password-new", args=[uid, default_token_generator.make_token(user)])


@declare("public")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def choose_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """A new password by a link that works once; the token leaves the address before the form is shown."""
    user = _person_behind(uid)
    in_session = token == IN_SESSION
    proof = request.session.get(PROOF_KEY) if in_session else token
    if user is None or not default_token_generator.check_token(user, proof):
        return render(request, "accounts/password_link_closed.html", status=410)
    if not in_session:
        request.session[PROOF_KEY] = token
        return redirect("accounts:password-new", uid, IN_SESSION)
    form = SetPasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.save()
        del request.session[PROOF_KEY]
        messages.success(request, _("Your new password is set. Log in with it."))
        return redirect("accounts:log-in")
    return render(request, "accounts/password_new.html", {"form": form})


def _person_behind(uid: str) -> User | None:
    """The active person a link speaks of, or nobody when the link was changed on the way."""
    try:
        number = int(urlsafe_base64_decode(uid))
        return User.objects.filter(pk=number, is_active=True).first()
    except (ValueError, OverflowError):
        return None
