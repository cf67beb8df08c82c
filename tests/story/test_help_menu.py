"""Does the Help menu show each member what the owner of the installation offers them?"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, expect

from tests.stack import Stack
from tests.story.people import Agent, Member
from tests.story.writing import FORM, fill_in, reply, submit

pytestmark = pytest.mark.once

ORDER = ["Academy", "Walkthroughs", "Book Time", "Chat", "Tickets", "Help Docs"]


def mediums_of(member: Member) -> Locator:
    return member.panel.get_by_role("region", name="Ways to get help").get_by_role("listitem")


@contextmanager
def changed(stack: Stack, change: str, restore: str) -> Iterator[None]:
    """The owner's change, for as long as the block runs: all stories share the installation."""
    models = "from handrail.hub.models import MediumOffer as Offer\n"
    models += "from handrail.people.models import Audience, PlanEntitlement, Plan\n"
    stack.run(models + change)
    try:
        yield
    finally:
        stack.run(models + restore)


def test_the_mediums_stand_in_their_one_order(alice: Member) -> None:
    alice.open_help()
    labels = mediums_of(alice).locator(".tile-title").all_inner_texts()
    assert "Tickets" in labels
    assert labels == [label for label in ORDER if label in labels]
    for link in mediums_of(alice).get_by_role("link").all():
        address = link.get_attribute("href")
        assert address
        assert alice.context.request.get(alice.stack.hub.url + address).status in (200, 401)


def test_the_owner_chooses_the_words_and_who_sees_what(
    alice: Member, carol: Member, stack: Stack
) -> None:
    change = """
brands = Audience.objects.create(key="story-brands", name="Brands", kinds=["brand"])
Offer.objects.filter(medium="tickets").update(
    label="Requests", blurb="Ask our people.", icon="mail", audience=brands)
"""
    restore = """
everyone = Audience.objects.get(key="everyone")
Offer.objects.filter(medium="tickets").update(label="", blurb="", icon="", audience=everyone)
Audience.objects.filter(key="story-brands").delete()
"""
    with changed(stack, change, restore):
        alice.open_help()
        expect(mediums_of(alice).get_by_role("link", name="Requests")).to_be_visible()
        expect(mediums_of(alice).get_by_text("Ask our people.")).to_be_visible()
        carol.open_help()
        expect(mediums_of(carol).get_by_role("link", name="Requests")).to_have_count(0)


def test_what_a_plan_does_not_include_is_locked_and_says_why(carol: Member, stack: Stack) -> None:
    free = 'plan__key="free", key="tickets.open"'
    with changed(
        stack,
        f"PlanEntitlement.objects.filter({free}).delete()",
        'PlanEntitlement.objects.create(plan=Plan.objects.get(key="free"), key="tickets.open")',
    ):
        carol.open_help()
        locked = mediums_of(carol).filter(has_text="Tickets")
        expect(locked).to_contain_text("Not available")
        expect(locked).to_contain_text("Your plan does not include tickets.")
        expect(locked.get_by_role("link", name="Tickets")).to_have_count(0)


def test_what_waits_for_ones_word_stands_at_the_top_until_it_is_said(
    alice: Member, dora: Agent
) -> None:
    subject = "A question for a question"
    alice.enter_hub(FORM)
    fill_in(alice.page, subject)
    submit(alice.page)
    alice.look_at("/")
    dora.open_ticket(subject)
    dora.answer("Which campaign is it?")
    panel = alice.open_help()
    expect(panel.get_by_role("link", name=subject)).to_have_count(1)  # and not as a notice, too
    panel.get_by_role("region", name="Waiting for you").get_by_role("link", name=subject).click()
    reply(panel, "The spring one.")
    panel.get_by_role("link", name="Back", exact=True).click()
    panel.get_by_role("heading", name="Tickets", exact=True).wait_for()
    panel.get_by_role("link", name="Back", exact=True).click()
    expect(panel.get_by_role("heading", name="how can we help")).to_be_visible()
    expect(panel.get_by_role("link", name=subject)).to_have_count(0)


def test_what_is_new_is_told_until_it_was_seen(alice: Member, dora: Agent) -> None:
    subject = "News are good news"
    alice.enter_hub(FORM)
    fill_in(alice.page, subject)
    submit(alice.page)
    alice.look_at("/")
    dora.open_ticket(subject)
    dora.answer("We have begun to look.", "Reply, and keep working")
    panel = alice.open_help()
    news = panel.get_by_role("region", name="New").get_by_role("link", name=subject)
    expect(news).to_be_visible()
    expect(mediums_of(alice).filter(has_text="Tickets").locator(".count")).to_be_visible()
    news.click()
    panel.get_by_text("We have begun to look.").wait_for()
    panel.get_by_role("link", name="Back", exact=True).click()
    panel.get_by_role("heading", name="Tickets", exact=True).wait_for()
    panel.get_by_role("link", name="Back", exact=True).click()
    expect(panel.get_by_role("heading", name="how can we help")).to_be_visible()
    expect(news).to_have_count(0)
