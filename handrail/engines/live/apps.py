"""How does Django know this package?"""

from typing import Any

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "handrail.engines.live"
    label = "live"

    def ready(self) -> None:
        from handrail.people.signals import sessions_ended

        sessions_ended.connect(_close_sockets, dispatch_uid="live.close_sockets")


def _close_sockets(*, session_ids: list[str], **kwargs: Any) -> None:
    from handrail.engines.live import push

    push.end_sessions(session_ids)
