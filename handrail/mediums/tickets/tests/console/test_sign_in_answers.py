"""What does the owner tell people who cannot sign in, and what happens to what they mistype?"""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.mediums.tickets import actions
from handrail.people.actions import create_agent
from handrail.people.models import Agent

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
PAGE = "/console/tickets/settings/sign-in-help/"


@pytest.fixture
def ada(installation: None) -> Agent:
    return create_agent(email="ada@handrail.example", name="Ada", role="admin")


def given(*rows: dict[str, str], known: int = 4) -> dict[str, str]:
    """The form as the page sends it."""
    sent = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": str(known)}
    for number, row in enumerate(rows):
        sent |= {f"form-{number}-{name}": value for name, value in row.items()}
    return sent


def row(question: str, place: str, **more: str) -> dict[str, str]:
    return {"question": question, "answer": "Yes.", "ORDER": place, **more}


def questions() -> list[str]:
    return [answer.question for answer in actions.sign_in_answers()]


def test_answers_are_changed_added_removed_and_put_in_order(ada: Agent, browse: Browse) -> None:
    rows = [row("B", "2"), row("C", "3", DELETE="on"), row("D", "9"), row("A", "1"), row("E", "")]
    assert browse(ada).post(PAGE, given(*rows)).status_code == 302
    assert questions() == ["A", "B", "D", "E"]
    assert "<bdi>A</bdi>" in browse(None).get("/sign-in-help").content.decode()


def test_an_answer_without_its_question_is_refused_and_kept(ada: Agent, browse: Browse) -> None:
    before = questions()
    answer = browse(ada).post(PAGE, given(row("", "1", answer="Typed with care."), known=1))
    assert answer.status_code == 422
    assert "Typed with care." in answer.content.decode()
    assert questions() == before


def test_a_form_that_is_none_changes_nothing(ada: Agent, browse: Browse) -> None:
    before = questions()
    for sent in ({}, {"form-TOTAL_FORMS": "x"}, given(*[row("Q", "1")] * 30)):
        assert browse(ada).post(PAGE, sent).status_code == 422
    assert questions() == before


def test_without_a_type_the_page_says_that_there_is_no_form(ada: Agent, browse: Browse) -> None:
    issue_type = actions.sign_in_type()
    assert issue_type
    actions.retire_issue_type(issue_type)
    assert "The page shows no form" in browse(ada).get(PAGE).content.decode()
    shown = browse(None).get("/sign-in-help").content.decode()
    assert "<form" not in shown
    assert "a colleague who can sign in" in shown
