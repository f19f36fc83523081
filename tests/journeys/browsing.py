"""A person at a browser: clicks, types and reads like people do, and notes everything a browser minds."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests import services
from tests.ui.stage import WATCH_POLICY

SWITCHES = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """Debian's browser, closed at the end."""
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=services.chromium(), args=SWITCHES)
        yield one
        one.close()


class Person:
    """One signed-in person with a browser window of their own."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.address = address
        self.context = browser.new_context(**{"viewport": WIDE, "locale": "en-GB"} | options)
        self.context.set_default_timeout(30_000)
        self.context.add_init_script(WATCH_POLICY)
        self.minded: list[str] = []
        self.page = self.context.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.minded.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._watch)
        self.page.on("response", self._response)

    def sign_in(self, email: str, password: str) -> Person:
        self.go("/accounts/log-in/")
        self.page.fill("[name=username]", email)
        self.page.fill("[name=password]", password)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(lambda url: "/log-in/" not in url)
        return self

    def go(self, path: str) -> int:
        """Open a page of the house; its status."""
        answer = self.page.goto(path if path.startswith("http") else self.address + path)
        return int(answer.status) if answer else 0

    def go_or_download(self, path: str) -> int:
        """Open an address; 0 where a file came instead of a page."""
        try:
            return self.go(path)
        except Exception as error:
            if "Download is starting" in str(error) or "ERR_ABORTED" in str(error):
                return 0
            raise

    def click(self, selector: str) -> None:
        self.page.click(selector)

    def press(self, name: str, role: str = "button") -> None:
        """Press what people call by this name, and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=name).first.click()

    def reads(self, words: str) -> bool:
        return words in self.text

    @property
    def text(self) -> str:
        """What stands in the page, spaces of all kinds as one."""
        return " ".join(self.page.inner_text("main").split())

    def close(self) -> None:
        self.context.close()

    def _note(self, message: Any) -> None:
        """Everything in the console is minded but what the browser says about an answer that was meant."""
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.minded.append(f"{self.page.url}: {message.text}")

    def _watch(self, request: Any) -> None:
        url = urlsplit(request.url)
        if url.scheme in ("http", "https") and f"{url.scheme}://{url.netloc}" != self.address:
            self.minded.append(f"{self.page.url}: asked another host: {request.url}")

    def _response(self, response: Any) -> None:
        """A page that answers 4xx was meant; a file that does, or anything with 5xx, was not."""
        is_page = response.request.resource_type in ("document", "xhr", "fetch")
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.minded.append(f"{self.page.url}: {response.status} {response.url}")
