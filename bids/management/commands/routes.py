"""Every URL of the house with what it asks of its visitor; the admin's included."""

from __future__ import annotations

import inspect
import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its pattern, its name, the methods it answers where known, and its declared act."""

    pattern: str
    name: str
    methods: tuple[str, ...] | None
    act: str | None
    view: str


class Command(BaseCommand):
    help = "Print every URL with its declared act; exit 1 if one declares nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as data")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(routes())
        if options["json"]:
            self.stdout.write(json.dumps([asdict(route) for route in found], indent=1))
        else:
            for route in found:
                self.stdout.write(f"{route.act or '(undeclared)':24} {route.pattern}  {route.name}")
        undeclared = [route.pattern for route in found if route.act is None]
        if undeclared:
            self.stderr.write(f"{len(undeclared)} routes declare nothing: {', '.join(undeclared)}")
            raise SystemExit(1)


def routes(resolver: URLResolver | None = None, before: str = "", namespace: str = "") -> Iterator[Route]:
    """Walk the resolver, depth first, in the order in which Django tries."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, pattern, inner)
        elif isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name}" if entry.name else ""
            view = entry.callback
            yield Route(pattern, name, methods_of(view), getattr(view, "act", None), address_of(view))


def address_of(view: Callable[..., Any]) -> str:
    """Where the view is written."""
    return f"{view.__module__}.{getattr(view, '__qualname__', type(view).__name__)}"


def methods_of(view: Callable[..., Any]) -> tuple[str, ...] | None:
    """What `require_http_methods` or a class-based view says it answers; None where neither speaks."""
    if view_class := getattr(view, "view_class", None) or getattr(view, "cls", None):
        return tuple(name.upper() for name in view_class.http_method_names if hasattr(view_class, name))
    for layer in _layers(view):
        if allowed := inspect.getclosurevars(layer).nonlocals.get("request_method_list"):
            return tuple(allowed)
    return None


def _layers(view: Callable[..., Any] | None) -> Iterator[Callable[..., Any]]:
    """The view inside its decorators, from the outside in."""
    while view is not None:
        if inspect.isfunction(view):
            yield view
        view = getattr(view, "__wrapped__", None)
