"""Does a member's open page keep their place, and a closed one give it up?"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from handrail.mediums.chat import tasks
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import Status
from handrail.people.models import Member
from tests.browsing import client_for
from tests.chats import waiting_chat_of

pytestmark = pytest.mark.django_db


def test_who_keeps_the_page_open_goes_on_waiting_and_who_closes_it_does_not(alice: Member) -> None:
    browser = client_for(alice)
    with time_machine.travel(datetime(2026, 11, 27, 12, 0, tzinfo=UTC), tick=False) as clock:
        chat = waiting_chat_of(alice)
        address = f"/help/chat/{chat.conversation.public_id}"
        for _ in range(30):
            clock.shift(timedelta(minutes=1))
            assert browser.post(f"{address}/here").status_code == 204
        tasks.go_round.call()
        assert Chat.objects.get(pk=chat.pk).conversation.status == Status.WAITING
        assert browser.post(f"{address}/left").status_code == 204
        assert Chat.objects.get(pk=chat.pk).has_left
        clock.shift(timedelta(minutes=11))
        tasks.go_round.call()
        assert Chat.objects.get(pk=chat.pk).ticket


def test_nobody_else_is_there_for_them(alice: Member, bob: Member, carol: Member) -> None:
    chat = waiting_chat_of(alice)
    for member in (bob, carol):
        for act in ("here", "left"):
            address = f"/help/chat/{chat.conversation.public_id}/{act}"
            assert client_for(member).post(address).status_code == 404
    assert client_for(None).post(address).status_code == 401
