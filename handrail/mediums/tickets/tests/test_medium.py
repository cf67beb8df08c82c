"""How do tickets plug into the hub?"""

from urllib.parse import parse_qs, urlsplit

import pytest

from handrail.hub.medium import Handoff
from handrail.hub.registry import find
from handrail.mediums.tickets import actions, medium
from handrail.mediums.tickets.medium import TicketsMedium
from handrail.mediums.tickets.states import Act
from handrail.people.models import Agent, Member, PlanEntitlement
from handrail.people.viewer import SYSTEM, viewer_for_nobody
from tests.making import reply, ticket_of, viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tickets() -> TicketsMedium:
    found = find("tickets")
    assert isinstance(found, TicketsMedium)
    return found


def test_the_badge_counts_what_is_unread_for_this_member(
    tickets: TicketsMedium, alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    reply(dora, ticket_of(alice))
    reply(dora, ticket_of(alice, is_shared=True))
    ticket_of(alice)
    counts = [tickets.badge(viewer_of(member)) for member in (alice, bob, carol)]
    assert counts == [2, 1, 0]
    assert tickets.badge(viewer_of(dora)) == tickets.badge(viewer_for_nobody()) == 0


def test_counts_stop_before_they_hurt(
    tickets: TicketsMedium, alice: Member, dora: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(medium, "MOST_COUNTED", 2)
    for _ in range(3):
        reply(dora, ticket_of(alice), act=Act.REPLY)
    waiting = tickets.desk_waiting(viewer_of(dora))
    assert waiting is not None
    assert (tickets.badge(viewer_of(alice)), waiting.count()) == (2, 2)


def test_without_the_entitlement_it_is_locked_and_says_why(
    tickets: TicketsMedium, alice: Member
) -> None:
    assert tickets.lock(viewer_of(alice)) is None
    PlanEntitlement.objects.filter(key="tickets.open").delete()
    lock = tickets.lock(viewer_of(alice))
    assert lock is not None
    assert lock.reason == "Your plan does not include tickets."


def test_what_waits_for_a_member_are_asked_and_solved_tickets(
    tickets: TicketsMedium, alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    reply(dora, ticket_of(alice, "asked"), act=Act.ASK)
    reply(dora, ticket_of(alice, "solved", is_shared=True), act=Act.OFFER)
    reply(dora, ticket_of(alice, "worked on"), act=Act.REPLY)
    closed = ticket_of(alice, "closed")
    actions.move(viewer_of(alice), closed, Act.CLOSE)
    shown = {
        member.name: [item.title for item in tickets.waiting(viewer_of(member))]
        for member in (alice, bob, carol)
    }
    assert shown == {"Alice": ["solved", "asked"], "Bob": ["solved"], "Carol": []}
    assert tickets.waiting(viewer_of(dora)) == []
    assert tickets.waiting(viewer_of(alice))[0].reason.startswith("We think that this solves it")


def test_the_console_has_a_place_for_those_who_work(
    tickets: TicketsMedium, alice: Member, dora: Agent
) -> None:
    from handrail.people.actions import create_agent

    ticket_of(alice)
    reply(dora, ticket_of(alice), act=Act.ASK)
    item = tickets.desk_item(viewer_of(dora))
    waiting = tickets.desk_waiting(viewer_of(dora))
    assert item is not None
    assert waiting is not None
    assert (item.url, waiting.count()) == ("/console/tickets/", 1)
    editor = create_agent(email="eva@handrail.example", name="Eva", role="editor")
    assert tickets.desk_item(viewer_of(editor)) is None
    assert tickets.desk_item(viewer_of(alice)) is None


def test_readable_is_what_the_pages_show(
    tickets: TicketsMedium, alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    shared = ticket_of(alice, is_shared=True).conversation.public_id
    private = ticket_of(alice).conversation.public_id
    asked = [shared, private, "AAAAAAAAAAAAAAAAAAAAAA"]
    readable = [tickets.readable(viewer_of(who), asked) for who in (alice, bob, carol, dora)]
    assert readable == [{shared, private}, {shared}, set(), {shared, private}]
    assert tickets.readable(viewer_for_nobody(), asked) == set()
    assert tickets.readable(SYSTEM, asked) == {shared, private}


def test_each_side_is_led_to_its_own_page(
    tickets: TicketsMedium, alice: Member, dora: Agent
) -> None:
    public_id = ticket_of(alice).conversation.public_id
    assert tickets.url_of(viewer_of(alice), public_id) == f"/help/tickets/{public_id}/"
    assert tickets.url_of(viewer_of(dora), public_id) == f"/console/tickets/{public_id}/"


def test_a_handoff_leads_to_a_form_that_is_filled_in_and_not_sent(
    tickets: TicketsMedium, alice: Member
) -> None:
    draft = Handoff(title="No clicks & no sales", body="Since Monday.", fields={"is_shared": "on"})
    parts = urlsplit(tickets.accept(viewer_of(alice), draft))
    assert parts.path == "/help/tickets/"
    assert parse_qs(parts.query) == {
        "createTicket": ["true"],
        "subject": ["No clicks & no sales"],
        "body": ["Since Monday."],
    }
