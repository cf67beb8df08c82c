"""Can the whole demo be told by the real actions, and is what comes of it worth looking at?"""

import re
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from handrail.config.demo import load, promises
from handrail.config.demo.load import CONTENT
from handrail.engines.activity.models import Activity
from handrail.engines.conversations.models import (
    Attachment,
    Conversation,
    Follower,
    Link,
    LinkKind,
    Message,
    MessageKind,
    Priority,
    Rating,
    Score,
    Tagging,
)
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.engines.notify.tasks import deliver
from handrail.mediums.tickets.actions import KIND
from handrail.mediums.tickets.console import placeholders
from handrail.mediums.tickets.models import (
    AddedAddress,
    CannedReply,
    IssueType,
    SavedView,
    Ticket,
)
from handrail.mediums.tickets.states import WAITING_ON_MEMBER, Act, Status, Who, rule_for
from handrail.people.models import Agent, Host, Member, Plan, PlanEntitlement, Team
from handrail.people.viewer import SYSTEM

YOUNGEST = timedelta(minutes=6)
"""The loader takes whatever is younger than five minutes for what it has just written."""
OLDEST = timedelta(days=40)
SILENCE = timedelta(days=7)
"""After which the new installation's policy closes what waits for a member."""
UNITS = {"d": "days", "h": "hours", "m": "minutes"}
TOLD = (
    Activity,
    AddedAddress,
    Agent,
    Attachment,
    CannedReply,
    Conversation,
    Follower,
    Host,
    IssueType,
    Member,
    Message,
    Notice,
    OutgoingMail,
    Plan,
    PlanEntitlement,
    Rating,
    SavedView,
    Tagging,
    Team,
)
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u06ff]")
PICTOGRAM = re.compile(r"[\u2700-\u27bf\U0001f300-\U0001faff]")
LONG_ADDRESS = re.compile(r"https://\S{150,}")


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


AGENTS = {agent["key"] for agent in read("people.toml")["agent"]}
TICKETS = [
    ticket
    for account in read("people.toml")["account"]
    for ticket in read(f"tickets/{account['id']}.toml")["ticket"]
]


@pytest.fixture
def told(db: None, tmp_path: Path, settings: Any) -> int:
    """The demo, loaded; how many tickets the loader counts."""
    settings.ENV = replace(settings.ENV, data=tmp_path)
    return load()


@pytest.mark.once
@pytest.mark.parametrize("ticket", TICKETS, ids=lambda ticket: ticket["subject"][:40])
def test_moments_of_a_ticket_follow_each_other_within_forty_days(ticket: dict[str, Any]) -> None:
    moments = [ago(ticket["opened"]), *(ago(step["ago"]) for step in ticket.get("step", []))]

    assert moments == sorted(set(moments), reverse=True)
    assert moments[0] <= OLDEST
    assert moments[-1] >= YOUNGEST


@pytest.mark.once
def test_texts_hold_what_pages_find_hard_to_show() -> None:
    bodies = [part.get("body", "") for ticket in TICKETS for part in parts_of(ticket)]

    for hard in (RIGHT_TO_LEFT, PICTOGRAM, LONG_ADDRESS):
        assert any(hard.search(body) for body in bodies)


def test_the_loaded_tickets_are_those_of_the_content(told: int) -> None:
    rows = Conversation.objects.of_kind(KIND).exclude(account=None).order_by("created_at")
    told_by_age = sorted(TICKETS, key=lambda ticket: ago(ticket["opened"]), reverse=True)

    assert told == len(rows) == len(TICKETS) == 60
    for row, ticket in zip(rows, told_by_age, strict=True):
        assert row.subject == ticket["subject"]
        assert row.status == expected_status(ticket), row.subject
        assert row.priority == Priority[ticket.get("priority", "normal").upper()]
        assert row.is_unread == ticket.get("unread", False)
        assert row.is_shared == ticket.get("shared", False)
        assert abs(row.created_at - (timezone.now() - ago(ticket["opened"]))) < YOUNGEST
    assert Attachment.objects.exclude(message=None).count() == len(attachments())
    assert not Attachment.objects.filter(message=None).exists()
    assert AddedAddress.objects.filter(was_told=True).count() == 3


