"""Do people get an answer with its evidence, and go on from there?"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser import intercept
from tests.browser import no_serious_axe_findings_in_any_look as look_closely
from tests.servers import fresh_database
from tests.stack import Stack, running_stack
from tests.story.conftest import Arrive
from tests.story.people import Member, Somebody

CENTRE = """
from handrail.engines.ai import actions
from handrail.engines.ai.answers import Answer, Outcome, Piece, Source
from handrail.engines.ai.models import Surface
from handrail.engines.search.library.blocks import Kind
from handrail.mediums.docs import actions as docs
from handrail.people.models import Member
from handrail.people.viewer import system_viewer, viewer_for_member, viewer_for_nobody
editor = system_viewer("editor")
section = docs.make_section(editor, title="Wombat care", slug="wombats")
page = docs.make_page(editor, section, title="Feed a wombat", questions=["What do wombats drink?"],
    body='''
Wombats eat grass.

## At night

{% tabs %}
{% tab title="Young" %}
Give milk.
{% endtab %}
{% tab title="Grown" %}
1. Open the *gate* of the [burrow](https://burrow.example).
2. Put **two bowls** of grass beside it.
3. Leave before it wakes.
{% endtab %}
{% endtabs %}

| Age | Bowls |
|---|---|
| young | one |
| grown | two |
''')
page = docs.publish(editor, page)
source = Source("docs", page.public_id, "en", page.title, ("At night",), "at-night")
pieces = (
    Piece(Kind.TEXT, ("Wombats eat grass.",), (1,)),
    Piece(Kind.STEPS, ("1. Open the gate of the burrow.", "2. Put two bowls of grass beside it."),
        (1,)),
    Piece(Kind.TABLE, ("Age | Bowls", "young | one", "grown | two"), (1,)),
)
answers = {
    "answered": Answer(Outcome.ANSWERED, 0.9, pieces, (source,)),
    "closest": Answer(Outcome.CLOSEST, 0.4, pieces[1:2], (source,)),
    "nothing": Answer(Outcome.NOTHING, 0.1, closest=(source,)),
}
alice = Member.objects.with_facts().get(person__subject="alice", account__name="Acme")
for viewer in (viewer_for_nobody(), viewer_for_member(alice)):
    thread = ""
    for name, answer in answers.items():
        asked = actions.remember(viewer, f"Is it {name}?", answer, surface=Surface.SITE,
            language="en", milliseconds=30, thread=thread)
        thread = asked.thread
    print(thread, end=" ")
