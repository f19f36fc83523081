"""The house with three more doors, behind which something fails."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from accounts.declare import declare
from config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ("handler400", "handler403", "handler404", "handler500", "urlpatterns")


@declare("public")
def fails(request):
    raise ValueError("a secret of ours")


@declare("public")
def locked(request):
    raise OperationalError("database is locked")


@declare("public")
def refuses(request):
    raise PermissionDenied("The desk has closed.")


@csrf_exempt
@declare("public")
def takes(request):
    return HttpResponse(str(len(request.POST)))


urlpatterns = [
    *urlpatterns,
    path("fails/", fails),
    path("locked/", locked),
    path("refuses/", refuses),
    path("takes/", takes),
]
