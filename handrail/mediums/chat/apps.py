"""How does Django know this package?"""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "handrail.mediums.chat"
    label = "chat"
