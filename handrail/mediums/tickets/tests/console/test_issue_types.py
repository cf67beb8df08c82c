"""What does the owner do on the pages of issue types?"""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.mediums.tickets.models import IssueType
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Team

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
TYPES = "/console/tickets/settings/issue-types/"


@pytest.fixture
def ada(installation: None) -> Agent:
    return create_agent(email="ada@handrail.example", name="Ada", role="admin")


def text(browser: Client, address: str = TYPES) -> str:
    page: str = browser.get(address).content.decode()
    return page


def test_a_type_is_made_changed_moved_and_put_away(ada: Agent, browse: Browse) -> None:
    browser, team = browse(ada), Team.objects.create(name="Billing")
    given = {"name": "Payouts", "account_kind": "partner", "team": team.public_id}
    answer = browser.post(f"{TYPES}new", given)
    made = IssueType.objects.get(name="Payouts")
    own = f"{TYPES}{made.public_id}/"
    assert answer["Location"] == own
    assert (made.account_kind, made.team) == ("partner", team)
    given = {"name": "Money", "description": "All about it.", "is_for_sign_in": "on"}
    assert browser.post(own, given).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.account_kind, made.team) == ("Money", "", None)
    assert made.is_for_sign_in
    browser.post(f"{own}move", {"move": "up"})
    assert text(browser).index("Money") < text(browser).index("Other")
    browser.post(f"{own}move", {"move": "down"})
    browser.post(f"{own}move", {"move": "down"})
    assert text(browser).index("Money") > text(browser).index("Other")
    browser.post(f"{own}retire")
    assert "nobody can choose it" in text(browser, own)
    browser.post(f"{own}retire")
    assert "nobody can choose it" not in text(browser, own)


def test_mistakes_come_back_with_what_was_typed(ada: Agent, browse: Browse) -> None:
    browser = browse(ada)
    given = {"name": "Billing", "account_kind": "x", "team": "y", "description": "Mine"}
    answer = browser.post(f"{TYPES}new", given)
    assert answer.status_code == 422
    answer = browser.post(f"{TYPES}new", {"name": "Billing", "description": "Mine"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "These accounts have an issue type of this name." in page
    assert 'value="Mine"' in page
    same = IssueType.objects.get(name="Billing")
    assert browser.post(f"{TYPES}{same.public_id}/", {"name": "Billing"}).status_code == 302
    assert (
        browser.post(f"{TYPES}new", {**given, "account_kind": "brand", "team": ""}).status_code
        == 302
    )


def test_an_installation_without_any_is_told_what_that_means(ada: Agent, browse: Browse) -> None:
    IssueType.objects.all().delete()
    assert "nobody can create a ticket" in text(browse(ada))
