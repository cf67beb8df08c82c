"""What happens by the clock: members who are silent are reminded, and in the end it closes."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handrail.engines.activity.models import Activity
from handrail.engines.conversations.models import Conversation
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.mediums.tickets import actions, tasks, threads
from handrail.mediums.tickets.models import Policy, Ticket
from handrail.mediums.tickets.states import Act, Status
from handrail.people.models import Agent, Member
from tests.making import reply, ticket_of, viewer_of
from tests.racing import at_once

pytestmark = pytest.mark.django_db

Pass = Callable[[float], None]


@pytest.fixture
def later() -> Iterator[Pass]:
    """Days pass, and what runs by the clock runs."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:

        def let(days: float) -> None:
            traveller.shift(timedelta(days=days))
            tasks.remind_the_silent.call()
            tasks.close_the_silent.call()

        yield let


def status_of(ticket: Ticket) -> str:
    return Conversation.objects.get(pk=ticket.pk).status


def reminders(ticket: Ticket) -> int:
    return OutgoingMail.objects.filter(
        kind="tickets.remind", thing_id=ticket.conversation.public_id
    ).count()


@pytest.mark.parametrize("act", [Act.ASK, Act.OFFER])
def test_a_silent_member_is_reminded_once_and_then_it_closes(
    later: Pass, alice: Member, dora: Agent, act: Act
) -> None:
    ticket = ticket_of(alice)
    reply(dora, ticket, act=act)
    before = status_of(ticket)
    later(2.9)
    assert reminders(ticket) == 0
    later(0.2)
    later(1)
    assert reminders(ticket) == 1
    assert Notice.objects.filter(member=alice, title__startswith="We wait").count() == 1
    assert status_of(ticket) == before
    later(3)
    assert status_of(ticket) == Status.CLOSED
    last = threads.thread(viewer_of(alice), ticket)[-1]
    assert last.words == "Closed by itself, because nobody answered"
    closing = Activity.objects.filter(verb="tickets.close").latest("pk")
    assert (closing.system, closing.agent, closing.member) == ("clock", None, None)
    assert OutgoingMail.objects.filter(kind="tickets.expire").count() == 1


