"""A person at a browser: clicks, types and reads like people do, and notes everything a browser minds."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests import services
from tests.ui.stage import WATCH_POLICY

SWITCHES = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ABOUT_AN_ANSWER = ("Failed to load resource", "Response Status Error Code")  # the browser's words, and htmx's
AS_LONG_AS_A_DOSSIER_TAKES = 120_000  # milliseconds, while the rest of the suite runs beside


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
        self._open_window()

    def _open_window(self) -> None:
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

    def one_more_window(self) -> Person:
        """The same person at the same page in a second window."""
        other = copy(self)
        other._open_window()
        other.go(self.page.url)
        return other

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

    def press(self, name: str, role: str = "button") -> int:
        """Press what people call by this name, and wait for the page that follows; its status."""
        with self.page.expect_navigation() as coming:
            self.named(name, role).click()
        return coming.value.status if coming.value else 0

    def named(self, name: str, role: str) -> Any:
        """The first button or link whose name begins so; what only screen readers are told stands after a colon."""
        words = re.compile("^" + r"\s?:".join(map(re.escape, name.split(":"))))
        return self.page.get_by_role(role, name=words).first

    def follow(self, name: str) -> None:
        """Follow a link of the page by its words."""
        self.press(name, "link")

    def box(self, label: str, within: str = "") -> Any:
        """The first box that people know by this label; in a group of boxes, where its name is said."""
        place = self.page.get_by_role("group", name=within, exact=True) if within else self.page
        return place.get_by_label(label, exact=True).first

    def write(self, label: str, words: str, within: str = "") -> None:
        """Type over what stood there."""
        self.box(label, within).fill(words)

    def wrote(self, label: str, within: str = "") -> str:
        """What stands in a box."""
        return str(self.box(label, within).input_value())

    def choose(self, label: str, words: str) -> None:
        """Choose from a list."""
        self.page.get_by_role("combobox", name=label, exact=True).select_option(label=words)

    def tick(self, label: str) -> None:
        """A round or a square box."""
        self.box(label).check()

    def attach(self, label: str, file: Path) -> None:
        """Choose a file."""
        self.box(label).set_input_files(file)

    def fetch(self, title: str) -> bytes:
        """Download a file by its title, as soon as it is there."""
        link = self.page.get_by_role("link", name=re.compile(rf"Download.*: {re.escape(title)}")).first
        link.wait_for(timeout=AS_LONG_AS_A_DOSSIER_TAKES)
        with self.page.expect_download() as coming:
            link.click()
        return Path(coming.value.path()).read_bytes()

    def reads(self, words: str) -> bool:
        return words in self.text

    def figure(self, label: str) -> str:
        """The value that stands under a label on a card of figures."""
        named = self.page.locator("main .figure", has=self.page.get_by_text(label, exact=True)).first
        return tidy(named.locator(".figure__value").inner_text())

    @property
    def text(self) -> str:
        """What stands in the page, spaces of all kinds as one."""
        return tidy(self.page.inner_text("main"))

    def close(self) -> None:
        self.context.close()

    def _note(self, message: Any) -> None:
        """Everything in the console is minded but what the browser says about an answer that was meant."""
        if message.type in ("error", "warning") and not message.text.startswith(ABOUT_AN_ANSWER):
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


def tidy(text: str) -> str:
    return " ".join(text.split())
