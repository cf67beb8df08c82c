"""What does an agent read of who else is at a ticket?"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from handrail.engines.conversations.models import Presence
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member
from tests.making import ticket_of

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]


@pytest.fixture
def emil(installation: None) -> Agent:
    return create_agent(email="emil@handrail.example", name="Emil")


def test_others_are_named_and_oneself_is_not(
    alice: Member, dora: Agent, emil: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice)
    here = f"/console/tickets/{ticket.conversation.public_id}/here"
    of_dora, of_emil = browse(dora), browse(emil)
    assert of_dora.post(here).content.decode().strip() == ""
    assert "Dora is looking at this" in of_emil.post(here, {"writing": "on"}).content.decode()
    seen = of_dora.get(here).content.decode()
    assert "Emil is writing a reply" in seen
    assert "Dora" not in seen
    of_emil.post(here)
    assert "Emil is looking at this" in of_dora.get(here).content.decode()
    assert of_emil.post(here.replace("/here", "/left")).status_code == 204
    assert of_dora.get(here).content.decode().strip() == ""


def test_after_a_minute_nobody_is_here_any_more(
    alice: Member, dora: Agent, emil: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice)
    here = f"/console/tickets/{ticket.conversation.public_id}/here"
    browse(emil).post(here)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=61))
    assert browse(dora).get(here).content.decode().strip() == ""


def test_looking_is_not_being_here(alice: Member, dora: Agent, browse: Browse) -> None:
    ticket = ticket_of(alice)
    browse(dora).get(f"/console/tickets/{ticket.conversation.public_id}/here")
    assert not Presence.objects.exists()
