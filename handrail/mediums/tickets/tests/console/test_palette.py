"""Does the palette find tickets, and offer what can be done with the one that is open?"""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.engines.conversations.models import Priority
from handrail.hub.medium import Command
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.console import palette
from handrail.mediums.tickets.states import Act
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole, Member
from handrail.people.viewer import Viewer
from tests.making import ticket_of, viewer_of

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]


def labels(commands: list[Command]) -> list[str]:
    return [command.label for command in commands]


def acts(viewer: Viewer, public_id: str, text: str = "") -> dict[str, Command]:
    return {command.label: command for command in palette.acts(viewer, public_id, text)}


def test_a_number_and_words_lead_to_a_ticket(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice, "Postback answers 302").conversation
    ticket_of(alice, "Something else")
    for text in (f"#{ticket.number}", str(ticket.number), "postback 30"):
        [command] = palette.search(viewer_of(dora), text)
        assert command.url == f"/console/tickets/{ticket.public_id}/"
        assert command.hint == f"#{ticket.number} · Acme · Open"
    assert palette.search(viewer_of(dora), "#1") == []
    assert palette.search(viewer_of(dora), "…") == []


def test_an_editor_finds_nothing_and_can_do_nothing(alice: Member) -> None:
    ticket = ticket_of(alice, "Postback").conversation
    eva = create_agent(email="eva@handrail.example", name="Eva", role=AgentRole.EDITOR)
    viewer = viewer_of(eva)
    assert palette.search(viewer, "postback") == []
    assert palette.seen(viewer, [ticket.public_id]) == []
    assert palette.acts(viewer, ticket.public_id, "") == []


def test_what_was_seen_stands_in_its_order(alice: Member, dora: Agent) -> None:
    one, two = (ticket_of(alice, subject).conversation.public_id for subject in ("One", "Two"))
    for order, subjects in (([one, "gone", two], ["One", "Two"]), ([two, one], ["Two", "One"])):
        assert labels(palette.seen(viewer_of(dora), order)) == subjects


def test_only_what_is_possible_now_is_offered(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    viewer, public_id = viewer_of(dora), ticket.conversation.public_id
    offered = acts(viewer, public_id)
    assert {"Assign to me", "Close", "Start work", "Follow", "Priority: Urgent"} <= set(offered)
    assert not {"Assign to nobody", "Reopen", "Priority: Normal", "Stop following"} & set(offered)
    actions.assign(viewer, ticket, dora)
    actions.set_priority(viewer, ticket, Priority.URGENT)
    actions.follow(viewer, ticket)
    actions.move(viewer, ticket, Act.CLOSE)
    offered = acts(viewer, public_id)
    assert {"Assign to nobody", "Reopen", "Priority: Normal", "Stop following"} <= set(offered)
    assert not {"Assign to me", "Close", "Follow", "Priority: Urgent"} & set(offered)


def test_other_agents_and_tags_come_where_they_are_asked_for(alice: Member, dora: Agent) -> None:
    create_agent(email="finn@handrail.example", name="Finn Berg")
    create_agent(email="eva@handrail.example", name="Eva", role=AgentRole.EDITOR)
    public_id = ticket_of(alice).conversation.public_id
    viewer = viewer_of(dora)
    assert "Assign to Finn Berg" not in acts(viewer, public_id, "finn")
    assert "Assign to Finn Berg" in acts(viewer, public_id, "assign fi")
    assert "Assign to Eva" not in acts(viewer, public_id, "assign")
    assert "Tag: very vip" in acts(viewer, public_id, "tag very vip")
    assert not [label for label in acts(viewer, public_id, "refund") if label.startswith("Tag:")]
    assert "Tag: " + "x" * 41 not in acts(viewer, public_id, "tag " + "x" * 41)


def test_every_act_that_is_offered_works(alice: Member, dora: Agent, browse: Browse) -> None:
    create_agent(email="finn@handrail.example", name="Finn Berg")
    viewer, browser = viewer_of(dora), browse(dora)
    for text in ("", "assign", "tag vip"):
        for label in acts(viewer, ticket_of(alice).conversation.public_id, text):
            command = acts(viewer, ticket_of(alice).conversation.public_id, text)[label]
            if command.post:
                answer = browser.post(command.post, dict(command.values))
                assert answer.status_code == 200, label
                assert f'id="{command.target}"' in answer.content.decode(), label
                assert 'role="alert"' not in answer.content.decode(), label
