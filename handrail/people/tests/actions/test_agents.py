"""What can be done to agents, and what does it end?"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from handrail.people.actions import (
    change_role,
    create_agent,
    deactivate_agent,
    reactivate_agent,
)
from handrail.people.models import Agent, AgentRole
from handrail.people.signals import sessions_ended

Commits = Any


@pytest.fixture
def closed() -> Iterator[list[str]]:
    """The ids that sockets were told to close for."""
    heard: list[str] = []

    def hear(*, session_ids: list[str], **kwargs: Any) -> None:
        heard.extend(session_ids)

    sessions_ended.connect(hear)
    yield heard
    sessions_ended.disconnect(hear)


def test_an_agent_needs_a_name_and_an_address_of_their_own(dora: Agent) -> None:
    for facts in ({"email": "DORA@handrail.example"}, {"email": "nobody"}, {"name": ""}):
        with pytest.raises(ValidationError):
            create_agent(**{"email": "eve@handrail.example", "name": "Eve", **facts})


def test_the_database_refuses_an_address_in_capitals(dora: Agent) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Agent.objects.filter(pk=dora.pk).update(email="Dora@handrail.example")


def test_a_deactivated_agent_is_out_at_once(
    dora: Agent, closed: list[str], django_capture_on_commit_callbacks: Commits
) -> None:
    browser = Client()
    browser.force_login(dora)
    with django_capture_on_commit_callbacks(execute=True):
        deactivate_agent(dora)
    assert closed == [dora.session_id]
    assert _agent_of(browser) is None
    reactivate_agent(dora)
    assert _agent_of(browser) == dora


def test_a_new_password_ends_the_agents_sessions(
    dora: Agent, closed: list[str], django_capture_on_commit_callbacks: Commits
) -> None:
    browser = Client()
    browser.force_login(dora)
    dora.set_password("another horse another staple")
    with django_capture_on_commit_callbacks(execute=True):
        dora.save()
    assert closed == [dora.session_id]
    assert _agent_of(browser) is None


def test_saving_an_agent_without_a_new_password_ends_nothing(
    dora: Agent, closed: list[str], django_capture_on_commit_callbacks: Commits
) -> None:
    agent = Agent.objects.get(pk=dora.pk)
    agent.name = "Dora D."
    with django_capture_on_commit_callbacks(execute=True):
        agent.save()
    assert closed == []


def test_another_role_counts_at_once(
    dora: Agent, closed: list[str], django_capture_on_commit_callbacks: Commits
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        change_role(dora, AgentRole.EDITOR)
    assert Agent.objects.get(pk=dora.pk).role == AgentRole.EDITOR
    assert closed == [dora.session_id]
    with pytest.raises(ValueError, match="owner"):
        change_role(dora, "owner")


def test_signing_out_closes_the_agents_sockets(
    dora: Agent, closed: list[str], django_capture_on_commit_callbacks: Commits
) -> None:
    browser = Client()
    browser.force_login(dora)
    with django_capture_on_commit_callbacks(execute=True):
        browser.logout()
    assert closed == [dora.session_id]


def test_without_a_password_nobody_signs_in(installation: None) -> None:
    agent = create_agent(email="eve@handrail.example", name="Eve")
    assert authenticate(email=agent.email, password="") is None
    assert authenticate(email=agent.email, password="!") is None


def _agent_of(browser: Client) -> Agent | None:
    """The agent whom the console sees behind this browser."""
    from django.contrib.auth import get_user
    from django.http import HttpRequest

    request = HttpRequest()
    request.session = browser.session
    user = get_user(request)
    return user if isinstance(user, Agent) and user.is_active else None
