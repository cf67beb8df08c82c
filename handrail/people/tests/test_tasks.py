"""What is forgotten, and when?"""

from datetime import timedelta

import time_machine
from django.utils import timezone

from handrail.people.actions import make_code, make_link, start_session
from handrail.people.models import HelpSession, Member, OneTimePass
from handrail.people.tasks import forget_expired


def test_what_still_counts_is_kept(alice: Member) -> None:
    make_code(start_session(alice).session)
    make_link(alice, "/help/")
    forget_expired()
    assert (HelpSession.objects.count(), OneTimePass.objects.count()) == (1, 2)


def test_what_expired_is_forgotten_in_its_time(alice: Member) -> None:
    make_code(start_session(alice).session)
    make_link(alice, "/help/")
    with time_machine.travel(timezone.now() + timedelta(minutes=40)):
        forget_expired()
        assert (HelpSession.objects.count(), OneTimePass.objects.count()) == (1, 1)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        forget_expired()
        assert not HelpSession.objects.exists()
        assert not OneTimePass.objects.exists()
