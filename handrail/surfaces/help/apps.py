"""How does Django know this package?"""

from django.apps import AppConfig


class HelpConfig(AppConfig):
    name = "handrail.surfaces.help"
    label = "help"
