"""The front doors."""

from django.urls import include, path

urlpatterns = [
    path("", include("bids.urls")),
]
