"""What does the owner do on the pages of teams?"""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.people.actions import create_agent
from handrail.people.models import Agent, AssignMode, Team, TeamMembership

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
TEAMS = "/console/tickets/settings/teams/"


@pytest.fixture
def ada(installation: None) -> Agent:
    return create_agent(email="ada@handrail.example", name="Ada", role="admin")


def test_a_team_is_made_changed_and_put_away(ada: Agent, dora: Agent, browse: Browse) -> None:
    browser = browse(ada)
    given = {"name": "Billing", "assign_mode": "load", "agents": [dora.public_id, ada.public_id]}
    assert browser.post(f"{TEAMS}new", given).status_code == 302
    team = Team.objects.get()
    TeamMembership.objects.filter(agent=dora).update(last_given_at=team.created_at)
    given = {"name": "Money", "assign_mode": "round_robin", "agents": [dora.public_id]}
    assert browser.post(f"{TEAMS}{team.public_id}/", given).status_code == 302
    team.refresh_from_db()
    assert (team.name, team.assign_mode) == ("Money", AssignMode.ROUND_ROBIN)
    assert team.memberships.get().last_given_at == team.created_at
    page = browser.get(TEAMS).content.decode()
    assert "Money" in page
    browser.post(f"{TEAMS}{team.public_id}/retire")
    assert "Retired" in browser.get(TEAMS).content.decode()
    browser.post(f"{TEAMS}{team.public_id}/retire")
    assert Team.objects.get().retired_at is None


def test_mistakes_come_back_with_what_was_typed(ada: Agent, browse: Browse) -> None:
    Team.objects.create(name="Billing")
    browser = browse(ada)
    answer = browser.post(f"{TEAMS}new", {"name": "Billing", "assign_mode": "x", "agents": ["y"]})
    assert answer.status_code == 422
    assert "There is a team of this name." in answer.content.decode()
    assert 'value="Billing"' in answer.content.decode()
    assert Team.objects.count() == 1


def test_a_ticket_is_given_to_a_team_on_its_page(
    alice: object, ada: Agent, dora: Agent, browse: Browse
) -> None:
    from handrail.engines.conversations.models import Conversation
    from tests.making import ticket_of

    ticket = ticket_of(alice).conversation  # type: ignore[arg-type]
    team, gone = (Team.objects.create(name=name) for name in ("Billing", "Gone"))
    Team.objects.filter(pk=gone.pk).update(retired_at=gone.created_at)
    path = f"/console/tickets/{ticket.public_id}/team"
    for given in ("A" * 22, gone.public_id, "x", "\0"):
        assert browse(dora).post(path, {"team": given}).status_code == 404
    assert "Billing" in browse(dora).post(path, {"team": team.public_id}).content.decode()
    assert Conversation.objects.get().team == team
    browse(dora).post(path, {"team": ""})
    assert Conversation.objects.get().team is None


def test_a_tag_is_put_on_and_taken_off_on_the_tickets_page(
    alice: object, dora: Agent, browse: Browse
) -> None:
    from tests.making import ticket_of

    ticket = ticket_of(alice).conversation  # type: ignore[arg-type]
    path = f"/console/tickets/{ticket.public_id}/tag"
    assert "vip" in browse(dora).post(path, {"tag": "VIP"}).content.decode()
    assert "Write a word" in browse(dora).post(path, {"tag": " , "}).content.decode()
    browse(dora).post(path, {"remove": "vip"})
    assert not ticket.taggings.exists()
