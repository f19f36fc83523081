"""The WSGI entry of a server; production settings unless DJANGO_SETTINGS_MODULE says otherwise."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.body import limit_wsgi
from config.checks import refuse_half_configured
from config.collector import settle_in

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

_django = get_wsgi_application()
refuse_half_configured()
settle_in()
application = limit_wsgi(_django, settings.MAX_REQUEST_BYTES)
