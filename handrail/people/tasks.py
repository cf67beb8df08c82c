"""What happens later? What has expired is forgotten."""

from datetime import timedelta

from django.utils import timezone

from handrail.people.models import HelpSession, OneTimePass, SpentToken
from handrail.people.tokens import LEEWAY_SECONDS

KEEP_SESSIONS = timedelta(days=1)
"""An expired session is still known for a day, so that a renewal continues what it was."""


def forget_expired() -> None:
    """Deletes expired sessions, codes, links and spent tokens. Idempotent; an hourly run is good.

    A spent token is kept until it could not be accepted any more: its expiry plus the leeway.
    """
    now = timezone.now()
    OneTimePass.objects.filter(expires_at__lt=now).delete()
    HelpSession.objects.filter(expires_at__lt=now - KEEP_SESSIONS).delete()
    SpentToken.objects.filter(expires_at__lt=now - timedelta(seconds=LEEWAY_SECONDS * 2)).delete()
