"""How much of a request's body a server reads before Django sees it, and when it had read it all.

Under ASGI Django writes the whole body to disk before its first middleware runs, so the limit must stand here.
What is too much is read to its end and thrown away, because a browser shows our sentence only when it could
send everything; after ten times the limit we stop listening.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from accounts import clock

WAS_TOO_LARGE = "tandem.too_large"
READ_AT = "tandem.read_at"
PATIENCE = 10

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
ASGIApp = Callable[[Any, Any, Any], Awaitable[None]]
WSGIApp = Callable[[dict[str, Any], Any], Iterable[bytes]]

NOTHING_MORE: Message = {"type": "http.request", "body": b"", "more_body": False}


def limit_asgi(app: ASGIApp, limit: int) -> ASGIApp:
    """The same app, which never receives more than `limit` bytes of a body."""

    async def limited(scope: MutableMapping[str, Any], receive: Receive, send: Any) -> None:
        if scope["type"] == "http":
            receive = _stop_at(limit, scope, receive)
        await app(scope, receive, send)

    return limited


def _stop_at(limit: int, scope: MutableMapping[str, Any], receive: Receive) -> Receive:
    """A `receive` that hands the body on up to the limit, then marks the scope and throws the rest away."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        while taken > limit and message.get("more_body") and taken <= limit * PATIENCE:
            message = await receive()
            taken += len(message.get("body", b""))
        if taken > limit and message["type"] == "http.request":
            scope[WAS_TOO_LARGE] = True
            return NOTHING_MORE
        if not message.get("more_body"):
            scope.setdefault(READ_AT, clock.now())  # from here on, waiting is ours
        return message

    return counted


def limit_wsgi(app: WSGIApp, limit: int) -> WSGIApp:
    """The same app; a body announced as too large is thrown away before the app starts."""

    def limited(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        announced = environ.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > limit:
            _throw_away(environ["wsgi.input"], min(int(announced), limit * PATIENCE))
            environ |= {"CONTENT_LENGTH": "0", WAS_TOO_LARGE: True}
        return app(environ, start_response)

    return limited


def _throw_away(stream: Any, size: int) -> None:
    """Read up to `size` bytes into nowhere."""
    while size > 0 and (piece := stream.read(min(size, 65536))):
        size -= len(piece)
