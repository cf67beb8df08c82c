"""What if a push cannot be sent?"""

from typing import Any

import pytest

from handrail.engines.live import push
from handrail.engines.live.topics import Topic
from handrail.people.models import Agent, Member
from tests.making import reply, ticket_of

pytestmark = pytest.mark.django_db(transaction=True)


class Broken:
    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        raise ConnectionError("Redis is away")


def test_a_layer_that_is_away_stops_no_write(
    alice: Member, dora: Agent, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The page catches up when it reconnects or is loaded again."""
    ticket = ticket_of(alice)
    monkeypatch.setattr(push, "get_channel_layer", Broken)
    message = reply(dora, ticket)
    assert message.pk
    assert "push_failed" in caplog.text
    assert "Redis is away" in caplog.text


def test_without_a_layer_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push, "get_channel_layer", lambda: None)
    push.changed(Topic("queue"))


def test_a_session_has_a_group_of_its_own() -> None:
    assert push.session_group("help-7") != push.session_group("agent-7")
