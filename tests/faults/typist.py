"""A person at a form without scripts: opens it, types, sends it, reads the answer, sends again what was refused."""

from __future__ import annotations

import http.cookiejar
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any, NamedTuple

from django.test import Client


class Answer(NamedTuple):
    status: int
    text: str


Ask = Callable[[str, dict[str, str] | None], Answer]


class Forms(HTMLParser):
    """The forms of a page as a browser would send them, by their order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self._area = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        name, value = named.get("name", ""), named.get("value", "")
        if tag == "form":
            self.forms.append({})
        elif tag == "textarea":
            self._area = name
            self.forms[-1][name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in named:
            self.forms[-1][self._select] = value
        elif tag == "input" and name and _is_sent(named):
            self.forms[-1][name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.forms[-1][self._area] = self.forms[-1][self._area].removeprefix("\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area] += data


def _is_sent(box: dict[str, str]) -> bool:
    kind = box.get("type", "text")
    return "checked" in box if kind in ("checkbox", "radio") else kind not in ("submit", "button", "file")


class Typist:
    """Counts what it was told; `seconds` is how long each saving took."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.conflicts = 0
        self.seconds: list[float] = []

    def save(self, address: str, **typed: str) -> None:
        """Type this into the form and send it until it is kept; whatever comes between, it still stands there."""
        form = the_form(self.ask(address, None))
        while (answer := self._send(address, form | typed)).status != 302:
            assert answer.status == 409, answer
            self.conflicts += 1
            form = the_form(answer)
            assert {name: form[name] for name in typed} == typed

    def _send(self, address: str, form: dict[str, str]) -> Answer:
        began = time.perf_counter()
        answer = self.ask(address, form)
        self.seconds.append(time.perf_counter() - began)
        return answer


def the_form(answer: Answer) -> dict[str, str]:
    """The form of a page that carries the version somebody looked at."""
    (found,) = (form for form in Forms(answer.text).forms if "version" in form)
    return found


def inside(client: Client) -> Ask:
    """Asks the views of this process."""

    def ask(address: str, form: dict[str, str] | None) -> Answer:
        answer = client.get(address) if form is None else client.post(address, form)
        return Answer(answer.status_code, answer.text)

    return ask


class StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def over_http(house: str, email: str, password: str) -> Ask:
    """Asks a running house, signed in."""
    opener = urllib.request.build_opener(
        StayHere(), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), urllib.request.ProxyHandler({})
    )

    def ask(address: str, form: dict[str, str] | None) -> Answer:
        sent = None if form is None else urllib.parse.urlencode(form).encode()
        try:
            answer = opener.open(house + address, sent, timeout=120)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Answer(answer.status, answer.read().decode())

    (form,) = (form for form in Forms(ask("/accounts/log-in/", None).text).forms if "password" in form)
    answer = ask("/accounts/log-in/", form | {"username": email, "password": password})
    assert answer.status == 302, answer
    return ask
