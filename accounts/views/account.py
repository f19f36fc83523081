"""What people say about themselves, and their first visit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import invitations
from accounts.declare import declare
from accounts.forms import AcceptForm, ProfileForm
from accounts.views.language import speak
from accounts.visitor import person


@declare("signed_in")
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Name and language; organisations are shown, others decide about them."""
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=person(request))
    if request.method == "POST" and form.is_valid():
        user = form.save()
        response = redirect("accounts:account")
        with translation.override(user.language):
            messages.success(request, _("Your profile is saved."))
        speak(response, user.language)
        return response
    organisations = person(request).organisations.all()
    return render(request, "accounts/account.html", {"form": form, "organisations": organisations})


@declare("public")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Name, language and password of an invited person; the link works once."""
    try:
        invitation = invitations.open_invitation(token)
        form = AcceptForm(
            invitation.user,
            request.POST if request.method == "POST" else None,
            initial={"name": invitation.user.name, "language": invitation.user.language},
        )
        if request.method != "POST" or not form.is_valid():
            return render(request, "accounts/invitation.html", {"form": form, "invitation": invitation})
        given = form.cleaned_data
        invitations.accept(invitation, name=given["name"], password=given["new_password1"], language=given["language"])
    except invitations.Closed:
        return render(request, "accounts/invitation_closed.html", status=410)
    response = redirect("accounts:log-in")
    with translation.override(given["language"]):
        messages.success(request, _("Welcome to Tandem. Log in with your new password."))
    speak(response, given["language"])
    return response
