"""What do actions say when they cannot be done?"""

from django.core.exceptions import ValidationError


class NotNow(ValidationError):
    """The ticket's status does not allow this any more; the text says so in plain words."""
