"""The site map of the workspace."""

from django.urls import URLPattern

app_name = "bids"
urlpatterns: list[URLPattern] = []
