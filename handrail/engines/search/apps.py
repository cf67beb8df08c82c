"""How does Django know this package?"""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "handrail.engines.search"
    label = "search"
