"""Does the owner alone choose how chats go?"""

import pytest
from django.core.exceptions import ValidationError

from handrail.mediums.chat import actions
from handrail.mediums.chat.models import Policy
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole
from handrail.people.viewer import NotEntitled
from tests.making import viewer_of

pytestmark = pytest.mark.django_db


def test_a_new_installation_has_one_policy_with_the_office_hours(installation: None) -> None:
    actions.install_defaults()
    policy = Policy.objects.get()
    assert policy.hours
    assert actions.current_policy() == policy
    assert policy.keep_days is None


def test_the_owner_changes_it_and_nobody_else(dora: Agent) -> None:
    with pytest.raises(NotEntitled):
        actions.change_policy(viewer_of(dora), idle_minutes=5)
    owner = create_agent(
        email="owner@handrail.example",
        name="Olga",
        password="correct horse battery staple",
        role=AgentRole.ADMIN,
    )
    actions.change_policy(viewer_of(owner), idle_minutes=5, hours=None)
    assert (actions.current_policy().idle_minutes, actions.current_policy().hours) == (5, None)
    with pytest.raises(ValidationError):
        actions.change_policy(viewer_of(owner), idle_minutes=-5)
    assert Policy.objects.count() == 1
