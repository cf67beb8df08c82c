"""Which tickets belong together, who sees it, and what does it tell?"""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.engines.conversations.models import Link
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import NotNow
from handrail.mediums.tickets.actions.linking import MOST_LINKS
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.threads import links, thread
from handrail.people.models import Agent, Member
from handrail.people.viewer import NotEntitled
from tests.making import ticket_of, viewer_of

pytestmark = pytest.mark.django_db


def linked(who: Member | Agent, ticket: Ticket) -> set[int]:
    return {one.ticket.pk for one in links(viewer_of(who), ticket.conversation)}


def test_each_leads_to_the_other_once(alice: Member, dora: Agent) -> None:
    one, other = ticket_of(alice), ticket_of(alice)
    actions.link(viewer_of(dora), one, other)
    actions.link(viewer_of(dora), other, one)
    assert Link.objects.count() == 1
    assert linked(dora, one) == linked(alice, one) == {other.pk}
    assert linked(dora, other) == {one.pk}


def test_members_see_a_link_only_where_both_are_theirs(
    alice: Member, bob: Member, carol: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    shared = ticket_of(alice, is_shared=True)
    private = ticket_of(alice, "Alice's secret")
    globex = ticket_of(carol, "Globex's secret")
    for other in (private, globex):
        actions.link(viewer_of(dora), shared, other)
    assert linked(dora, shared) == {private.pk, globex.pk}
    assert linked(alice, shared) == {private.pk}
    assert linked(bob, shared) == linked(carol, globex) == set()
    path = f"/help/tickets/{shared.conversation.public_id}/"
    assert "secret" not in browse(bob).get(path).content.decode()
    assert "Alice&#x27;s secret" in browse(alice).get(path).content.decode()


def test_it_is_on_record_for_agents_alone(alice: Member, dora: Agent) -> None:
    one, other = ticket_of(alice), ticket_of(alice)
    actions.link(viewer_of(dora), one, other)
    actions.unlink(viewer_of(dora), other, one)
    said = [line.words for line in thread(viewer_of(dora), one) if line.words]
    number = other.conversation.number
    assert said == [f"Dora linked #{number}", f"Dora removed the link to #{number}"]
    assert not [line for line in thread(viewer_of(alice), one) if line.words]


def test_what_came_of_an_act_is_not_unlinked(alice: Member, dora: Agent) -> None:
    one, other = ticket_of(alice), ticket_of(alice)
    actions.merge(viewer_of(dora), one, other)
    actions.unlink(viewer_of(dora), other, one)
    assert Link.objects.count() == 1


def test_refusals(alice: Member, dora: Agent) -> None:
    one, other = ticket_of(alice), ticket_of(alice)
    with pytest.raises(NotNow, match="itself"):
        actions.link(viewer_of(dora), one, one)
    with pytest.raises(NotEntitled):
        actions.link(viewer_of(alice), one, other)
    for _ in range(MOST_LINKS):
        actions.link(viewer_of(dora), one, ticket_of(alice))
    with pytest.raises(NotNow, match="room for 50"):
        actions.link(viewer_of(dora), one, other)
