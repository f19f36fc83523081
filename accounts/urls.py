"""The pages about people."""

from django.urls import path

from accounts.views import account, door, password

app_name = "accounts"
urlpatterns = [
    path("log-in/", door.log_in, name="log-in"),
    path("log-out/", door.log_out, name="log-out"),
    path("step-up/", door.step_up, name="step-up"),
    path("", account.account, name="account"),
    path("password/", password.change_password, name="password-change"),
    path("password/forgotten/", password.ask_reset, name="password-reset"),
    path("password/<uid>/<token>/", password.choose_password, name="password-new"),
    path("invitation/<token>/", account.accept_invitation, name="accept"),
]
