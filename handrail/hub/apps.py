"""How does Django know this package?"""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class HubConfig(AppConfig):
    name = "handrail.hub"
    label = "hub"

    def ready(self) -> None:
        from handrail.engines.activity.actions import recorded
        from handrail.hub import answerers, events

        autodiscover_modules("medium")
        answerers.use_model()
        recorded.connect(events.tell_listeners, dispatch_uid="hub.tell_listeners")
