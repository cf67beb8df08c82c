"""What do actions say when they cannot be done?"""

from django.core.exceptions import ValidationError

from handrail.engines.conversations.models import Message


class NotNow(ValidationError):
    """The ticket's status does not allow this any more; the text says so in plain words."""


class Stale(NotNow):
    """Somebody else said or did something that the writer had not seen. `missed` is what."""

    def __init__(self, words: str, missed: list[Message]) -> None:
        super().__init__(words)
        self.missed = missed
