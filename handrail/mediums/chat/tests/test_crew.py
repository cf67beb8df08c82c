"""Do we know who of us is here, with how many chats each, and whom a chat suits?"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import ACME
from handrail.mediums.chat import actions, crew
from handrail.mediums.chat.models import Availability, Presence
from handrail.people.models import Agent, AgentRole, Host, Member, Team, TeamMembership
from handrail.people.viewer import SYSTEM
from tests.chats import agent_called, here, live_chat_of, members_of
from tests.making import viewer_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


def names() -> list[str]:
    return [one.agent.name for one in crew.here(SYSTEM)]


def test_here_is_who_said_so_and_was_heard_of(dora: Agent) -> None:
    erik, edith = agent_called("Erik"), agent_called("Edith", AgentRole.EDITOR)
    with time_machine.travel(NOON, tick=False) as clock:
        assert names() == []
        here(dora)
        here(erik)
        Availability.objects.create(agent=edith, presence=Presence.HERE, seen_at=NOON)
        assert names() == ["Dora", "Erik"], "an editor answers nobody"
        clock.shift(timedelta(minutes=1))
        actions.be_here(viewer_of(erik))
        clock.shift(timedelta(minutes=1, seconds=30))
        assert names() == ["Erik"]
        Agent.objects.filter(pk=erik.pk).update(is_active=False)
        assert names() == []


def test_how_many_chats_each_has_is_known(dora: Agent, host: Host) -> None:
    for member in members_of(host, 3, ACME):
        live_chat_of(member, dora)
    here(dora, limit=2)
    [one] = crew.here(SYSTEM)
    assert (one.load, one.limit, one.free) == (3, 2, 0)


def test_a_chat_suits_who_speaks_its_language_and_knows_about_it(dora: Agent) -> None:
    erik, fred = agent_called("Erik"), agent_called("Fred")
    team = Team.objects.create(name="Billing")
    TeamMembership.objects.create(team=team, agent=fred)
    here(dora, languages=["de"])
    here(erik, languages=["en"], skills=[team.public_id])
    here(fred)
    on_duty = crew.here(SYSTEM)

    def suited(language: str, team: str = "") -> list[str]:
        return [one.agent.name for one in crew.suited(on_duty, language, team)]

    assert suited("de") == ["Dora", "Fred"]
    assert suited("en") == ["Erik", "Fred"]
    assert suited("") == ["Dora", "Erik", "Fred"]
    assert suited("de", team.public_id) == ["Fred"]
    assert suited("en", team.public_id) == ["Erik", "Fred"]
    assert suited("en", "nobodys") == []
    [only] = [one for one in on_duty if one.agent == dora]
    assert crew.suited([only], "fr", "") == [only], "rather somebody than nobody"


def test_members_know_of_nobody(dora: Agent, alice: Member) -> None:
    here(dora)
    assert crew.here(viewer_of(alice)) == []


def test_it_costs_the_same_for_one_and_for_many(dora: Agent) -> None:
    here(dora)
    with CaptureQueriesContext(connection) as one:
        crew.here(SYSTEM)
    for n in range(6):
        here(agent_called(f"Agent{n}"))
    with CaptureQueriesContext(connection) as many:
        crew.here(SYSTEM)
    assert len(many) == len(one)
