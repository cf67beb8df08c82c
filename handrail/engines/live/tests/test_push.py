"""What if a push cannot be sent?"""

from typing import Any

import pytest

from handrail.engines.live import push
from handrail.engines.live.topics import Topic
from handrail.people.models import Agent, Member
from tests.making import reply, ticket_of
from tools.processes import free_port

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_redis_that_is_away_stops_no_write(
    alice: Member, dora: Agent, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The page catches up when it reconnects or is loaded again."""
    ticket = ticket_of(alice)
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}"
    message = reply(dora, ticket)
    assert message.pk
    assert "push_failed" in caplog.text


def test_where_no_page_is_open_nothing_is_sent() -> None:
    push.changed(Topic("queue"))
