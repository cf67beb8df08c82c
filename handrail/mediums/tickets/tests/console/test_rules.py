"""What does the owner decide? Forms that come back with what was typed, and rules that count."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from handrail.engines.activity.models import Activity
from handrail.engines.conversations.models import Conversation, Priority
from handrail.mediums.tickets import actions, tasks
from handrail.mediums.tickets.console.rule_forms import MinutesField, PeriodsField
from handrail.mediums.tickets.models import Policy, SlaTarget
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole, BusinessHours, Member
from handrail.people.viewer import NotEntitled
from tests.making import ticket_of, viewer_of

POLICY = "/console/tickets/settings/policy/"
HOURS = "/console/tickets/settings/hours/"
TARGETS = "/console/tickets/settings/targets/"
PAGES = (POLICY, HOURS, TARGETS)

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def ada(installation: None) -> Agent:
    """The owner."""
    return create_agent(email="ada@handrail.example", name="Ada", role=AgentRole.ADMIN)


@pytest.fixture
def owner(ada: Agent, browse: Callable[..., Client]) -> Client:
    return browse(ada)


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_are_the_owners_alone(
    path: str, owner: Client, dora: Agent, browse: Callable[..., Client]
) -> None:
    page = owner.get(path)
    assert page.status_code == 200
    assert all(f'href="{other}"' in page.content.decode() for other in PAGES)
    assert browse(dora).get(path).status_code == 403
    assert browse(dora).post(path, {"warn_before_minutes": "5"}).status_code == 403


def test_the_policy_is_one_row_however_often_it_is_saved(owner: Client) -> None:
    for days in ("", "5"):
        answer = owner.post(
            POLICY,
            {
                "remind_after_days": days,
                "close_after_days": "9",
                "follow_up_after_days": "",
                "warn_before_minutes": "45",
            },
        )
        assert answer.status_code == 302
    policy = Policy.objects.get()
    assert (policy.remind_after_days, policy.close_after_days) == (5, 9)
    assert (policy.follow_up_after_days, policy.warn_before_minutes) == (None, 45)
    assert policy.asks_for_rating is False
    assert Activity.objects.filter(verb="tickets.policy_changed").count() == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"remind_after_days": "7", "close_after_days": "7"}, "some days after the reminder"),
        ({"remind_after_days": "-1"}, "greater than or equal to 1"),
        ({"close_after_days": "9999999999"}, "less than or equal to 365"),
        ({"warn_before_minutes": "soon"}, "whole number"),
    ],
)
def test_a_policy_that_cannot_be_comes_back(
    owner: Client, given: dict[str, str], words: str
) -> None:
    answer = owner.post(POLICY, {"warn_before_minutes": "30", **given})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert all(value in answer.content.decode() for value in given.values())
    assert Policy.objects.get().remind_after_days == 3


def test_hours_have_several_times_a_day_and_holidays(owner: Client) -> None:
    week = {"day_0": "9-12, 13:00 – 17:30", "day_6": "22:00-24:00"}  # noqa: RUF001
    given = {"name": "Day", "zoneinfo": "Europe/Berlin", "holidays": "2027-01-01 New Year\n"}
    assert owner.post(HOURS, {**given, **week}).status_code == 302
    hours = BusinessHours.objects.get()
    assert hours.periods == [[0, "09:00", "12:00"], [0, "13:00", "17:30"], [6, "22:00", "24:00"]]
    assert [str(holiday) for holiday in hours.holidays.all()] == ["2027-01-01: New Year"]
    page = owner.get(HOURS).content.decode()
    assert "09:00-12:00, 13:00-17:30" in page
    assert "2027-01-01 New Year" in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"day_0": "09:00-12:00, 11:00-17:00"}, "overlap"),
        ({"day_0": "17:00-09:00"}, "is not a time"),
        ({"day_0": "25:00-26:00"}, "is not a time"),
        ({"day_0": "morning"}, "is not a time"),
        ({"holidays": "Christmas"}, "does not begin with a date"),
        ({"zoneinfo": "../etc/passwd"}, "Select a valid choice"),
    ],
)
def test_hours_that_cannot_be_come_back(owner: Client, given: dict[str, str], words: str) -> None:
    answer = owner.post(HOURS, {"name": "Day", "zoneinfo": "UTC", **given})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert next(iter(given.values())) in answer.content.decode()
    assert BusinessHours.objects.get().name != "Day"


@given(st.text(max_size=60))
def test_whatever_is_typed_as_times_is_taken_or_refused(text: str) -> None:
    from django.core.exceptions import ValidationError

    for field in (PeriodsField(required=False), MinutesField(required=False)):
        try:
            field.clean(text)
        except ValidationError as refusal:
            assert refusal.messages


def test_what_is_promised_is_a_grid(owner: Client, alice: Member) -> None:
    plan = alice.account.plan
    given = {"reply:*:*": "8h", "solution:*:*": "24h", f"reply:{plan.key}:40": "1h 30m"}
    assert owner.post(TARGETS, given).status_code == 302
    assert SlaTarget.objects.count() == 2
    exact = SlaTarget.objects.get(plan=plan, priority=Priority.URGENT)
    assert (exact.first_reply_minutes, exact.resolution_minutes) == (90, None)
    assert 'value="1h 30m"' in owner.get(TARGETS).content.decode()
    owner.post(TARGETS, {"reply:*:*": "8h"})
    assert SlaTarget.objects.get().resolution_minutes is None


@pytest.mark.parametrize("text", ["soon", "0m", "9999999h", "-4h", "4 days"])
def test_a_promise_that_cannot_be_comes_back(owner: Client, text: str) -> None:
    answer = owner.post(TARGETS, {"reply:*:*": text})
    assert answer.status_code == 422
    assert f'value="{text}"' in answer.content.decode()
    assert not SlaTarget.objects.exists()


def test_new_rules_count_for_tickets_that_are_open(
    owner: Client, ada: Agent, alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handrail.mediums.tickets.actions.sla.BATCH", 2)
    with time_machine.travel(MONDAY, tick=False):
        opened = [ticket_of(alice) for _ in range(5)]
        boss = viewer_of(ada)
        actions.set_targets(boss, {(None, None): (60, None)})
        every_due(opened, None)
        after: int | None = 0
        while after is not None:
            after = actions.reckon_some(tasks.CLOCK, after)
        every_due(opened, MONDAY + timedelta(hours=1))
        actions.set_targets(boss, {(None, None): (None, None)})
        tasks.reckon_all.call()
        assert Conversation.objects.filter(due_at=None).count() == 2


def every_due(tickets: list[Any], at: datetime | None) -> None:
    dues = Conversation.objects.filter(pk__in=[ticket.pk for ticket in tickets])
    assert {conversation.due_at for conversation in dues} == {at}


def test_no_other_agent_may_by_any_way(dora: Agent) -> None:
    desk, hours = viewer_of(dora), BusinessHours.objects.get()
    with pytest.raises(NotEntitled):
        actions.set_targets(desk, {})
    with pytest.raises(NotEntitled):
        actions.change_policy(desk, Policy())
    with pytest.raises(NotEntitled):
        actions.change_hours(desk, hours, name="x", zoneinfo="UTC", periods=[], holidays={})
