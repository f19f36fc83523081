"""Coming in, going out, and proving again that it is you."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import stepup, unsent
from accounts.declare import declare
from accounts.forms import LogInForm, StepUpForm
from accounts.redirects import safe_next
from accounts.views.language import speak
from accounts.visitor import person


@declare("public")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """E-mail address and password, then back to the page that was asked for, or to what could not be saved."""
    target = safe_next(request, settings.LOGIN_REDIRECT_URL)
    carried = unsent.carried_by(request)
    if request.user.is_authenticated:
        return unsent.offer(request, carried) if carried else redirect(target)
    form = LogInForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return _greeted_in_own_language(request, unsent.offer(request, carried) if carried else redirect(target))
    return render(request, "accounts/log_in.html", {"form": form, "next": target, "unsent": carried})


def _greeted_in_own_language(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A person's own language, unless another was chosen on this machine."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        speak(response, person(request).language)
    return response


@declare("public")
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Forget the session; a person who is already out just sees the log-in page."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@declare("signed_in")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def step_up(request: HttpRequest) -> HttpResponse:
    """The password again, before an act that can't be taken back."""
    target = safe_next(request, settings.LOGIN_REDIRECT_URL)
    form = StepUpForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        stepup.mark(request)
        return redirect(target)
    return render(request, "accounts/step_up.html", {"form": form, "next": target, "minutes": settings.STEP_UP_MINUTES})
