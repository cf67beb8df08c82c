"""Do agents say themselves whether they take chats?"""

from datetime import timedelta

from django.utils import timezone

from handrail.mediums.chat.models import Availability, Presence
from handrail.people.models import Agent, Member, Team, TeamMembership
from tests.browsing import client_for
from tests.chats import waiting_chat_of


def change(agent: Agent, **given: object) -> tuple[int, str]:
    answer = client_for(agent).post("/console/chat/availability", given)
    return answer.status_code, answer.content.decode()


def test_the_popover_keeps_what_was_chosen(dora: Agent) -> None:
    team = Team.objects.create(name="Billing")
    TeamMembership.objects.create(team=team, agent=dora)
    given = {"presence": "here", "limit": 5, "languages": ["en", "de"], "skills": [team.public_id]}
    status, page = change(dora, **given)
    own = Availability.objects.get(agent=dora)
    assert (status, own.presence, own.limit) == (200, Presence.HERE, 5)
    assert (own.languages, own.skills) == (["en", "de"], [team.public_id])
    assert "0 of 5" in page


def test_a_presence_alone_leaves_the_rest(dora: Agent) -> None:
    change(dora, presence="here", limit=7, languages=["fr"])
    change(dora, presence="away")
    own = Availability.objects.get(agent=dora)
    assert (own.presence, own.limit, own.languages) == (Presence.AWAY, 7, ["fr"])


def test_nonsense_changes_nothing_and_says_why(dora: Agent) -> None:
    for given in (
        {"presence": "here", "limit": 0},
        {"presence": "here", "limit": "many"},
        {"presence": "busy", "limit": 3},
        {"presence": "here", "limit": 3, "languages": ["xx"]},
    ):
        status, page = change(dora, **given)
        assert status == 422
        assert "data-stays-open" in page
    assert not Availability.objects.exists()


def test_a_page_that_is_open_hears_what_calls(dora: Agent, alice: Member) -> None:
    change(dora, presence="here", limit=1)
    waiting_chat_of(alice, "1 < 2, **anybody**?")
    page = client_for(dora).post("/console/chat/here").content.decode()
    assert "Alice waits for an agent" in page
    assert "1 &lt; 2, anybody?" in page
    assert Availability.objects.get(agent=dora).seen_at is not None


def test_a_page_that_closes_says_so(dora: Agent) -> None:
    change(dora, presence="here", limit=1)
    assert client_for(dora).post("/console/chat/here", {"leaves": "on"}).status_code == 204
    seen = Availability.objects.get(agent=dora).seen_at
    assert seen is not None
    assert seen < timezone.now() - timedelta(minutes=1)
