"""Every URL says what it asks of its visitor."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command
from django.urls import path
from django.views.generic import TemplateView

from bids.management.commands.routes import routes
from tests.config.urls import fails

urlpatterns = [path("<int:number>/", fails), path("silent/", TemplateView.as_view(template_name="404.html"))]


def printed(*options: str) -> str:
    out = io.StringIO()
    call_command("routes", *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_no_route_of_the_house_is_undeclared():
    assert [route.pattern for route in routes() if route.act is None] == []


def test_routes_are_data():
    found = {route["name"]: route for route in json.loads(printed("--json"))}
    assert found["accounts:log-out"] == {
        "pattern": "accounts/log-out/",
        "name": "accounts:log-out",
        "methods": ["POST"],
        "act": "public",
        "view": "accounts.views.door.log_out",
    }
    assert found["accounts:account"]["act"] == "signed_in"


@pytest.mark.urls(__name__)
def test_an_undeclared_route_fails_and_is_named():
    errors = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("routes", stdout=io.StringIO(), stderr=errors)
    assert (ended.value.code, "silent/" in errors.getvalue()) == (1, True)


@pytest.mark.urls(__name__)
def test_the_methods_of_a_class_are_known():
    assert [(route.methods, route.act) for route in routes()] == [(None, "public"), (("GET", "OPTIONS"), None)]
