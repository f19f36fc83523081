"""What is too large never reaches the app, nor the disk."""

from __future__ import annotations

import asyncio
import io

import pytest

from config.body import WAS_TOO_LARGE, limit_asgi, limit_wsgi


def through_asgi(pieces: list[bytes], limit: int) -> tuple[bytes, bool, int]:
    """What the app received, whether it was told, and how many pieces were left unread."""
    waiting = [
        {"type": "http.request", "body": piece, "more_body": number < len(pieces) - 1}
        for number, piece in enumerate(pieces)
    ]
    received = []

    async def receive():
        return waiting.pop(0)

    async def app(scope, receive, send):
        more = True
        while more:
            message = await receive()
            received.append(message.get("body", b""))
            more = message.get("more_body", False)

    scope = {"type": "http"}
    asyncio.run(limit_asgi(app, limit)(scope, receive, None))
    return b"".join(received), WAS_TOO_LARGE in scope, len(waiting)


@pytest.mark.parametrize(
    ("pieces", "received", "told"),
    [
        ([b"abc", b"de"], b"abcde", False),
        ([b""], b"", False),
        ([b"abc", b"def", b"ghi"], b"abc", True),
        ([b"abcdef"], b"", True),
    ],
)
def test_asgi_stops_at_the_limit_and_reads_the_rest_away(pieces, received, told):
    assert through_asgi(pieces, 5) == (received, told, 0)


def test_asgi_stops_listening_to_an_endless_body():
    _, told, unread = through_asgi([b"x" * 5] * 100, 5)
    assert (told, unread > 50) == (True, True)


def test_other_protocols_pass():
    seen = []

    async def app(scope, receive, send):
        seen.append(receive)

    asyncio.run(limit_asgi(app, 5)({"type": "lifespan"}, "receive", None))
    assert seen == ["receive"]


@pytest.mark.parametrize(("size", "told"), [(5, False), (6, True)])
def test_wsgi_throws_away_what_is_announced_as_too_large(size, told):
    stream = io.BytesIO(b"x" * size)
    seen = {}

    def app(environ, start_response):
        seen.update(environ)
        return []

    limit_wsgi(app, 5)({"CONTENT_LENGTH": str(size), "wsgi.input": stream}, None)
    assert (WAS_TOO_LARGE in seen, seen["CONTENT_LENGTH"], stream.tell()) == (
        told,
        "0" if told else "5",
        6 if told else 0,
    )
