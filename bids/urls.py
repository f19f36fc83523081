"""The site map of the workspace."""

from django.urls import include, path

from bids.views import site

app_name = "bids"

of_a_bid = [
    path("sites/", site.list_sites, name="sites"),
    path("sites/add/", site.add_site, name="site-add"),
    path("sites/<key>/", site.edit_site, name="site-edit"),
    path("sites/<key>/remove/", site.delete_site, name="site-delete"),
]

urlpatterns = [
    path("bids/<reference>/", include(of_a_bid)),
]
