"""How does Django know this package?"""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class PeopleConfig(AppConfig):
    name = "handrail.people"
    label = "people"

    def ready(self) -> None:
        user_logged_out.connect(_close_sockets, dispatch_uid="people.close_sockets")


def _close_sockets(*, user: Any, **kwargs: Any) -> None:
    """An agent who signs out leaves no socket behind."""
    if user is not None and hasattr(user, "close_sockets"):
        user.close_sockets()
