"""Do we know whether the member is there, as far as we heard of them?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handrail.mediums.chat import actions
from handrail.mediums.chat.actions.presence import HERE_FOR
from handrail.mediums.chat.models import Chat
from handrail.people.models import Agent, Member
from handrail.people.viewer import NotEntitled, NotSignedIn, viewer_for_nobody
from tests.chats import chat_of, said
from tests.making import viewer_of

pytestmark = pytest.mark.django_db

Traveller = Any


@pytest.fixture(autouse=True)
def clock() -> Iterator[Traveller]:
    with time_machine.travel(datetime(2026, 11, 27, 12, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def is_here(chat: Chat) -> bool:
    """As whoever looks after those who wait reads it."""
    chat.refresh_from_db()
    seen = chat.member_seen_at
    return not chat.has_left and seen is not None and seen > timezone.now() - HERE_FOR


def test_a_member_is_there_while_a_page_says_so(alice: Member, clock: Traveller) -> None:
    chat = chat_of(alice)
    assert is_here(chat)
    clock.shift(timedelta(minutes=3))
    assert not is_here(chat)
    actions.member_is_here(viewer_of(alice), chat)
    assert is_here(chat)


def test_who_closes_the_page_has_left_until_another_speaks_up(alice: Member) -> None:
    chat = chat_of(alice)
    actions.member_left(viewer_of(alice), chat)
    assert not is_here(chat)
    actions.member_is_here(viewer_of(alice), chat)
    assert is_here(chat)
    actions.member_left(viewer_of(alice), chat)
    said(alice, chat)
    assert is_here(chat)


def test_many_pages_cost_what_one_does(alice: Member, clock: Traveller) -> None:
    chat = chat_of(alice)
    clock.shift(timedelta(seconds=20))
    actions.member_is_here(viewer_of(alice), chat)
    seen = Chat.objects.get(pk=chat.pk).member_seen_at
    clock.shift(timedelta(seconds=5))
    with CaptureQueriesContext(connection) as captured:
        actions.member_is_here(viewer_of(alice), chat)
    assert Chat.objects.get(pk=chat.pk).member_seen_at == seen
    assert len(captured) <= 5


def test_nobody_else_says_it(alice: Member, bob: Member, carol: Member, dora: Agent) -> None:
    chat = chat_of(alice)
    for act in (actions.member_is_here, actions.member_left):
        for member in (bob, carol):
            with pytest.raises(PermissionDenied):
                act(viewer_of(member), chat)
        with pytest.raises(NotEntitled):
            act(viewer_of(dora), chat)
        with pytest.raises(NotSignedIn):
            act(viewer_for_nobody(), chat)
