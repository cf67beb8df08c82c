"""Can an editor go from a question that nobody answers to a page, and measure by it?"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import no_serious_axe_findings_in_any_look as look_closely
from tests.story.conftest import Arrive
from tests.story.editing import text
from tests.story.people import Agent

ASKED = """
from handrail.people.models import Member
from tests.asking import ask
alice = Member.objects.with_facts().get(person__subject="alice", account__external_id="acme")
if not alice.question_set.filter(text__contains="wombats").exists():
    ask("How many wombats may a campaign have?", alice, wants_to_hear=True)
    ask("how many wombats can a campaign have", alice)
"""


@pytest.fixture
def hanna(arrive: Arrive) -> Agent:
    """An administrator, who may edit, and likes no motion."""
    hanna: Agent = arrive(Agent, reduced_motion="reduce")
    hanna.sign_in("hanna@larkspan.example")
    hanna.page.get_by_role("region", name="Queue").wait_for()
    hanna.stack.run(ASKED)
    return hanna


def test_what_nobody_answers_is_settled_brought_back_and_becomes_a_page(hanna: Agent) -> None:
    page, question = hanna.page, "How many wombats may a campaign have?"
    hanna.visit("/console/docs/questions/")
    expect(page.get_by_text("Asked 2 times")).to_be_visible()
    look_closely(page)
    page.get_by_role("button", name=f"Nothing to do: {question}").click()
    expect(page.get_by_text("2 questions are settled.")).to_be_visible()
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_role("button", name="Nothing to do")).to_be_visible()
    look_closely(page)
    page.get_by_role("button", name="Begin a page").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value(question)
    expect(text(page)).to_have_value(re.compile("- how many wombats can a campaign have"))
    hanna.visit("/console/docs/questions/")
    row = page.get_by_role("listitem").filter(has_text=question)
    expect(row.get_by_role("link", name="Open the draft")).to_be_visible()


def test_a_question_is_measured_by_with_the_section_that_should_answer_it(hanna: Agent) -> None:
    page, question = hanna.page, "Which unicorns are allowed?"
    hanna.visit("/console/docs/questions/evaluation/")
    page.get_by_role("textbox", name="Question", exact=True).fill(question)
    page.get_by_role("button", name="Add").click()
    page.get_by_role("radio", name="None: the pages should not answer this").check()
    look_closely(page)
    page.get_by_role("button", name="Keep").click()
    row = page.get_by_role("listitem").filter(has_text=question)
    expect(row.get_by_text("The pages should not answer it")).to_be_visible()
    with page.expect_navigation():  # or the page is asked for anew while it goes on to the next
        page.get_by_role("button", name="Ask them now").click()

    def is_measured() -> None:
        page.reload()
        expect(page.get_by_role("heading", name=re.compile(r"of \d+ right"))).to_be_visible(
            timeout=1_000
        )

    for _ in range(20):
        try:
            is_measured()
            break
        except AssertionError:
            continue
    is_measured()
    look_closely(page)
    row.get_by_role("button", name=f"Take out: {question}").click()
    expect(page.get_by_text("It is not asked any more.")).to_be_visible()
    expect(row).to_have_count(0)
