"""A browser that sees rendered pages under the real policy, and reports everything it minds."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from tests.ui.conftest import ROOT

HOST = "http://tandem.test"
AXE = ROOT / "tests/vendor/axe/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """rules => axe.run(document, {runOnly: rules}).then(
    result => result.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html).join(' ')}`))"""
WATCH_POLICY = (
    "addEventListener('securitypolicyviolation', event => console.error('policy: ' + event.violatedDirective))"
)


def policy() -> str:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(map(str, values))}" for name, values in directives.items())


class Stage:
    """Pages by their path, style sheets and scripts from the tree, nothing from anywhere else."""

    def __init__(self, browser: Any, **context: Any) -> None:
        self.context = browser.new_context(**context)
        self.pages: dict[str, str] = {}
        self.minded: list[str] = []
        self.sent: list[str] = []
        self.broken: set[str] = set()  # paths where the connection fails
        self.failing: dict[str, int] = {}  # paths that answer with this status
        self.context.add_init_script(WATCH_POLICY)
        self.context.route("**/*", self._answer)

    def open(self, source: str, path: str = "/") -> Any:
        """Show a rendered page; what the console says is kept in `minded`."""
        self.pages[path] = source
        page = self.context.new_page()
        page.on("console", lambda message: self.minded.append(message.text))
        page.on("pageerror", lambda error: self.minded.append(str(error)))
        page.goto(HOST + path)
        page.evaluate("document.fonts.ready")
        return page

    def close(self) -> None:
        self.context.close()

    def _answer(self, route: Any) -> None:
        url = urlsplit(route.request.url)
        if f"{url.scheme}://{url.netloc}" != HOST:
            self.minded.append(f"asked another host: {route.request.url}")
            route.abort()
        elif url.path in self.broken:
            route.abort()
        elif url.path.startswith("/static/"):
            route.fulfill(path=ROOT / url.path[1:])
        else:
            self.sent.append(f"{route.request.method} {url.path}")
            route.fulfill(
                status=self.failing.get(url.path, 200),
                body=self.pages.get(url.path, "<!doctype html><title>Arrived</title>"),
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": policy()},
            )


def faults(page: Any) -> list[str]:
    """What axe finds on the page as it stands."""
    page.evaluate(AXE.read_text() + "; 0")
    return list(page.evaluate(RUN_AXE, RULES))
