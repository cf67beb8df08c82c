"""How does Django know this package?"""

from django.apps import AppConfig


class DocsConfig(AppConfig):
    name = "handrail.mediums.docs"
    label = "docs"
