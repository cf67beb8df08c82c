"""Who edits in these tests? Eva, an editor, beside Ada, another one, at browsers of their own."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from handrail.mediums.docs import actions
from handrail.mediums.docs.models import Page, Section
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole
from tests.making import viewer_of

BODY = "First line.\n\nSecond line.\n"


def editor(name: str) -> Agent:
    address = f"{name.lower()}@handrail.example"
    return create_agent(email=address, name=name, role=AgentRole.EDITOR, password=uuid4().hex)


@pytest.fixture
def eva(installation: None) -> Agent:
    return editor("Eva")


@pytest.fixture
def ada(installation: None) -> Agent:
    return editor("Ada")


@pytest.fixture
def section(eva: Agent) -> Section:
    return actions.make_section(viewer_of(eva), title="Brand")


@pytest.fixture
def make(eva: Agent, section: Section) -> Callable[..., Page]:
    """Makes a page, and publishes it unless it is told not to."""

    def made(
        title: str = "Links", *, body: str = BODY, publish: bool = True, **facts: object
    ) -> Page:
        viewer = viewer_of(eva)
        where = facts.pop("section", section)
        page = actions.make_page(viewer, where, title=title, **facts)  # type: ignore[arg-type]
        if page.is_group or not publish:
            return page
        actions.save_draft(viewer, page, title=title, summary="", body=body)
        return actions.publish(viewer, page)

    return made


@pytest.fixture
def page(make: Callable[..., Page]) -> Page:
    return make()


@pytest.fixture
def desk(browse: Callable[..., Client], eva: Agent) -> Client:
    """Eva's browser."""
    return browse(eva)
