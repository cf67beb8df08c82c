"""Do agents say themselves whether, and how, they take chats?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from handrail.mediums.chat import actions, crew
from handrail.mediums.chat.models import Availability, Presence
from handrail.people.models import Agent, Member, Team
from handrail.people.viewer import SYSTEM, NotEntitled
from tests.chats import here
from tests.making import viewer_of

pytestmark = pytest.mark.django_db


def test_an_agent_is_away_until_they_say_otherwise(dora: Agent) -> None:
    assert not Availability.objects.exists()
    team = Team.objects.create(name="Billing")
    row = actions.set_availability(
        viewer_of(dora),
        presence=Presence.HERE,
        limit=5,
        languages=["de-AT", "en", "EN"],
        skills=[team.public_id, "nonsense"],
    )
    row.refresh_from_db()
    assert (row.presence, row.limit, row.languages) == ("here", 5, ["de", "en"])
    assert row.skills == [team.public_id]
    actions.set_availability(viewer_of(dora), presence=Presence.AWAY)
    row.refresh_from_db()
    assert (row.presence, row.limit) == ("away", 5)


@pytest.mark.parametrize("changes", [{"limit": 0}, {"limit": 21}, {"languages": ["<b>"]}])
def test_what_cannot_be_is_refused_and_changes_nothing(
    dora: Agent, changes: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        actions.set_availability(viewer_of(dora), **changes)
    assert not Availability.objects.exists()


def test_pages_say_that_they_are_open_and_that_they_were_closed(dora: Agent) -> None:
    start = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        actions.be_here(viewer_of(dora))
        assert not Availability.objects.exists(), "who never took chats is not made to"
        here(dora)
        clock.shift(timedelta(minutes=5))
        actions.be_here(viewer_of(dora))
        assert Availability.objects.get().seen_at == start + timedelta(minutes=5)
        assert [one.agent for one in crew.here(SYSTEM)] == [dora]
        actions.leave(viewer_of(dora))
        clock.shift(timedelta(seconds=20))
        assert [one.agent for one in crew.here(SYSTEM)] == [dora], "another page may be open"
        clock.shift(timedelta(seconds=20))
        assert crew.here(SYSTEM) == []
        actions.leave(viewer_of(dora))
        assert crew.here(SYSTEM) == [], "who is gone does not come back by leaving"


def test_members_neither_set_nor_see_it(alice: Member, dora: Agent) -> None:
    here(dora)
    for act in (actions.set_availability, actions.be_here, actions.leave):
        with pytest.raises(NotEntitled):
            act(viewer_of(alice))
    assert not Availability.objects.visible_to(viewer_of(alice)).exists()