@pytest.mark.parametrize(
    "words",
    [
        "Grüß Gott",
        "nous étions à",
        "¿Pueden",
        "fuso horário",
        "السلام عليكم",
        "お世話になって",
        "请不要",
    ],
)
@pytest.mark.once
def test_members_ask_in_several_languages(words: str) -> None:
    assert any(words.lower() in ticket["body"].lower() for ticket in TICKETS)


def test_tickets_have_all_that_agents_do_with_them(told: int) -> None:
    tickets = Ticket.objects.visible_to(SYSTEM)

    assert set(Conversation.objects.values_list("priority", flat=True)) == set(Priority.values)
    assert Team.objects.count() == 3
    for team in Team.objects.all():
        assert Conversation.objects.filter(team=team).count() >= 5
    assert Tagging.objects.count() >= 30
    assert not Tagging.objects.exclude(last_message_at=F("conversation__last_message_at")).exists()
    assert not tickets.exclude(conversation__category=F("issue_type_id")).exists()
    assert set(Rating.objects.values_list("score", flat=True)) == set(Score.values)
    assert Rating.objects.exclude(comment="").count() >= 4
    assert Follower.objects.exclude(agent=None).exists()
    assert Follower.objects.exclude(member=None).exists()
    assert Link.objects.filter(kind=LinkKind.FOLLOW_UP).count() == 2
    assert SavedView.objects.filter(owner=None).exists()
    assert SavedView.objects.exclude(owner=None).exists()
    assert tickets.exclude(reminded_at=None).count() >= 5


def test_some_promises_are_missed_and_others_are_not(told: int) -> None:
    due = Conversation.objects.exclude(due_at=None)

    assert due.filter(due_at__lt=timezone.now()).count() >= 3
    assert due.filter(due_at__gte=timezone.now()).count() >= 3


def test_silence_reminded_and_closed_at_its_own_time(told: int) -> None:
    expired = Message.objects.filter(member=None, agent=None, event="status")

    assert expired.count() >= 3
    for event in expired.select_related("conversation"):
        closed = event.conversation
        assert closed.status == Status.CLOSED
        assert closed.closed_at == event.created_at == closed.last_message_at + SILENCE


def test_somebody_who_cannot_sign_in_waits_for_an_agent(told: int) -> None:
    [request] = read("sign_in_help.toml")["request"]
    ticket = Conversation.objects.get(account=None).ticket
    assert (ticket.sign_in_request.name, ticket.sign_in_request.email) == (
        request["name"],
        request["email"],
    )
    assert ticket.issue_type.is_for_sign_in
    assert ticket.issue_type.retired_at is None


def test_numbers_follow_age_across_accounts(told: int) -> None:
    by_number = list(
        Conversation.objects.of_kind(KIND).order_by("number").values_list("created_at")
    )

    assert by_number == sorted(by_number)


def test_the_queue_is_alive_and_something_waits_for_alice(told: int) -> None:
    statuses = Counter(Conversation.objects.of_kind(KIND).values_list("status", flat=True))
    assigned = Conversation.objects.of_kind(KIND).exclude(assignee=None).count()
    recent = timezone.now() - timedelta(hours=6)
    alice = Member.objects.get(person__subject="alice", account__external_id="acme")
    waiting = Conversation.objects.filter(creator=alice, status__in=WAITING_ON_MEMBER)

    assert min(statuses[status] for status in Status) >= 4
    assert told / 2 <= assigned <= told * 4 / 5
    assert Conversation.objects.filter(last_message_at__gte=recent).count() >= 6
    assert waiting.filter(is_unread=True).count() >= 3
    assert Message.objects.filter(kind=MessageKind.NOTE).count() >= 8


