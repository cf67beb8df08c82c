"""How did it go? Asked of the creator of a closed ticket, and read by the agents."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from handrail.engines.activity.models import Activity
from handrail.engines.conversations.models import Rating, Score
from handrail.engines.notify.models import Notice
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import NotNow
from handrail.mediums.tickets.models import Policy, Ticket
from handrail.mediums.tickets.states import Act
from handrail.people.models import Agent, Member
from tests.making import reply, ticket_of, viewer_of

pytestmark = pytest.mark.django_db

ASKED = "How did it go?"


@pytest.fixture
def closed(alice: Member, dora: Agent) -> Ticket:
    ticket = ticket_of(alice, is_shared=True)
    reply(dora, ticket, act=Act.OFFER)
    actions.move(viewer_of(alice), ticket, Act.ACCEPT)
    return ticket


def address(ticket: Ticket, side: str = "help") -> str:
    return f"/{side}/tickets/{ticket.conversation.public_id}/"


def test_the_creator_rates_and_changes_their_mind(closed: Ticket, alice: Member) -> None:
    actions.rate(viewer_of(alice), closed, Score.GOOD, "Quick!")
    actions.rate(viewer_of(alice), closed, Score.BAD, "It is back.")
    rating = Rating.objects.get()
    assert (rating.score, rating.comment) == (Score.BAD, "It is back.")
    assert Notice.objects.filter(title__startswith="Alice rated").count() == 1
    assert [row.detail["score"] for row in Activity.objects.filter(verb="tickets.rated")] == [3, 1]


def test_nobody_else_can_rate(
    closed: Ticket, alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    for member in (bob, carol):
        with pytest.raises(NotNow):
            actions.rate(viewer_of(member), closed, Score.GOOD, "")
    with pytest.raises(PermissionDenied):
        actions.rate(viewer_of(dora), closed, Score.GOOD, "")
    assert not Rating.objects.exists()


def test_only_what_is_closed_is_rated(alice: Member, closed: Ticket) -> None:
    actions.move(viewer_of(alice), closed, Act.REOPEN)
    with pytest.raises(NotNow):
        actions.rate(viewer_of(alice), closed, Score.GOOD, "")


def test_the_owner_can_ask_for_none(
    closed: Ticket, alice: Member, browse: Callable[..., Client]
) -> None:
    browser = browse(alice)
    assert ASKED in browser.get(address(closed)).content.decode()
    Policy.objects.update(asks_for_rating=False)
    assert ASKED not in browser.get(address(closed)).content.decode()
    answer = browser.post(f"{address(closed)}rating", {"score": "3"})
    assert answer.status_code == 422
    assert not Rating.objects.exists()


def test_the_page_asks_the_creator_and_shows_what_they_said(
    closed: Ticket, alice: Member, bob: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    browser = browse(alice)
    answer = browser.post(f"{address(closed)}rating", {"score": "1", "comment": "Too <slow>"})
    assert answer.status_code == 200
    assert "Thank you" in answer.content.decode()
    page = browser.get(address(closed)).content.decode()
    assert 'value="1"' in page and "Too &lt;slow&gt;" in page
    assert ASKED not in browse(bob).get(address(closed)).content.decode()
    desk = browse(dora).get(address(closed, "console")).content.decode()
    assert "Bad" in desk and "Too &lt;slow&gt;" in desk


@pytest.mark.parametrize(
    "given", [{}, {"score": "4"}, {"score": "x"}, {"score": "3", "comment": "x" * 1001}]
)
def test_what_is_no_answer_comes_back(
    closed: Ticket, alice: Member, browse: Callable[..., Client], given: dict[str, str]
) -> None:
    answer = browse(alice).post(f"{address(closed)}rating", given)
    assert answer.status_code == 422
    assert given.get("comment", "") in answer.content.decode()
    assert not Rating.objects.exists()
