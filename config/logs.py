"""One line per thing that happened, with the request it belongs to; JSON for machines, colours for people."""

from __future__ import annotations

import re
from typing import Any

import structlog

SECRET_IN_PATH = re.compile(r"(/accounts/(?:invitation|password/[^/ ]+)/)[^/ ]+")


def hide_tokens(logger: Any, method: str, line: dict[str, Any]) -> dict[str, Any]:
    """A link that lets somebody in must not lie in a log file."""
    if isinstance(request := line.get("request"), str):
        line["request"] = SECRET_IN_PATH.sub(r"\1…", request)
    return line


SHARED: list[Any] = [
    hide_tokens,
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def configure() -> None:
    """Send structlog's lines through the standard handlers, so that libraries' lines look the same."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def log_settings(level: str, *, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING for a level and a form."""
    last: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if as_json
        else [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Each request is already one structlog line; Django's own would be a second one.
            "django.request": {"level": "CRITICAL"},
            # Somebody tries a host name that isn't ours: refused, and no concern of ours.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django.server": {"level": "ERROR"},
            "axes": {"level": "ERROR"},
            "kombu.connection": {"level": "ERROR"},
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "WARNING"},
        },
    }
