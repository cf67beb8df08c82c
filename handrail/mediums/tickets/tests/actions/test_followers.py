"""Who hears of a ticket that is not theirs? Those who follow, for as long as they may see it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from handrail.engines.conversations.models import Follower
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import Ticket
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole, Member
from handrail.people.viewer import Viewer
from tests.making import note, reply, ticket_of, viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(alice: Member) -> Ticket:
    return ticket_of(alice, is_shared=True)


def mails_to(who: Member | Agent) -> int:
    return OutgoingMail.objects.filter(kind="tickets.followed", to_address=who.email).count()


def notices_of(who: Member | Agent) -> int:
    reader = {"member": who} if isinstance(who, Member) else {"agent": who}
    return Notice.objects.filter(**reader).count()


def test_a_colleague_who_follows_hears_of_both_sides(
    shared: Ticket, alice: Member, bob: Member, dora: Agent
) -> None:
    actions.follow(viewer_of(bob), shared)
    actions.follow(viewer_of(bob), shared)
    assert Follower.objects.count() == 1
    reply(dora, shared, "We found it.")
    reply(alice, shared, "Thanks!")
    assert mails_to(bob) == 2
    assert notices_of(bob) == 1  # the newest takes the place of the one before
    assert "We found it." in OutgoingMail.objects.filter(to_address=bob.email)[0].text


def test_nobody_hears_of_their_own_words_or_twice(
    shared: Ticket, alice: Member, bob: Member, dora: Agent
) -> None:
    for who in (alice, bob, dora):
        actions.follow(viewer_of(who), shared)
    reply(bob, shared)
    reply(dora, shared)
    assert mails_to(alice) == 0
    assert OutgoingMail.objects.filter(kind="tickets.reply", to_address=alice.email).count() == 1
    assert mails_to(bob) == 1
    assert mails_to(dora) == 1


def test_who_stops_following_hears_no_more(shared: Ticket, bob: Member, dora: Agent) -> None:
    actions.follow(viewer_of(bob), shared)
    actions.unfollow(viewer_of(bob), shared)
    actions.unfollow(viewer_of(bob), shared)
    reply(dora, shared)
    assert (mails_to(bob), notices_of(bob)) == (0, 0)


def test_an_agent_who_follows_gets_a_link_to_the_desk(
    shared: Ticket, alice: Member, dora: Agent
) -> None:
    actions.follow(viewer_of(dora), shared)
    reply(alice, shared)
    mail = OutgoingMail.objects.get(kind="tickets.followed")
    assert mail.to_address == dora.email
    assert f"/console/tickets/{shared.conversation.public_id}/" in mail.text
    assert notices_of(dora) == 1


def test_notes_go_to_nobody(shared: Ticket, bob: Member, dora: Agent) -> None:
    actions.follow(viewer_of(bob), shared)
    note(dora, shared)
    assert (mails_to(bob), notices_of(bob)) == (0, 0)


def test_whoever_lost_sight_of_it_hears_no_more(
    shared: Ticket, alice: Member, bob: Member, dora: Agent
) -> None:
    actions.follow(viewer_of(bob), shared)
    actions.share(viewer_of(alice), shared, False)
    before = notices_of(bob)
    reply(dora, shared, "A secret.")
    assert (mails_to(bob), notices_of(bob)) == (0, before)
    actions.share(viewer_of(alice), shared, True)
    reply(dora, shared)
    assert mails_to(bob) == 1


def test_whoever_left_the_account_hears_no_more(shared: Ticket, bob: Member, dora: Agent) -> None:
    actions.follow(viewer_of(bob), shared)
    Member.objects.filter(pk=bob.pk).update(ended_at=timezone.now())
    reply(dora, shared)
    assert (mails_to(bob), notices_of(bob)) == (0, 0)


def test_carol_hears_nothing_even_where_a_row_says_that_she_follows(
    shared: Ticket, carol: Member, dora: Agent
) -> None:
    Follower.objects.create(conversation=shared.conversation, member=carol)
    reply(dora, shared)
    assert (mails_to(carol), notices_of(carol)) == (0, 0)


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": AgentRole.EDITOR}])
def test_an_agent_who_may_not_read_tickets_any_more_hears_nothing(
    shared: Ticket, alice: Member, change: dict[str, object]
) -> None:
    finn = create_agent(email="finn@handrail.example", name="Finn", role=AgentRole.AGENT)
    actions.follow(viewer_of(finn), shared)
    Agent.objects.filter(pk=finn.pk).update(**change)
    reply(alice, shared)
    assert (mails_to(finn), notices_of(finn)) == (0, 0)


def test_nobody_follows_without_signing_in(shared: Ticket) -> None:
    with pytest.raises(PermissionDenied):
        actions.follow(Viewer(), shared)


def test_the_buttons_follow_and_end_it(
    shared: Ticket, bob: Member, carol: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    for who, side in ((bob, "help"), (dora, "console")):
        path = f"/{side}/tickets/{shared.conversation.public_id}/"
        browser = browse(who)
        assert 'name="follow" value="on"' in browser.get(path).content.decode()
        answer = browser.post(f"{path}follow", {"follow": "on"})
        assert "Stop following" in answer.content.decode()
        browser.post(f"{path}follow", {"follow": "off"})
        assert not Follower.objects.exists()
    path = f"/help/tickets/{shared.conversation.public_id}/follow"
    assert browse(carol).post(path, {"follow": "on"}).status_code == 404
