"""How does Django know this package?"""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "handrail.surfaces.console"
    label = "console"
