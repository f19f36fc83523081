"""Reads a rendered page the way a careful reader would: what is inline, what points nowhere."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

POINTERS = ("for", "form", "aria-describedby", "aria-labelledby", "aria-controls")


class Page(HTMLParser):
    """The ids of a page, what points at them, and everything a strict policy refuses."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.pointers: set[str] = set()
        self.refused: list[str] = []
        self.inside_script = False
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.inside_script = tag == "script"
        if tag == "style":
            self.refused.append("<style>")
        self.refused += [f"{tag} {name}" for name in named if name == "style" or name.startswith(("on", "hx-on"))]
        self.refused += [f"{tag} {name}" for name, value in named.items() if value.strip().startswith("javascript:")]
        if "id" in named:
            self.ids[named["id"]] += 1
        for name in POINTERS:
            self.pointers.update(named.get(name, "").split())
        if tag == "a" and named.get("href", "").startswith("#") and named["href"] != "#":
            self.pointers.add(named["href"][1:])

    def handle_data(self, data: str) -> None:
        if self.inside_script and data.strip():
            self.refused.append("script with text")
        self.inside_script = False

    @property
    def dangling(self) -> set[str]:
        return self.pointers - set(self.ids)

    @property
    def doubled(self) -> set[str]:
        return {name for name, count in self.ids.items() if count > 1}
