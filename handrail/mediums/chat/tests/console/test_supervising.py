"""Is what a supervisor sees true?"""

from datetime import timedelta

from django.utils import timezone

from handrail.mediums.chat.console.rail import live
from handrail.mediums.chat.console.supervising import crew_of, plot_of, waits_by_day
from handrail.mediums.chat.models import Availability, Chat
from handrail.people.models import Agent, Member
from tests.browsing import client_for
from tests.chats import agent_called, here, live_chat_of, said, waiting_chat_of
from tests.making import viewer_of


def waited(chat: Chat, seconds: int, days_ago: int) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    Chat.objects.filter(pk=chat.pk).update(accepted_at=at, waited_seconds=seconds)


def test_the_crew_is_known_with_its_load(dora: Agent, alice: Member, bob: Member) -> None:
    here(dora, limit=2)
    live_chat_of(alice, dora)
    [one] = crew_of(viewer_of(dora))
    assert (one.is_here, one.load, one.limit, one.is_full) == (True, 1, 2, False)
    live_chat_of(bob, dora)
    [one] = crew_of(viewer_of(dora))
    assert one.is_full


def test_who_is_not_heard_of_is_not_here(dora: Agent) -> None:
    here(dora)
    long_ago = timezone.now() - timedelta(minutes=10)
    Availability.objects.filter(agent=dora).update(seen_at=long_ago)
    [one] = crew_of(viewer_of(dora))
    assert (one.is_here, one.is_lost) == (False, True)


def test_medians_are_of_each_day(dora: Agent, alice: Member, bob: Member, carol: Member) -> None:
    for member, seconds, days_ago in ((alice, 60, 1), (bob, 300, 1), (carol, 9000, 40)):
        waited(live_chat_of(member, dora), seconds, days_ago)
    days = waits_by_day(viewer_of(dora))
    assert len(days) == 14
    assert sorted(days[-2][1]) == [60, 300]
    assert not any(waits for _day, waits in (*days[:-2], days[-1]))
    bars = plot_of(days).bars
    assert bars[-2].cells == ("3 min",)
    assert "2 chats" in bars[-2].says


def test_a_day_without_chats_is_a_gap_and_no_wait_is_a_0(dora: Agent, alice: Member) -> None:
    waited(live_chat_of(alice, dora), 0, 1)
    *_before, yesterday, today = plot_of(waits_by_day(viewer_of(dora))).bars
    assert (yesterday.is_gap, yesterday.pieces, yesterday.cells) == (False, (), ("0 s",))
    assert (today.is_gap, today.pieces, today.cells) == (True, (), ("No chats",))
    page = client_for(dora).get("/console/chat/overview/").content.decode()
    assert page.count('class="foot"') == 1
    assert page.count(">No chats</td>") == 13


def test_the_page_says_who_waits_longest(dora: Agent, alice: Member, bob: Member) -> None:
    since = timezone.now() - timedelta(minutes=17)
    Chat.objects.filter(pk=waiting_chat_of(bob).pk).update(waiting_since=since)
    waiting_chat_of(alice)
    page = client_for(dora).get("/console/chat/overview/").content.decode()
    assert "17 min" in page
    assert page.index("Bob") < page.index("Alice")


def test_a_supervisor_finds_the_chats_of_others(dora: Agent, alice: Member, bob: Member) -> None:
    emil = agent_called("Emil")
    said(dora, live_chat_of(alice, dora), "I look into it.")
    owed = live_chat_of(bob, emil)
    said(bob, owed, "**Still** there?")
    rows = live(viewer_of(dora))
    assert [(row.name, row.agent, row.words) for row in rows] == [
        ("Bob", "Emil", "Still there?"),
        ("Alice", dora.name, "I look into it."),
    ]
    page = client_for(dora).get("/console/chat/overview/").content.decode()
    assert owed.conversation.public_id in page