def test_nothing_of_the_demo_seems_to_have_happened_while_it_was_loaded(told: int) -> None:
    now = timezone.now() - YOUNGEST + timedelta(minutes=1)

    assert not Conversation.objects.filter(last_message_at__gt=now).exists()
    assert not Message.objects.filter(created_at__gt=now).exists()
    assert not Notice.objects.filter(created_at__gt=now).exists()
    assert not OutgoingMail.objects.filter(created_at__gt=now).exists()
    assert not Activity.objects.filter(medium=KIND, at__gt=now).exists()


def test_agents_of_the_demo_have_replies_whose_placeholders_are_known(told: int) -> None:
    given = read("canned_replies.toml")["reply"]
    kept = CannedReply.objects.visible_to(SYSTEM)
    assert {reply.title for reply in kept} == {reply["title"] for reply in given}
    assert len(kept) == len(given) == 8
    assert not [reply.title for reply in kept if placeholders.unknown(reply.body)]
    assert {reply.owner.name for reply in kept if reply.owner} == {"Dora Novak"}


def test_no_mail_of_the_demo_is_left_to_send(told: int) -> None:
    assert OutgoingMail.objects.exists()
    assert not OutgoingMail.objects.filter(sent_at=None).exists()
    assert not DBTaskResult.objects.filter(task_path=deliver.module_path).exists()
    assert mail.outbox == []


def test_loading_twice_changes_nothing(told: int) -> None:
    before = {model: list(model._default_manager.order_by("pk").values()) for model in TOLD}

    assert load() == told

    for model, rows in before.items():
        again = list(model._default_manager.order_by("pk").values())
        assert without_vouching(again) == without_vouching(rows), model


def test_at_another_port_it_is_the_same_platform_and_nothing_is_loaded_again(
    told: int, settings: Any
) -> None:
    """Whoever starts the demo again may have to choose another port."""
    before = {model: model._default_manager.count() for model in TOLD}
    settings.ENV = replace(settings.ENV, demo_port=8123)
    assert load() == told
    assert {model: model._default_manager.count() for model in TOLD} == before
    host = Host.objects.get()
    assert host.issuer == "http://localhost:8123"
    assert host.origins == ["http://localhost:8123"]
    assert host.sign_in_url == "http://localhost:8123/help-sign-in"


@pytest.mark.django_db(transaction=True)
def test_a_load_that_stopped_half_way_begins_anew(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it stops: nothing of it is there before all of it is."""
    settings.ENV = replace(settings.ENV, data=tmp_path)
    with monkeypatch.context() as stopped, pytest.raises(KeyboardInterrupt):
        stopped.setattr(promises, "settle", _interrupted)
        load()
    assert not any(model._default_manager.exists() for model in (Host, Team, Conversation, Message))
    assert load() > 0


def _interrupted() -> None:
    raise KeyboardInterrupt


def ago(text: str) -> timedelta:
    parts = {UNITS[unit]: int(count) for count, unit in re.findall(r"(\d+)([dhm])", text)}
    return timedelta(**parts)


def parts_of(ticket: dict[str, Any]) -> list[dict[str, Any]]:
    return [ticket, *ticket.get("step", [])]


def attachments() -> list[str]:
    return [
        name
        for ticket in TICKETS
        for part in parts_of(ticket)
        for name in part.get("attachments", [])
    ]


def expected_status(ticket: dict[str, Any]) -> Status:
    """What the table of transitions makes of the ticket's steps, and of silence after them."""
    status, steps = Status.OPEN, ticket.get("step", [])
    for step in steps:
        if step["act"] in ("note", "rate"):
            continue
        who = Who.AGENT if step["by"] in AGENTS else Who.MEMBER
        rule = rule_for(who, Act(step["act"]), status)
        assert rule, f"{ticket['subject']}: nobody can {step['act']} when {status}"
        status = rule.after or status
    if status in WAITING_ON_MEMBER and ago(steps[-1]["ago"]) > SILENCE:
        return Status.CLOSED
    return status


def without_vouching(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without the moment at which the host last vouched: loading vouches anew."""
    return [{key: row[key] for key in row if key != "asserted_at"} for row in rows]
