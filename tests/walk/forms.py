"""Reads the forms of a page as a browser would send them back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = ("text", "textarea", "email", "date", "number", "search", "password", "url")
Attributes = list[tuple[str, str | None]]


@dataclass
class Control:
    """One box of a form, with what stands in it; `kind` is the type of an input, or `select`, `textarea`."""

    name: str
    kind: str
    value: str = ""

    @property
    def is_typed(self) -> bool:
        return self.kind in TYPED


@dataclass
class Form:
    """A form that is posted, and where to."""

    action: str
    ident: str = ""
    controls: list[Control] = field(default_factory=list)

    def sent(self, **typed: str) -> dict[str, list[str]]:
        """What a browser sends once this was typed; of several buttons none, files never."""
        data: dict[str, list[str]] = {}
        for control in self.controls:
            if control.kind not in ("submit", "file"):
                data.setdefault(control.name, []).append(control.value)
        return data | {name: [value] for name, value in typed.items()}


class _Reader(HTMLParser):
    """Collects forms; an input may stand elsewhere and name its form."""

    def __init__(self, address: str, source: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.select: Control | None = None
        self.is_first = False  # the next option is the one a browser shows
        self.area: Control | None = None
        self.elsewhere: list[tuple[str, Control]] = []
        self.feed(source)
        for ident, control in self.elsewhere:
            for form in self.forms:
                if form.ident == ident:
                    form.controls.append(control)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        match tag:
            case "form" if given.get("method", "").lower() == "post":
                self.open = Form(given.get("action") or self.address, given.get("id", ""))
                self.forms.append(self.open)
            case "input" | "button":
                self._input(given, "submit" if tag == "button" else "text")
            case "textarea":
                self.area = self._keep(given, "textarea")
            case "select":
                self.select, self.is_first = self._keep(given, "select"), True
            case "option" if self.select is not None and ("selected" in given or self.is_first):
                self.select.value, self.is_first = given.get("value", ""), False

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.area is not None:
            self.area.value = self.area.value.removeprefix("\n")
            self.area = None

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.value += data

    def _input(self, given: dict[str, str], usual: str) -> None:
        kind = given.get("type") or usual
        if kind in ("radio", "checkbox") and "checked" not in given:
            return
        self._keep(given | {"value": given.get("value", "on" if kind in ("radio", "checkbox") else "")}, kind)

    def _keep(self, given: dict[str, str], kind: str) -> Control | None:
        if not given.get("name"):
            return None
        control = Control(given["name"], kind, given.get("value", ""))
        if "form" in given:
            self.elsewhere.append((given["form"], control))
        elif self.open is not None:
            self.open.controls.append(control)
        return control


def forms_in(address: str, source: str) -> Iterator[Form]:
    """The forms of a page that change something in the house, signing out and choosing a language aside."""
    for form in _Reader(address, source).forms:
        if not form.action.startswith(("/accounts/", "/language/")):
            yield form
