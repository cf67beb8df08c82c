"""Does everybody of a team get their share, also when much comes at once?"""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone

from handrail.engines.conversations.models import Conversation
from handrail.engines.notify.models import Notice
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import IssueType, Ticket
from handrail.mediums.tickets.states import Act
from handrail.people.actions import create_agent, deactivate_agent
from handrail.people.models import Agent, AssignMode, Member, Team
from tests.making import ticket_of, viewer_of
from tests.racing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(installation: None) -> Agent:
    return create_agent(email="ada@handrail.example", name="Ada", role="admin")


@pytest.fixture
def finn(installation: None) -> Agent:
    return create_agent(email="finn@handrail.example", name="Finn")


def team_of(ada: Agent, mode: str, *agents: Agent) -> IssueType:
    """An issue type that leads to a team of these agents."""
    team = actions.make_team(viewer_of(ada), name="Billing", assign_mode=mode, agents=agents)
    issue_type = actions.add_issue_type(name="Refund")
    issue_type.team = team
    issue_type.save()
    return issue_type


def holder(ticket: Ticket) -> Agent | None:
    return Conversation.objects.get(pk=ticket.pk).assignee


def test_an_issue_type_leads_to_its_team(alice: Member, dora: Agent, ada: Agent) -> None:
    refund = team_of(ada, AssignMode.BY_HAND, dora)
    ticket = ticket_of(alice, issue_type=refund)
    assert Conversation.objects.get(pk=ticket.pk).team == refund.team
    assert holder(ticket) is None


def test_in_turn_everybody_gets_one(alice: Member, dora: Agent, finn: Agent, ada: Agent) -> None:
    refund = team_of(ada, AssignMode.ROUND_ROBIN, dora, finn, ada)
    given = []
    for minutes in range(6):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            given.append(holder(ticket_of(alice, issue_type=refund)))
    assert given == [dora, finn, ada] * 2 or Counter(given[:3]) == Counter(given[3:])
    assert set(Counter(given).values()) == {2}
    assert Notice.objects.filter(agent=finn).count() == 2


def test_by_load_whoever_has_least_gets_it(
    alice: Member, dora: Agent, finn: Agent, ada: Agent
) -> None:
    refund = team_of(ada, AssignMode.LOAD, dora, finn)
    own = [ticket_of(alice) for _ in range(2)]
    for ticket in own:
        actions.assign(viewer_of(dora), ticket, dora)
    assert [holder(ticket_of(alice, issue_type=refund)) for _ in range(2)] == [finn, finn]
    for ticket in own:
        actions.move(viewer_of(dora), ticket, Act.CLOSE)
    assert holder(ticket_of(alice, issue_type=refund)) == dora


def test_who_cannot_answer_gets_nothing(
    alice: Member, dora: Agent, finn: Agent, ada: Agent
) -> None:
    refund = team_of(ada, AssignMode.ROUND_ROBIN, dora, finn)
    deactivate_agent(finn)
    assert {holder(ticket_of(alice, issue_type=refund)) for _ in range(3)} == {dora}
    deactivate_agent(dora)
    assert holder(ticket_of(alice, issue_type=refund)) is None


def test_who_has_a_ticket_keeps_it(alice: Member, dora: Agent, finn: Agent, ada: Agent) -> None:
    refund = team_of(ada, AssignMode.ROUND_ROBIN, finn)
    ticket = ticket_of(alice)
    actions.assign(viewer_of(dora), ticket, dora)
    actions.set_team(viewer_of(dora), ticket, refund.team)
    assert holder(ticket) == dora


def test_a_retired_team_gives_to_nobody(alice: Member, dora: Agent, ada: Agent) -> None:
    refund = team_of(ada, AssignMode.ROUND_ROBIN, dora)
    assert refund.team
    actions.set_team_retired(viewer_of(ada), refund.team, True)
    assert holder(ticket_of(alice, issue_type=refund)) is None


@pytest.mark.django_db(transaction=True)
def test_what_comes_at_once_is_shared_out_fairly(
    alice: Member, bob: Member, dora: Agent, finn: Agent, ada: Agent
) -> None:
    refund = team_of(ada, AssignMode.ROUND_ROBIN, dora, finn)
    acts = [partial(ticket_of, who, issue_type=refund) for who in (alice, bob) * 3]
    made = at_once(acts)
    assert not [one for one in made if isinstance(one, Exception)], made
    assert Counter(holder(ticket) for ticket in made) == {dora: 3, finn: 3}
    assert Team.objects.get().memberships.exclude(last_given_at=None).count() == 2
