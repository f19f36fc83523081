"""Sample pages that look like the real ones, and a browser that only ever sees them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.http import HttpResponse
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory
from django.urls import include, path
from django.utils.translation import override

from tests import services

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BID_PAGES = (
    "overview", "basics", "partners", "sites", "work-plan", "budget", "financing", "chapters", "risks", "documents",
    "readiness", "dossiers", "history", "people",
)  # fmt: skip


def nothing(request: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


WORKSPACE = [path(f"bids/<reference>/{name}/", nothing, name=name) for name in BID_PAGES]
ACCOUNTS = [path(f"{name}/", nothing, name=name) for name in ("account", "log-in", "log-out")]
URLS = (
    path("", include((WORKSPACE, "bids"))),
    path("accounts/", include((ACCOUNTS, "accounts"))),
    path("accessibility/", nothing, name="accessibility"),
    path("language/<code>/", nothing, name="language"),
)


@pytest.fixture(autouse=True)
def _sample_addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = URLS


class Painter:
    """Renders project templates and the samples beside this file, for a signed-in reader."""

    def __init__(self) -> None:
        self.engine = DjangoTemplates(
            {
                "NAME": "samples",
                "DIRS": [HERE / "templates", ROOT / "templates"],
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        )
        self.reader = SimpleNamespace(
            is_authenticated=True, is_staff=True, email="ada@example.org", get_full_name="Ada Peeters"
        )

    def page(self, name: str, language: str = "en", **context: Any) -> str:
        request = RequestFactory().get(f"/{name}?page=2")
        extra = {"user": self.reader, "messages": [Message(SUCCESS, "Line L004 is saved.")]}
        with override(language):
            return self.engine.get_template(name).render(extra | context, request)


@pytest.fixture(scope="session")
def painter() -> Painter:
    return Painter()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser for one file of tests: while it lives its event loop keeps Django away from the database."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=services.chromium(),
            args=["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
