"""How does a plain request reach Django? The WSGI handler, run by `asgi.py` on its threads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

application = get_wsgi_application()
