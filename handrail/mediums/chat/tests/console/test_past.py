"""Are past chats found again?"""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from handrail.engines.conversations.models import Conversation, Score
from handrail.mediums.chat import actions
from handrail.mediums.chat.console import past
from handrail.mediums.chat.console.past import Filters, page_of
from handrail.mediums.chat.models import Chat
from handrail.people.models import Agent, Member
from tests.browsing import client_for
from tests.chats import live_chat_of, said, waiting_chat_of
from tests.making import viewer_of


def ended(member: Member, agent: Agent, body: str = "Where are my clicks?") -> Chat:
    return actions.end(viewer_of(agent), live_chat_of(member, agent, body))


def found(agent: Agent, query: str = "") -> list[int]:
    chats, _before = page_of(viewer_of(agent), Filters.of(QueryDict(query)), "")
    return [chat.pk for chat in chats]


def test_what_goes_on_is_not_past(dora: Agent, alice: Member, bob: Member) -> None:
    over = ended(alice, dora)
    waiting_chat_of(bob)
    assert found(dora) == [over.pk]


def test_filters_narrow(dora: Agent, alice: Member, bob: Member) -> None:
    rated, other = ended(alice, dora), ended(bob, dora, "An invoice is missing")
    actions.rate(viewer_of(alice), rated, Score.GOOD)
    Chat.objects.filter(pk=other.pk).update(reason="failure")
    Conversation.objects.filter(pk=other.pk).update(assignee=None)
    assert found(dora, "rating=3") == [rated.pk]
    assert found(dora, "rating=none") == [other.pk]
    assert found(dora, "reason=failure") == [other.pk]
    assert found(dora, f"agent={dora.public_id}") == [rated.pk]
    assert found(dora, "agent=nobody") == [other.pk]
    assert found(dora, "q=invoice") == [other.pk]
    assert found(dora, "q=%3F%3F") == []


def test_days_are_whole_and_where_the_agent_is(dora: Agent, alice: Member) -> None:
    over = ended(alice, dora)
    today = timezone.localdate()
    assert found(dora, f"since={today}&until={today}") == [over.pk]
    assert found(dora, f"until={today - timedelta(days=1)}") == []
    assert found(dora, f"since={today + timedelta(days=1)}") == []


@pytest.mark.parametrize(
    "query",
    [
        *("rating=9", "reason=none", "since=yesterday", "agent=%00", "q=%00", "until=1"),
        *(
            "before=x~y",
            "before=9999-12-31T23:59:59-23:59~1",
            "before=0001-01-01T00:00:00%2B23:59~1",
        ),
        *("until=9999-12-31", "since=0001-01-01"),
    ],
)
def test_nonsense_narrows_nothing_and_breaks_nothing(
    dora: Agent, alice: Member, query: str
) -> None:
    ended(alice, dora)
    assert client_for(dora).get(f"/console/chat/past/?{query}").status_code == 200


@pytest.mark.parametrize("query", ["", "reason=button", "rating=none"])
def test_pages_follow_each_other(
    dora: Agent, alice: Member, bob: Member, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr(past, "PAGE", 1)
    older, newer = ended(alice, dora), ended(bob, dora)
    viewer, filters = viewer_of(dora), Filters.of(QueryDict(query))
    first, before = page_of(viewer, filters, "")
    second, end = page_of(viewer, filters, before)
    assert [chat.pk for chat in (*first, *second)] == [newer.pk, older.pk]
    assert end == ""


def test_a_search_shows_where_the_words_were_said(dora: Agent, alice: Member) -> None:
    chat = live_chat_of(alice, dora, "No clicks")
    said(alice, chat, "It is about invoice <b>4711</b>, as it happens.")
    actions.end(viewer_of(dora), chat)
    page = client_for(dora).get("/console/chat/past/?q=invoice").content.decode()
    assert "about <mark>invoice</mark> &lt;b&gt;4711" in page
