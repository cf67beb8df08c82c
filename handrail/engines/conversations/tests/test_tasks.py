"""What happens to conversations later?"""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from handrail.engines.conversations.models import Attachment
from handrail.engines.conversations.tasks import KEEP_UNSENT
from handrail.engines.tasks.worker import Worker, enqueue_due
from handrail.people.models import Member
from tests.making import upload

pytestmark = pytest.mark.django_db


def test_unsent_uploads_are_forgotten_by_the_clock(alice: Member) -> None:
    upload(alice)
    for later, left in [(KEEP_UNSENT - timedelta(hours=1), 1), (KEEP_UNSENT * 2, 0)]:
        with time_machine.travel(timezone.now() + later):
            enqueue_due()
            Worker().run_ready()
            assert Attachment.objects.count() == left