"""


@pytest.fixture(scope="module")
def threads(stack: Stack) -> list[str]:
    """Two conversations, a visitor's and Alice's, with an answer of each outcome."""
    return stack.publish(CENTRE, "Feed a wombat").split()


@pytest.fixture
def visitor(arrive: Arrive, threads: list[str]) -> Somebody:
    person: Somebody = arrive(Somebody, reduced_motion="reduce")
    return person


def test_a_visitor_asks_and_goes_on_where_it_stands(visitor: Somebody) -> None:
    visitor.visit("/docs/")
    page = visitor.page
    page.keyboard.press("/")
    page.keyboard.type("How do I invite a colleague?")
    page.get_by_role("option", name="Ask: How do I invite a colleague?").click()
    answer = page.get_by_role("list", name="Questions and answers").locator("> li")
    expect(answer).to_have_count(1)
    expect(page.locator("#ask-status")).to_have_text(re.compile("answer|closest|not say"))
    expect(answer.get_by_role("heading")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/docs/ask\?thread="))
    page.get_by_label("Your question").fill("And how do I remove one?")
    page.keyboard.press("Enter")
    expect(answer).to_have_count(2)
    expect(page.get_by_label("Your question")).to_have_value("")
    page.reload()
    expect(answer).to_have_count(2)
    page.get_by_label("Your question").fill("x" * 2_001)
    page.keyboard.press("Enter")
    expect(page.get_by_text("all that you wrote is still here")).to_be_visible()
    expect(page.get_by_label("Your question")).to_be_focused()
    assert visitor.context.cookies() == []


def test_a_citation_opens_the_page_with_its_words_marked(
    visitor: Somebody, threads: list[str]
) -> None:
    visitor.visit(f"/docs/ask?thread={threads[0]}")
    page = visitor.page
    page.get_by_role("link", name="Source 1: Feed a wombat").nth(1).click()
    marks = page.locator("mark.docs-quoted")
    expect(page.get_by_role("heading", name="Feed a wombat", level=1)).to_be_visible()
    assert "".join(marks.all_text_contents()) == (
        "Open the gate of the burrowPut two bowls of grass beside it."
    )
    expect(marks.first).to_be_in_viewport()  # though its tab was behind another one
    page.go_back()
    page.get_by_role("link", name="Source 1: Feed a wombat").nth(2).click()
    assert marks.all_text_contents() == ["Age", "Bowls", "young", "one", "grown", "two"]


@pytest.mark.parametrize("quote", ["<img src=x onerror=alert(1)>", "Wombats eat grass", "%00", "a"])
def test_what_an_address_quotes_only_ever_marks(visitor: Somebody, quote: str) -> None:
    page = visitor.page
    page.on("dialog", lambda dialog: visitor.troubles.append(dialog.message))
    visitor.visit("/docs/wombats/feed-a-wombat")
    before = page.locator(".article").inner_text()
    page.goto(f"{page.url}?quote={quote}#%E0%A4%A")
    expect(page.locator("mark.docs-quoted")).to_have_count(int(quote.startswith("Wombats")))
    assert page.locator(".article").inner_text() == before
    assert page.locator(".article img").count() == 0


def test_a_member_says_what_was_wrong_is_told_later_and_writes_a_ticket(
    arrive: Arrive, threads: list[str]
) -> None:
    alice: Member = arrive(Member, reduced_motion="reduce")
    alice.be("alice.acme")
    alice.enter_hub(f"/help/docs/ask?thread={threads[1]}")
    page = alice.page
    alice.context.grant_permissions(["clipboard-read", "clipboard-write"])
    first = page.locator(".ask-exchange").first
    first.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("The answer is copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "1. Open the gate of the burrow." in copied
    assert re.search(r"\[1\] Feed a wombat . At night\nhttp", copied)
    first.get_by_role("button", name="It did not help").click()
    first.get_by_label("Something is missing").check()
    first.get_by_label("What should it have said?").fill("When?")
    first.get_by_role("button", name="Send").click()
    expect(first.get_by_text("We read every word")).to_be_visible()
    last = page.locator(".ask-exchange").last
    last.get_by_role("button", name="Tell me when the pages answer this").click()
    expect(last.get_by_text("We tell you when")).to_be_visible()
    last.get_by_role("button", name="What do wombats drink?").click()
    expect(page.locator(".ask-exchange")).to_have_count(4)
    page.get_by_role("link", name="Create a ticket").last.click()
    expect(page.get_by_label("Subject")).to_have_value("What do wombats drink?")


def test_in_the_panel_a_question_is_asked_and_its_source_opens_there(arrive: Arrive) -> None:
    alice: Member = arrive(Member)
    alice.be("alice.acme")
    alice.look_at("/")
    panel = alice.open_help()
    panel.get_by_role("link", name="Help Docs").first.click()
    panel.get_by_role("link", name="Ask a question").click()
    panel.get_by_label("Your question").fill("How do I invite a colleague?")
    panel.get_by_label("Your question").press("Enter")
    expect(panel.locator(".ask-exchange")).to_have_count(1)
    panel.locator(".ask-mark, .ask-near a").first.click()
    expect(panel.locator(".docs-page")).to_be_visible()


def test_every_look_of_it_is_open_to_everybody(visitor: Somebody, threads: list[str]) -> None:
    visitor.visit("/docs/ask")
    look_closely(visitor.page)
    visitor.visit(f"/docs/ask?thread={threads[0]}")
    look_closely(visitor.page)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_all_of_it_works_without_a_script(
    browser: Browser, stack: Stack, threads: list[str]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{stack.hub.url}/docs/wombats/feed-a-wombat?ask=How+do+I+feed+a+wombat%3F")
    expect(page.get_by_label("Your question")).to_have_value("How do I feed a wombat?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", name="How do I feed a wombat?")).to_be_visible()
    page.goto(f"{stack.hub.url}/docs/ask?thread={threads[0]}")
    page.get_by_role("button", name="It helped").first.click()
    expect(page.get_by_text("We read every word")).to_be_visible()
    context.close()


# --- An answer that takes seconds ---------------------------------------------------------------


@pytest.fixture(scope="module")
def slow(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Stack]:
    """An installation whose answers come in pieces."""
    folder: Path = tmp_path_factory.mktemp("slow")
    with fresh_database(folder, request) as database_url:
        settings = "tests.story.with_slow_answers"
        with running_stack(folder, database_url, DJANGO_SETTINGS_MODULE=settings) as running:
            yield running


def test_a_slow_answer_is_read_while_it_comes_and_survives_a_reload(
    arrive: Arrive, slow: Stack
) -> None:
    visitor: Somebody = arrive(Somebody, slow)
    visitor.visit("/docs/ask")
    page = visitor.page
    page.get_by_label("Your question").fill("How do I invite a colleague?")
    page.keyboard.press("Enter")
    expect(page.locator("#ask-status")).to_have_text("Answering")
    expect(page.get_by_text("Slow words 1.")).to_be_visible()
    expect(page.get_by_text("Slow words 4.")).not_to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.get_by_text("Slow words 4.")).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).not_to_be_visible()
    expect(page.locator("#ask-status")).to_have_text("Here is the answer.")


def asking_slowly(
    arrive: Arrive, slow: Stack, question: str = "How do I invite a colleague?"
) -> Somebody:
    """A visitor who has asked, and reads the first words of an answer that comes in pieces."""
    visitor: Somebody = arrive(Somebody, slow)
    visitor.visit("/docs/ask")
    visitor.page.get_by_label("Your question").fill(question)
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_text("Slow words 1.")).to_be_visible()
    return visitor


@pytest.mark.parametrize("question", ["How do I invite a colleague?", "Invite, when it fails?"])
def test_what_is_stopped_or_fails_gives_way_to_the_words_of_the_pages(
    arrive: Arrive, slow: Stack, question: str
) -> None:
    page = asking_slowly(arrive, slow, question).page
    if "fails" not in question:
        page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Stop")).not_to_be_visible()
    expect(page.get_by_text("Slow words")).to_have_count(0)
    expect(page.locator(".ask-outcome")).to_be_visible()
    expect(page.locator(".ask-question")).to_be_visible()


def test_in_the_panel_escape_stops_an_answer_and_not_the_panel(arrive: Arrive, slow: Stack) -> None:
    alice: Member = arrive(Member, slow)
    alice.be("alice.acme")
    alice.look_at("/")
    panel = alice.open_help()
    panel.get_by_role("link", name="Help Docs").first.click()
    panel.get_by_role("link", name="Ask a question").click()
    panel.get_by_label("Your question").fill("How do I invite a colleague?")
    panel.get_by_label("Your question").press("Enter")
    expect(panel.get_by_text("Slow words 1.")).to_be_visible()
    panel.locator(".ask-question").press("Escape")
    expect(panel.get_by_text("Slow words")).to_have_count(0)
    expect(panel.locator(".ask-outcome")).to_be_visible()


OF_AN_ANSWER = re.compile(r"/-/answers/[\w-]+/[\w-]+$")
"""What asks for more of an answer that is coming."""


def test_what_was_asked_before_stop_and_is_answered_after_it_is_not_heard(
    arrive: Arrive, slow: Stack
) -> None:
    page = asking_slowly(arrive, slow).page
    held: list[Route] = []
    intercept(page, OF_AN_ANSWER, lambda route: held.append(route))
    for _ in range(100):
        if not held:
            page.wait_for_timeout(50)
    page.keyboard.press("Escape")
    expect(page.locator(".ask-outcome")).to_be_visible()
    assert held
    for route in held:
        route.continue_()
    page.wait_for_timeout(500)  # for what must not come
    expect(page.locator(".ask-outcome")).to_be_visible()
    expect(page.get_by_text("Slow words")).to_have_count(0)


def test_where_stop_does_not_reach_the_server_the_answer_goes_on_coming(
    arrive: Arrive, slow: Stack
) -> None:
    visitor = asking_slowly(arrive, slow)
    page = visitor.page
    intercept(page, re.compile(r"/stop$"), lambda route: route.abort())
    page.keyboard.press("Escape")
    expect(page.locator("#ask-status")).to_have_text("Here is the answer.")
    expect(page.get_by_text("Slow words 4.")).to_be_visible()
    visitor.forgive("htmx:sendError")
