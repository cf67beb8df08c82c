"""How does Django know this package?"""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "handrail.engines.notify"
    label = "notify"
