"""What does the owner do on the pages of an issue type's own fields?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handrail.mediums.tickets.models import IssueType, IssueTypeField
from handrail.people.actions import create_agent
from handrail.people.models import Agent

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]


@pytest.fixture
def ada(installation: None) -> Agent:
    return create_agent(email="ada@handrail.example", name="Ada", role="admin")


@pytest.fixture
def page(installation: None) -> str:
    """The address of an issue type."""
    issue_type = IssueType.objects.get(name="Problem")
    return f"/console/tickets/settings/issue-types/{issue_type.public_id}/"


def added(browser: Client, page: str, **given: Any) -> IssueTypeField:
    answer = browser.post(f"{page}fields/new", given)
    assert answer["Location"] == page
    return IssueTypeField.objects.latest("pk")


def test_a_choice_decides_about_a_field_below_it(ada: Agent, browse: Browse, page: str) -> None:
    browser = browse(ada)
    words = "Website\r\n  Website \r\n\r\nMobile   app\r\n"
    place = added(browser, page, label="Where?", kind="choice", choices=words, is_required="on")
    assert place.choices == ["Website", "Mobile app"]
    condition = f"{place.public_id}:Mobile app"
    phone = added(browser, page, label="Phone", kind="text", choices="a\nb", condition=condition)
    assert (phone.shown_when, phone.shown_value, phone.choices) == (place, "Mobile app", [])
    assert "If “Where?” is “Mobile app”" in browser.get(page).content.decode()
    form = browser.get(f"{page}fields/{phone.public_id}/").content.decode()
    assert f'value="{condition}" selected' in form
    browser.post(f"{page}fields/{phone.public_id}/", {"label": "Model", "kind": "text"})
    phone.refresh_from_db()
    assert (phone.label, phone.shown_when) == ("Model", None)


def test_what_cannot_be_is_said_on_the_page(ada: Agent, browse: Browse, page: str) -> None:
    browser = browse(ada)
    place = added(browser, page, label="Where?", kind="choice", choices="Website\nApp")
    condition = f"{place.public_id}:App"
    phone = added(browser, page, label="Phone", kind="text", condition=condition)
    for which, act, given in (
        (place, "retire", {}),
        (place, "move", {"move": "down"}),
        (phone, "move", {"move": "up"}),
    ):
        answer = browser.post(f"{page}fields/{which.public_id}/{act}", given, follow=True)
        assert "“Where?” decides whether “Phone” is shown" in answer.content.decode()
    given = {"label": "Where?", "kind": "choice", "choices": "Website\nLetter"}
    answer = browser.post(f"{page}fields/{place.public_id}/", given)
    assert answer.status_code == 422
    assert "“Where?” decides whether “Phone” is shown" in answer.content.decode()
    assert "Letter" in answer.content.decode()
    for _ in range(2):
        browser.post(f"{page}fields/{phone.public_id}/retire")
    phone.refresh_from_db()
    assert phone.retired_at is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "text"}, "Say what it asks for."),
        ({"label": "x"}, "Choose one of these."),
        ({"label": "x", "kind": "choice", "choices": "one"}, "Give at least two"),
        ({"label": "x", "kind": "choice", "choices": "a\n" + "b" * 81}, "Keep each within 80"),
        (
            {"label": "x", "kind": "choice", "choices": "\n".join(map(str, range(51)))},
            "Those are too many",
        ),
        ({"label": "x", "kind": "text", "condition": "y:z"}, "That cannot be chosen any more"),
    ],
)
def test_mistakes_come_back_with_what_was_typed(
    ada: Agent, browse: Browse, page: str, given: dict[str, str], words: str
) -> None:
    answer = browse(ada).post(f"{page}fields/new", {**given, "help_text": "Here it is"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Here it is" in answer.content.decode()
    assert not IssueTypeField.objects.exists()


def test_nothing_decides_about_itself_or_about_what_stands_before_it(
    ada: Agent, browse: Browse, page: str
) -> None:
    browser = browse(ada)
    first, second = (
        added(browser, page, label=label, kind="choice", choices="Yes\nNo")
        for label in ("First", "Second")
    )
    for field, other in ((first, second), (first, first)):
        given = {"label": "x", "kind": "choice", "choices": "Yes\nNo"}
        condition = {"condition": f"{other.public_id}:Yes"}
        answer = browser.post(f"{page}fields/{field.public_id}/", {**given, **condition})
        assert answer.status_code == 422
