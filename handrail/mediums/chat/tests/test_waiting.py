"""Is what somebody who waits is told true, and does it say why?"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from conftest import ACME, GLOBEX
from handrail.mediums.chat import actions, waiting
from handrail.mediums.chat.models import Chat, Policy, Reason
from handrail.people.models import Agent, BusinessHours, Holiday, Host, Member, Team
from handrail.people.viewer import SYSTEM
from tests.chats import (
    agent_called,
    chat_of,
    here,
    live_chat_of,
    members_of,
    waiting_chat_of,
)
from tests.making import viewer_of

pytestmark = pytest.mark.django_db

FRIDAY_NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
"""The office hours of a new installation are 9 to 17 UTC, from Monday to Friday."""

Clock = Any


@pytest.fixture
def clock(installation: None) -> Iterator[Clock]:
    with time_machine.travel(FRIDAY_NOON, tick=False) as traveller:
        yield traveller


def told(who: Member, chat: Chat | None = None) -> waiting.Expected:
    return waiting.expected(viewer_of(who), chat)


def history(dora: Agent, members: list[Member], clock: Clock, *, wait: int, talk: int) -> None:
    """Chats that went like this."""
    for member in members:
        chat = waiting_chat_of(member)
        clock.shift(timedelta(seconds=wait))
        chat = actions.accept(viewer_of(dora), chat)
        clock.shift(timedelta(seconds=talk))
        actions.end(viewer_of(dora), chat)


# --- Closed -------------------------------------------------------------------------------------


def test_closed_for_the_weekend_it_says_when_we_are_back_in_their_time(
    clock: Clock, alice: Member, carol: Member
) -> None:
    clock.move_to(datetime(2026, 11, 28, 12, 0, tzinfo=UTC))
    expected = told(alice)
    assert (expected.seconds, expected.is_open) == (None, False)
    assert expected.opens_at == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    assert expected.why == "We are closed, back Monday 10:00 your time."  # Berlin
    assert told(carol).why == "We are closed, back Monday 4:00 your time."  # New York


def test_early_in_the_morning_it_is_today(clock: Clock, alice: Member) -> None:
    clock.move_to(datetime(2026, 11, 27, 5, 0, tzinfo=UTC))
    assert told(alice).why == "We are closed, back today 10:00 your time."


def test_over_holidays_it_says_the_date(clock: Clock, alice: Member) -> None:
    hours = BusinessHours.objects.get()
    for day in range(28, 31):
        Holiday.objects.create(hours=hours, date=date(2026, 12, day), name="Holidays")
    clock.move_to(datetime(2026, 12, 25, 20, 0, tzinfo=UTC))
    assert told(alice).why == "We are closed, back Thursday 10:00 your time."
    Holiday.objects.create(hours=hours, date=date(2026, 12, 31), name="New Year's Eve")
    Holiday.objects.create(hours=hours, date=date(2027, 1, 1), name="New Year")
    assert told(alice).why == "We are closed, back Monday, Jan. 4, 2027, 10:00 your time."


def test_in_their_language(clock: Clock, alice: Member) -> None:
    clock.move_to(datetime(2026, 11, 28, 12, 0, tzinfo=UTC))
    with translation.override("de"):
        assert "Montag" in told(alice).why


def test_with_no_opening_times_at_all_we_are_closed(clock: Clock, alice: Member) -> None:
    BusinessHours.objects.update(periods=[])
    expected = told(alice)
    assert (expected.opens_at, expected.is_open, expected.why) == (None, False, "We are closed.")


def test_somebody_who_is_there_all_the_same_is_there(
    clock: Clock, alice: Member, dora: Agent
) -> None:
    clock.move_to(datetime(2026, 11, 28, 12, 0, tzinfo=UTC))
    here(dora)
    assert told(alice).is_open
    assert told(alice).seconds


# --- Open ---------------------------------------------------------------------------------------


def test_where_none_of_us_came_it_says_so_and_promises_nothing(clock: Clock, alice: Member) -> None:
    expected = told(alice)
    assert (expected.seconds, expected.opens_at, expected.is_open) == (None, None, True)
    assert expected.why == "None of us is in the chat just now, so we cannot say how long it takes."


def test_around_the_clock_we_are_never_closed(clock: Clock, alice: Member) -> None:
    Policy.objects.update(hours=None)
    clock.move_to(datetime(2026, 11, 28, 3, 0, tzinfo=UTC))
    assert told(alice).is_open


def test_with_somebody_free_it_takes_about_a_minute(
    clock: Clock, alice: Member, dora: Agent
) -> None:
    here(dora)
    expected = told(alice)
    assert (expected.position, expected.seconds) == (1, 30)
    assert expected.why == "It takes about a minute. Somebody of us is free."
    chat = waiting_chat_of(alice)
    assert told(alice, chat).why == "You are next. It takes about a minute. Somebody of us is free."


def test_what_it_took_lately_counts_for_more(
    clock: Clock, alice: Member, dora: Agent, host: Host
) -> None:
    history(dora, members_of(host, 5, ACME), clock, wait=240, talk=600)
    here(dora)
    assert told(alice).seconds == 240
    assert "It takes about 4 minutes." in told(alice).why


def test_with_everybody_busy_the_queue_counts(
    clock: Clock, alice: Member, dora: Agent, host: Host
) -> None:
    members = members_of(host, 4, GLOBEX)
    history(dora, [*members_of(host, 5, ACME)], clock, wait=10, talk=600)
    here(dora, limit=2)
    for member in members[:2]:
        live_chat_of(member, dora)
    waits = waiting_chat_of(members[2])
    clock.shift(timedelta(seconds=1))
    chat = waiting_chat_of(alice)
    assert told(members[2], waits).position == 1
    expected = told(alice, chat)
    assert (expected.position, expected.seconds) == (2, 2 * 600 // 2 + 30)
    assert expected.why == (
        "You are number 2 in the queue. It takes about 11 minutes. "
        "One of us is here and in other chats."
    )


def test_old_talks_say_nothing_of_today(clock: Clock, dora: Agent, host: Host) -> None:
    history(dora, members_of(host, 5, ACME), clock, wait=240, talk=600)
    assert waiting.medians() == waiting.Medians(waited=240, lasted=600, count=5)
    clock.shift(timedelta(days=15))
    assert waiting.medians() == waiting.Medians(None, None, 0)


def test_where_those_who_know_are_away_it_says_so(clock: Clock, alice: Member, dora: Agent) -> None:
    here(dora)
    team = Team.objects.create(name="Billing")
    chat = actions.transfer(viewer_of(agent_called("Erik")), waiting_chat_of(alice), team=team)
    expected = told(alice, chat)
    assert (expected.seconds, expected.is_open) == (None, True)
    assert expected.why.startswith("You are next. Nobody who knows about this")


def test_the_place_in_the_queue_is_by_time(clock: Clock, host: Host) -> None:
    chats = []
    for member in members_of(host, 4, GLOBEX):
        chats.append(waiting_chat_of(member))
        clock.shift(timedelta(seconds=1))
    assert [waiting.place_of(chat) for chat in chats] == [1, 2, 3, 4]
    assert waiting.place_of(None) == 5
    actions.end(SYSTEM, chats[0])
    assert [waiting.place_of(chat) for chat in chats[1:]] == [1, 2, 3]


def test_it_costs_the_same_for_one_and_for_many(
    clock: Clock, alice: Member, dora: Agent, host: Host
) -> None:
    here(dora)
    chat = waiting_chat_of(alice, "Hello")
    with CaptureQueriesContext(connection) as one:
        told(alice, chat)
    for n, member in enumerate(members_of(host, 8, GLOBEX)):
        waiting_chat_of(member)
        here(agent_called(f"Agent{n}"))
    chat = Chat.objects.select_related("conversation__team").get(pk=chat.pk)
    with CaptureQueriesContext(connection) as many:
        told(alice, chat)
    assert len(many) == len(one) <= 7


def test_the_queue_is_served_by_its_own_index(clock: Clock, alice: Member) -> None:
    """Among those that wait for nobody: of one row any index is as good."""
    for _ended in range(30):
        actions.end(viewer_of(alice), chat_of(alice))
    chat = actions.ask_for_person(viewer_of(alice), chat_of(alice), Reason.WISH)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as captured:
        waiting.place_of(chat)
    sql = captured.captured_queries[0]["sql"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off")
            cursor.execute("EXPLAIN " + sql)
        else:
            cursor.execute("EXPLAIN QUERY PLAN " + sql)
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "chat_queue" in plan, plan
