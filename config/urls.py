"""The front doors."""

from django.urls import include, path

from accounts.views.language import choose_language
from bids.admin.site import desk
from bids.views import verify
from config import errors, health, pages

urlpatterns = [
    path("", include("bids.urls")),
    path("accounts/", include("accounts.urls")),
    path("desk/", desk.urls),
    path("language/<code>/", choose_language, name="language"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path(".well-known/security.txt", pages.security_txt, name="security-txt"),
    path("api/v1/bid.schema.json", pages.bid_schema, name="bid-schema"),
    path("verify/", verify.ask, name="verify-ask"),
    path("verify/<sha256>/", verify.verify, name="verify"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
