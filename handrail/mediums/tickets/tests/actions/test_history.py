"""What changed, and who reads of it? Agents alone; for members nothing even stirs."""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.engines.conversations.models import Conversation, Message, Priority
from handrail.engines.notify.models import OutgoingMail
from handrail.mediums.tickets import actions, threads
from handrail.mediums.tickets.actions import history
from handrail.mediums.tickets.models import Ticket
from handrail.people.models import Agent, Member, Team
from handrail.people.viewer import SYSTEM
from tests.making import ticket_of, viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(alice: Member, dora: Agent) -> Ticket:
    """A ticket on which everything changed of which members never hear."""
    ticket = ticket_of(alice, is_shared=True)
    desk = viewer_of(dora)
    for _twice in range(2):
        actions.assign(desk, ticket, dora)
        actions.set_priority(desk, ticket, Priority.URGENT)
    actions.assign(desk, ticket, None)
    team = Team.objects.create(name="Reports")
    history.teamed(desk, ticket.conversation, team)
    history.teamed(SYSTEM, ticket.conversation, None)
    return ticket


def words_for(who: Member | Agent, ticket: Ticket) -> list[str]:
    return [line.words for line in threads.thread(viewer_of(who), ticket) if line.words]


def test_agents_read_each_change_once(changed: Ticket, dora: Agent) -> None:
    assert words_for(dora, changed) == [
        "Dora took this",
        "Dora set the priority to Urgent",
        "Dora gave this to nobody",
        "Dora gave this to the team Reports",
        "Handrail took this from its team",
    ]


def test_members_read_of_none(
    changed: Ticket, alice: Member, bob: Member, browse: Callable[..., Client]
) -> None:
    secrets = ("gave this", "Urgent", "Reports", "priority", "Dora")
    path = f"/help/tickets/{changed.conversation.public_id}/"
    for member in (alice, bob):
        assert words_for(member, changed) == []
        assert Message.objects.visible_to(viewer_of(member)).count() == 1
        for page in (path, f"{path}messages", "/help/tickets/", "/help/"):
            shown = browse(member).get(page).content.decode()
            assert not [word for word in secrets if word in shown], page


def test_for_members_nothing_stirs(changed: Ticket) -> None:
    conversation = Conversation.objects.get(pk=changed.pk)
    assert conversation.last_message_at == changed.conversation.last_message_at
    assert not conversation.is_unread
    assert set(OutgoingMail.objects.values_list("kind", flat=True)) == {"tickets.opened"}


def test_agents_see_it_between_the_messages(
    changed: Ticket, dora: Agent, browse: Callable[..., Client]
) -> None:
    page = browse(dora).get(f"/console/tickets/{changed.conversation.public_id}/").content.decode()
    assert "Dora set the priority to Urgent" in page
