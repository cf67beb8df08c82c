"""Does a member find their own chats again, a page at a time, and nobody else's?"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.mediums.chat import actions, lists
from handrail.mediums.chat.models import Chat
from handrail.people.models import Member
from tests.chats import chat_of, said
from tests.fences.plans import lookups
from tests.making import viewer_of

pytestmark = pytest.mark.django_db


def over(member: Member, words: str) -> Chat:
    chat = chat_of(member, words)
    return actions.end(viewer_of(member), chat)


def subjects(page: lists.Page) -> list[str]:
    return [row.subject for row in page.rows]


def test_the_newest_comes_first_and_the_rest_on_further_pages(alice: Member) -> None:
    for number in range(lists.PAGE + 1):
        over(alice, f"Chat {number}")
    first = lists.page(viewer_of(alice), None, "")
    rest = lists.page(viewer_of(alice), None, first.before)
    assert subjects(first)[0] == f"Chat {lists.PAGE}"
    assert subjects(rest) == ["Chat 0"]
    assert rest.before == ""


@pytest.mark.parametrize("before", ["x", "2026-01-01~", "~1", "0001-01-01T00:00:00+14:00~1"])
def test_a_key_that_is_nonsense_begins_at_the_top(alice: Member, before: str) -> None:
    over(alice, "One")
    assert len(lists.page(viewer_of(alice), None, before).rows) <= 1


def test_words_of_any_message_find_it(alice: Member, bob: Member, carol: Member) -> None:
    chat = chat_of(alice, "My zebra campaign stands still")
    said(alice, chat, "The giraffe one, too")
    for text in ("zebra", "giraffe"):
        found = lists.found(viewer_of(alice), text)
        assert subjects(lists.page(viewer_of(alice), found, "")) == [chat.conversation.subject]
        for other in (bob, carol):
            found = lists.found(viewer_of(other), text)
            assert lists.page(viewer_of(other), found, "").rows == []


def test_one_chat_is_alive_at_a_time(alice: Member) -> None:
    assert lists.alive(viewer_of(alice)) is None
    chat = chat_of(alice)
    assert lists.alive(viewer_of(alice)) == chat
    actions.end(viewer_of(alice), chat)
    assert lists.alive(viewer_of(alice)) is None


def test_however_much_the_account_has_it_is_looked_up_by_who_began_it(alice: Member) -> None:
    chat_of(alice)
    with CaptureQueriesContext(connection) as captured:
        lists.page(viewer_of(alice), None, "")
    [query] = captured.captured_queries
    [(_table, columns)] = lookups(query["sql"], {"conversations_conversation"})
    assert {"creator_id", "kind"} <= columns
