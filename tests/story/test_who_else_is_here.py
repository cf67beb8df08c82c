"""Do two agents see each other at a ticket, and does its member see neither?"""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.stack import Stack
from tests.story.people import Agent, Member

SUBJECT = "Two agents at once"

EMIL = """
from handrail.people.actions import create_agent
from handrail.people.models import Agent
if not Agent.objects.filter(email="emil@larkspan.example").exists():
    create_agent(email="emil@larkspan.example", name="Emil Eder", password="handrail-demo-only")
"""


def test_dora_sees_that_emil_writes_and_alice_sees_nobody(
    arrive: Callable[..., Agent],
    write_ticket: Callable[..., str],
    alice: Member,
    dora: Agent,
    stack: Stack,
) -> None:
    path = write_ticket(SUBJECT)
    stack.run(EMIL)
    emil = arrive(Agent)
    emil.sign_in("emil@larkspan.example")
    emil.page.wait_for_url("**/console/**")
    dora.open_ticket(SUBJECT)
    emil.open_ticket(SUBJECT)
    expect(dora.page.get_by_text("Emil Eder is looking at this")).to_be_visible()
    expect(emil.page.get_by_text("is looking at this")).to_be_visible()

    alice.enter_hub(path)
    emil.page.get_by_label("Your message").press_sequentially("I know")
    expect(dora.page.get_by_text("Emil Eder is writing a reply…")).to_be_visible()
    expect(alice.page.get_by_role("list", name="Messages")).to_be_visible()
    assert "Emil" not in alice.page.content()

    emil.visit("/console/tickets/")
    expect(dora.page.get_by_role("status").get_by_text("Emil Eder")).to_have_count(0)
