"""The ASGI entry of a server; production settings unless DJANGO_SETTINGS_MODULE says otherwise."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from config.body import limit_asgi
from config.checks import refuse_half_configured
from config.collector import settle_in

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

_django = get_asgi_application()
refuse_half_configured()
settle_in()
application = limit_asgi(_django, settings.MAX_REQUEST_BYTES)
