"""Do people find the page that answers them, and nobody a page that is not theirs?"""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import no_serious_axe_findings_in_any_look as look_closely
from tests.stack import Stack
from tests.story.conftest import Arrive
from tests.story.people import Member, Somebody

TABS = """
{% tabs %}
{% tab title="For the web" %}
Put the snippet into the head of each page.
{% endtab %}
{% tab title="For apps" %}
Call the kit when the app opens.
{% endtab %}
{% endtabs %}
"""

CENTRE = f"""
from handrail.mediums.docs import actions
from handrail.mediums.docs.models import Section
from handrail.people.models import Audience
from handrail.people.viewer import system_viewer
editor = system_viewer("editor")
section = actions.make_section(editor, title="Quokka tracking", slug="quokka", icon="route",
    description="How clicks of quokkas are counted.")
group = actions.make_page(editor, section, title="Set it up", is_group=True)
def publish(title, body, **facts):
    page = actions.make_page(editor, section, title=title, body=body, **facts)
    return actions.publish(editor, page)
publish("Count quokkas", {TABS!r} + '''
## Before you begin

You need an account.

## Check it

```python
print("quokka")
```

| Sign | Meaning |
|---|---|
| green | It counts. |
''', parent=group, summary="Put the quokka counter to work.")
publish("Why a quokka is missing", "## Wait an hour\\n\\nIt may be on its way.", parent=group)
brands = Audience.objects.get(key="brand")
publish("Quokka plans for brands", "Our quokka secrets.", audience=brands)
publish("الكوكا", "كلمات عن الكوكا.", language="ar", slug="quokka")
"""

PAGE = "/docs/quokka/set-it-up/count-quokkas"


@pytest.fixture(scope="module")
def centre(stack: Stack) -> None:
    """A section of a help centre, with a page that only brands may read."""
    stack.publish(CENTRE, "Count quokkas")


@pytest.fixture
def visitor(arrive: Arrive, centre: None) -> Somebody:
    """Somebody without a session, who likes no motion."""
    person: Somebody = arrive(Somebody, reduced_motion="reduce")
    return person


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name, exact=True, level=1)).to_be_visible()


