"""How does Django know this package?"""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "handrail.engines.conversations"
    label = "conversations"

    def ready(self) -> None:
        from handrail.engines.conversations import live_acts, topics

        topics.register()
        live_acts.register()
