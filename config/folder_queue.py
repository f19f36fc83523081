"""The embedded queue: messages as files in a folder, each of them whole before anybody can see it."""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path
from typing import Any

import structlog
from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps

log = structlog.get_logger(__name__)


class Channel(filesystem.Channel):
    """Kombu's own opens a message in its place before it writes; a worker that is quick reads nothing, and dies."""

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]  # kombu's own two differ
        place = Path(self.data_folder_out) / f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        aside = place.with_suffix(".part")
        aside.write_bytes(str_to_bytes(dumps(payload)))
        os.replace(aside, place)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """The next message; one that a power cut left empty is a bell that is rung again anyway."""
        while True:
            try:
                return super()._get(queue)
            except ValueError:
                log.warning("message_unreadable", queue=queue)


class Transport(filesystem.Transport):
    Channel = Channel