def test_a_visitor_finds_a_page_reads_it_and_says_what_they_think(visitor: Somebody) -> None:
    visitor.visit("/docs/")
    page = visitor.page
    page.keyboard.press("/")
    page.keyboard.type("quokka counter")
    page.keyboard.press("Enter")
    heading(page, "Results for “quokka counter”")
    page.get_by_role("link", name="Count quokkas").first.click()
    heading(page, "Count quokkas")
    tabs = page.get_by_role("tablist")
    tabs.get_by_role("tab", name="For the web").focus()
    expect(page.get_by_text("Put the snippet")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(tabs.get_by_role("tab", name="For apps")).to_be_focused()
    expect(page.get_by_text("Call the kit")).to_be_visible()
    expect(page.get_by_text("Put the snippet")).not_to_be_visible()
    page.get_by_role("button", name="Partly").click()
    page.get_by_label("What should we know?").fill("no")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("three letters at least")).to_be_visible()
    expect(page.get_by_label("What should we know?")).to_have_value("no")
    page.get_by_label("What should we know?").fill("The second tab is thin.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("We read every word")).to_be_visible()
    assert visitor.context.cookies() == []


def test_where_one_is_in_a_page_and_in_its_section_is_marked(visitor: Somebody) -> None:
    visitor.visit(PAGE)
    page = visitor.page
    outline = page.get_by_role("navigation", name="On this page")
    expect(outline.get_by_role("link", name="Before you begin")).to_have_attribute(
        "aria-current", "true"
    )
    outline.get_by_role("link", name="Check it").click()
    page.mouse.wheel(0, 5_000)
    expect(outline.get_by_role("link", name="Check it")).to_have_attribute("aria-current", "true")
    tree = page.get_by_role("navigation", name="Pages of Quokka tracking")
    expect(tree.get_by_role("link", name="Count quokkas")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Next Why a quokka is missing").click()
    heading(page, "Why a quokka is missing")


def test_a_page_is_taken_along_as_markdown(visitor: Somebody) -> None:
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.visit(PAGE)
    page = visitor.page
    page.get_by_role("button", name="More about this page").click()
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_text("The page is copied as Markdown.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("> ")
    assert "# Count quokkas" in copied


def test_on_a_phone_the_tree_is_a_drawer(arrive: Arrive, centre: None) -> None:
    visitor: Somebody = arrive(Somebody, viewport={"width": 390, "height": 844})
    visitor.visit(PAGE)
    page = visitor.page
    tree = page.get_by_role("navigation", name="Pages of Quokka tracking")
    expect(tree).not_to_be_visible()
    page.get_by_role("button", name="Quokka tracking").click()
    expect(tree).to_be_visible()
    page.keyboard.press("Escape")
    expect(tree).not_to_be_visible()
    page.get_by_role("button", name="Quokka tracking").click()
    tree.get_by_role("link", name="Why a quokka is missing").click()
    heading(page, "Why a quokka is missing")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


def test_everything_is_there_without_a_script(browser: Browser, stack: Stack, centre: None) -> None:
    """In a context of its own: what keeps other stories from being too quick is a script, too."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{stack.hub.url}/docs/")
    page.get_by_role("searchbox").fill("quokka counter")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="Count quokkas").first.click()
    for words in ("Put the snippet", "Call the kit"):
        expect(page.get_by_text(words)).to_be_visible()
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_label("What should we know?").fill("There is no picture.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("We read every word")).to_be_visible()
    page.get_by_role("link", name="Back to the page").click()
    heading(page, "Count quokkas")
    context.close()


def test_alice_reads_in_the_panel_and_goes_on_to_a_ticket(alice: Member, centre: None) -> None:
    panel = alice.open_help()
    panel.get_by_role("link", name="Help Docs").click()
    panel.get_by_role("link", name="Quokka tracking", exact=True).click()
    panel.get_by_role("link", name="Quokka plans for brands").first.click()
    expect(panel.get_by_text("Our quokka secrets.")).to_be_visible()
    panel.get_by_role("button", name="Yes").click()
    expect(panel.get_by_text("Thank you for your answer.")).to_be_visible()
    panel.get_by_role("link", name="Create a ticket").click()
    expect(panel.get_by_label("Subject")).to_be_visible()


def test_what_an_agent_leads_to_opens_in_the_panel_and_on_the_public_site(
    alice: Member, arrive: Arrive, stack: Stack
) -> None:
    panel = alice.open_tickets()
    panel.get_by_role("link", name="Postback gets answer 302 since our shop moved").click()
    link = panel.locator('.message a[href*="/docs/brand/tracking/"]')
    address = link.get_attribute("href")
    assert address
    assert address.startswith(f"{stack.hub.url}/docs/")
    link.click()
    expect(panel.get_by_role("heading", name="Receive postbacks", level=1)).to_be_visible()
    assert "/help/docs/brand/tracking/" in alice.frame.url
    visitor: Somebody = arrive(Somebody)
    visitor.page.goto(address)
    heading(visitor.page, "Receive postbacks")


def test_what_is_elsewhere_opens_beside_the_panel(alice: Member) -> None:
    panel = alice.open_help()
    panel.get_by_role("link", name="Help Docs").wait_for()
    alice.frame.evaluate(
        """() => document.querySelector("main").insertAdjacentHTML("beforeend",
            '<p><a href="/sign-in-help">Elsewhere</a></p>')"""
    )
    with alice.context.expect_page() as opened:
        panel.get_by_role("link", name="Elsewhere").click()
    expect(opened.value).to_have_url(f"{alice.stack.hub.url}/sign-in-help")
    expect(panel.get_by_role("link", name="Help Docs")).to_be_visible()


def test_carol_and_a_visitor_do_not_find_what_is_for_brands(
    carol: Member, visitor: Somebody
) -> None:
    carol.enter_hub("/help/docs/search?q=quokka+secrets")
    expect(carol.page.get_by_role("link", name="Count quokkas").first).to_be_visible()
    expect(carol.page.get_by_text("plans for brands")).to_have_count(0)
    for address in ("/help/docs/quokka", "/help/docs/quokka/quokka-plans-for-brands"):
        carol.visit(address)
        expect(carol.page.get_by_text("plans for brands")).to_have_count(0)
    visitor.visit("/docs/quokka/quokka-plans-for-brands")
    heading(visitor.page, "There is no such page")
    expect(visitor.page.get_by_text("plans for brands")).to_have_count(0)


def test_no_page_of_the_help_centre_shuts_anybody_out(visitor: Somebody) -> None:
    addresses = (
        *("/docs/", "/docs/quokka", "/docs/quokka/set-it-up", PAGE, "/docs/quokka/ar/quokka"),
        *("/docs/search?q=quokka", "/docs/search?q=zxqv", "/docs/quokka/coutn-quokkas"),
        *("/docs/quokka/de/set-it-up/count-quokkas", "/help/docs/", f"/help{PAGE}"),
    )
    for address in addresses:
        visitor.visit(address)
        look_closely(visitor.page)


def test_a_reader_from_right_to_left_reads_so(arrive: Arrive, centre: None) -> None:
    visitor: Somebody = arrive(Somebody, locale="ar", reduced_motion="reduce")
    visitor.visit("/docs/quokka/ar/quokka")
    assert visitor.page.locator("html").get_attribute("dir") == "rtl"
    look_closely(visitor.page)
