"""Is the process alive, and can it do its work? For machines that watch; no log-in, no secrets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from accounts.declare import declare
from config.probes import NotReady
from config.version import version

log = structlog.get_logger(__name__)


@declare("public")
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """This process answers; nothing else is asked."""
    return JsonResponse({"status": "ok", "version": version()})


@declare("public")
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Each thing we depend on, named, with what is wrong; 503 if any is."""
    readings = {path.rpartition(".")[2]: _reading(import_string(path)) for path in settings.READINESS_PROBES}
    ready = all(reading["ok"] for reading in readings.values())
    return JsonResponse({"status": "ok" if ready else "not ready", "probes": readings}, status=200 if ready else 503)


def _reading(probe: Callable[[], str]) -> dict[str, Any]:
    """What a probe found; a probe that breaks is a thing that isn't ready."""
    try:
        return {"ok": True, "detail": probe()}
    except NotReady as reason:
        return {"ok": False, "detail": str(reason)}
    except Exception as error:
        log.exception("probe_failed")
        return {"ok": False, "detail": type(error).__name__}
