"""How does Django know this package?"""

from django.apps import AppConfig


class AiConfig(AppConfig):
    name = "handrail.engines.ai"
    label = "ai"