def test_a_word_begins_the_silence_anew(later: Pass, alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    reply(dora, ticket, act=Act.ASK)
    later(3.1)
    reply(alice, ticket)
    later(30)
    assert status_of(ticket) == Status.IN_PROGRESS
    reply(dora, ticket, act=Act.ASK)
    later(3.1)
    assert reminders(ticket) == 2
    assert status_of(ticket) == Status.AWAITING


def test_what_waits_for_us_is_left_alone(later: Pass, alice: Member, dora: Agent) -> None:
    open_one, started = ticket_of(alice), ticket_of(alice)
    actions.move(viewer_of(dora), started, Act.START)
    later(100)
    assert status_of(open_one) == Status.OPEN
    assert status_of(started) == Status.IN_PROGRESS
    assert OutgoingMail.objects.filter(kind__in=["tickets.remind", "tickets.expire"]).count() == 0


def test_a_limit_set_just_now_closes_no_old_ticket_without_a_word(
    later: Pass, alice: Member, dora: Agent
) -> None:
    Policy.objects.update(remind_after_days=None, close_after_days=None)
    ticket = ticket_of(alice)
    reply(dora, ticket, act=Act.ASK)
    later(100)
    assert (reminders(ticket), status_of(ticket)) == (0, Status.AWAITING)
    Policy.objects.update(remind_after_days=3, close_after_days=7)
    later(0.1)
    assert (reminders(ticket), status_of(ticket)) == (1, Status.AWAITING)
    later(4.1)
    assert status_of(ticket) == Status.CLOSED


def test_who_left_the_account_gets_no_mail(later: Pass, alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    reply(dora, ticket, act=Act.ASK)
    Member.objects.filter(pk=alice.pk).update(ended_at=timezone.now())
    later(3.1)
    later(4.1)
    assert status_of(ticket) == Status.CLOSED
    assert OutgoingMail.objects.filter(kind__in=["tickets.remind", "tickets.expire"]).count() == 0


def test_members_cannot_let_time_pass(alice: Member) -> None:
    for act in (actions.remind_silent, actions.close_silent, actions.warn):
        with pytest.raises(PermissionDenied):
            act(viewer_of(alice))


@pytest.mark.django_db(transaction=True)
def test_an_answer_at_the_same_moment_is_never_lost(alice: Member, dora: Agent) -> None:
    """Either order is right: it stays open, or the answer reopens it."""
    Policy.objects.update(remind_after_days=None, close_after_days=0)
    for _ in range(5):
        ticket = ticket_of(alice)
        reply(dora, ticket, act=Act.ASK)
        answers = at_once([partial(reply, alice, ticket), tasks.close_the_silent.call])
        assert not [answer for answer in answers if isinstance(answer, Exception)]
        assert status_of(ticket) in {Status.IN_PROGRESS, Status.OPEN}


def test_a_ticket_that_was_answered_after_it_was_found_is_left_alone(
    alice: Member, dora: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handrail.mediums.tickets.actions import silence

    ticket = ticket_of(alice)
    reply(dora, ticket, act=Act.ASK)
    monkeypatch.setattr(silence, "_silent", lambda *_: [ticket.pk])
    assert actions.remind_silent(tasks.CLOCK) == 0
    assert actions.close_silent(tasks.CLOCK) == 0
    assert status_of(ticket) == Status.AWAITING


def test_an_index_finds_the_silent_and_the_due(alice: Member) -> None:
    ticket_of(alice)
    with CaptureQueriesContext(connection) as captured:
        tasks.remind_the_silent.call()
        tasks.warn_of_deadlines.call()
    queries = [q["sql"] for q in captured if "last_message_at" in q["sql"] or "due_at" in q["sql"]]
    assert len(queries) == 3
    for sql in queries:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
            explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
            cursor.execute(f"{explain} {sql}")
            plan = str(cursor.fetchall())
        assert "conv_due" in plan or "conv_queue" in plan or "conv_alive" in plan, plan


# --- Long after it was closed -------------------------------------------------------------------


@pytest.fixture
def closed_long_ago(alice: Member, dora: Agent) -> Iterator[Ticket]:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        ticket = ticket_of(alice, is_shared=True)
        reply(dora, ticket, act=Act.OFFER)
        actions.move(viewer_of(alice), ticket, Act.ACCEPT)
        traveller.shift(timedelta(days=15))
        yield ticket


def test_an_answer_opens_a_follow_up(
    closed_long_ago: Ticket, alice: Member, dora: Agent, bob: Member
) -> None:
    message = reply(bob, closed_long_ago, "It is back.")
    follow_up = message.conversation
    assert follow_up.pk != closed_long_ago.pk
    assert status_of(closed_long_ago) == Status.CLOSED
    assert (follow_up.creator, follow_up.is_shared, follow_up.status) == (bob, True, Status.OPEN)
    assert follow_up.assignee == dora
    assert follow_up.ticket.issue_type == closed_long_ago.issue_type
    link = follow_up.links.get()
    assert (link.kind, link.other) == ("follow_up", closed_long_ago.conversation)
    lines = threads.thread(viewer_of(bob), follow_up.ticket)
    assert lines[0].message.body == "It is back."
    assert f"#{closed_long_ago.conversation.number}" in lines[1].words


def test_each_of_the_two_leads_to_the_other_where_the_reader_may_see_it(
    closed_long_ago: Ticket, alice: Member, bob: Member, dora: Agent, browse: Callable[..., Any]
) -> None:
    follow_up = reply(alice, closed_long_ago).conversation
    first = closed_long_ago.conversation
    for who, side in ((bob, "help"), (dora, "console")):
        for here, there, words in ((first, follow_up, "goes on"), (follow_up, first, "began")):
            page = browse(who).get(f"/{side}/tickets/{here.public_id}/").content.decode()
            assert f"It {words} in" in page
            assert f'href="/{side}/tickets/{there.public_id}/"' in page
    actions.share(viewer_of(alice), follow_up.ticket, False)
    page = browse(bob).get(f"/help/tickets/{first.public_id}/").content.decode()
    assert "It goes on in" not in page and follow_up.public_id not in page


def test_a_private_ticket_has_a_private_follow_up(alice: Member, dora: Agent, bob: Member) -> None:
    ticket = ticket_of(alice)
    actions.move(viewer_of(alice), ticket, Act.CLOSE)
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        follow_up = reply(alice, ticket).conversation
    assert not Ticket.objects.visible_to(viewer_of(bob)).filter(pk=follow_up.pk).exists()


def test_sent_twice_it_is_one_follow_up(closed_long_ago: Ticket, alice: Member) -> None:
    first = reply(alice, closed_long_ago)
    again = reply(alice, closed_long_ago, client_id=first.client_id)
    assert again == first
    assert Conversation.objects.count() == 2


def test_reopening_is_refused_then_and_agents_still_can(
    closed_long_ago: Ticket, alice: Member, dora: Agent
) -> None:
    with pytest.raises(actions.NotNow, match="begin anew"):
        actions.move(viewer_of(alice), closed_long_ago, Act.REOPEN)
    actions.move(viewer_of(dora), closed_long_ago, Act.REOPEN)
    assert status_of(closed_long_ago) == Status.IN_PROGRESS


@pytest.mark.parametrize(("days", "is_anew"), [(None, False), (16, False), (15, True)])
def test_the_owner_says_how_long_is_long(
    closed_long_ago: Ticket, alice: Member, days: int | None, is_anew: bool
) -> None:
    Policy.objects.update(follow_up_after_days=days)
    message = reply(alice, closed_long_ago)
    assert (message.conversation_id != closed_long_ago.pk) == is_anew


def test_the_page_leads_to_the_follow_up(
    closed_long_ago: Ticket, alice: Member, browse: Callable[..., Any]
) -> None:
    browser = browse(alice)
    path = f"/help/tickets/{closed_long_ago.conversation.public_id}/"
    page = browser.get(path).content.decode()
    assert "Write to us about this again" in page
    assert 'value="reopen"' not in page
    sent = {"body": "It is back.", "client_id": "6f1d3a0c-6d8f-4b57-a3a8-6f5e4f6f3c11"}
    answer = browser.post(f"{path}reply", sent)
    follow_up = Conversation.objects.latest("pk")
    assert answer["HX-Redirect"] == f"/help/tickets/{follow_up.public_id}/?new=1"
