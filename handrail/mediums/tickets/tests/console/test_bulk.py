"""What does an agent get who changes several tickets at once?"""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets.models import BulkChange
from handrail.mediums.tickets.states import Status
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member
from tests.making import ticket_of

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
BULK = "/console/tickets/bulk"


def test_tickets_are_closed_and_undone_by_the_toast(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ids = [ticket_of(alice).conversation.public_id for _ in range(2)]
    browser = browse(dora)
    answer = browser.post(BULK, {"field": "act", "value": "close", "ticket": ids})
    toast = json.loads(answer["HX-Trigger"])["handrail:toast"]
    assert toast["text"] == "2 tickets changed"
    again = browser.post(BULK, {"field": "act", "value": "close", "ticket": ids})
    assert "This could not be done with:" in again.content.decode()
    assert "action" not in json.loads(again["HX-Trigger"])["handrail:toast"]
    undone = browser.post(toast["action"]["url"])
    assert json.loads(undone["HX-Trigger"])["handrail:toast"]["text"] == "2 tickets are as before"
    assert set(Conversation.objects.values_list("status", flat=True)) == {Status.OPEN}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"field": "status", "value": "closed"},
        {"field": "act", "value": "accept"},
        {"field": "priority", "value": "25"},
        {"field": "assignee", "value": "A" * 22},
        {"field": "team", "value": "x"},
        {"field": "tag", "value": ","},
        {"field": "tag", "value": "\0"},
    ],
)
def test_nonsense_changes_nothing(
    alice: Member, dora: Agent, browse: Browse, given: dict[str, str]
) -> None:
    ticket = ticket_of(alice).conversation.public_id
    assert browse(dora).post(BULK, {**given, "ticket": ticket}).status_code == 422
    assert not BulkChange.objects.exists()


def test_tickets_that_there_are_not_are_not_chosen(dora: Agent, browse: Browse) -> None:
    given = {"field": "priority", "value": "40", "ticket": ["A" * 22, "x", "\0", ""]}
    answer = browse(dora).post(BULK, given)
    assert answer.status_code == 422
    assert "Choose tickets first." in answer.content.decode()


def test_an_undo_of_another_is_not_there(alice: Member, dora: Agent, browse: Browse) -> None:
    ticket = ticket_of(alice).conversation.public_id
    browse(dora).post(BULK, {"field": "priority", "value": "40", "ticket": ticket})
    finn = create_agent(email="finn@handrail.example", name="Finn")
    path = f"{BULK}/{BulkChange.objects.get().public_id}/undo"
    assert browse(finn).post(path).status_code == 404
    assert browse(dora).post(path).status_code == 200
