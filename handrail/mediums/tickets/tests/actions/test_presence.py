"""Who is at a ticket, for how long, and is anybody told for nothing?"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from handrail.engines.conversations import topics
from handrail.engines.conversations.models import Conversation, Message, Presence
from handrail.engines.live import push
from handrail.engines.live.topics import Topic
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import Ticket
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member
from handrail.people.viewer import NotEntitled
from tests.making import ticket_of, viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pushed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The topics that open pages are told of."""
    told: list[str] = []
    monkeypatch.setattr(push, "changed", lambda topic: told.append(str(topic)))
    return told


@pytest.fixture
def finn(installation: None) -> Agent:
    return create_agent(email="finn@handrail.example", name="Finn")


def be_here(agent: Agent, ticket: Ticket, *, is_writing: bool = False) -> None:
    actions.be_here(viewer_of(agent), ticket, is_writing=is_writing)


def test_agents_are_told_when_something_changed_and_else_not(
    alice: Member, dora: Agent, pushed: list[str]
) -> None:
    ticket = ticket_of(alice)
    pushed.clear()
    topic = str(Topic(topics.PRESENCE, ticket.conversation.public_id))
    steps: list[tuple[Callable[[], None], list[str]]] = [
        (lambda: be_here(dora, ticket), [topic]),
        (lambda: be_here(dora, ticket), []),
        (lambda: be_here(dora, ticket, is_writing=True), [topic]),
        (lambda: be_here(dora, ticket, is_writing=True), []),
        (lambda: be_here(dora, ticket), [topic]),
        (lambda: actions.leave(viewer_of(dora), ticket), [topic]),
        (lambda: actions.leave(viewer_of(dora), ticket), []),
    ]
    for act, expected in steps:
        act()
        assert pushed == expected
        pushed.clear()


def test_who_came_back_after_a_minute_is_told_of(
    alice: Member, dora: Agent, pushed: list[str]
) -> None:
    ticket = ticket_of(alice)
    be_here(dora, ticket)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=61))
    pushed.clear()
    be_here(dora, ticket)
    assert len(pushed) == 1


def test_nothing_is_left_of_where_somebody_was(alice: Member, dora: Agent, finn: Agent) -> None:
    before, here = ticket_of(alice), ticket_of(alice)
    be_here(dora, before)
    be_here(finn, before)
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    be_here(dora, here)
    assert set(Presence.objects.values_list("agent__name", "conversation_id")) == {
        ("Finn", before.pk),
        ("Dora", here.pk),
    }


def test_for_members_nothing_stirs(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    before = Conversation.objects.filter(pk=ticket.pk).values().get()
    be_here(dora, ticket, is_writing=True)
    assert Conversation.objects.filter(pk=ticket.pk).values().get() == before
    assert Message.objects.count() == 1


def test_members_are_nowhere(alice: Member) -> None:
    ticket = ticket_of(alice)
    with pytest.raises(NotEntitled):
        actions.be_here(viewer_of(alice), ticket, is_writing=True)
    with pytest.raises(NotEntitled):
        actions.leave(viewer_of(alice), ticket)
