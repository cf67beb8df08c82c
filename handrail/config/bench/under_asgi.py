"""What would Handrail cost under Django's own ASGI handler? The same pages, for comparison."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

application = get_asgi_application()
