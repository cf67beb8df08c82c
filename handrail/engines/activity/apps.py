"""How does Django know this package?"""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "handrail.engines.activity"
    label = "activity"
