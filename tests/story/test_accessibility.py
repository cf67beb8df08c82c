"""Does any page shut somebody out? axe looks at each, on desktop and phone, light and dark."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import intercept
from tests.browser import no_serious_axe_findings_in_any_look as look_closely
from tests.stack import Stack
from tests.story.conftest import Arrive
from tests.story.people import Agent, Member
from tests.story.writing import FORM, fill_in, share

pytestmark = pytest.mark.once

SOLVED = "Three orders of link LK-58240 are missing from reports"

A_NEWCOMERS_LINK = """
from handrail.people.actions import apply_claims, email_link
from handrail.people.models import Host
account = {"id": "new", "name": "Newcomers", "kind": "brand", "plan": "pro", "zoneinfo": "UTC"}
claims = {"sub": "nina", "name": "Nina", "email": "nina@new.example", "email_verified": True,
          "role": "admin", "locale": "en", "zoneinfo": "UTC", "account": account}
print(email_link(apply_claims(Host.objects.get(), claims), "/help/tickets/"))
"""


@pytest.fixture
def still(arrive: Arrive) -> Member:
    """Alice, who likes no motion, so that axe meets every page at rest."""
    alice: Member = arrive(Member, reduced_motion="reduce")
    alice.be("alice.acme")
    alice.look_at("/")
    return alice


@pytest.fixture
def desk(arrive: Arrive) -> Agent:
    """Hanna, an administrator, who sees all of the console."""
    hanna: Agent = arrive(Agent, reduced_motion="reduce")
    hanna.sign_in("hanna@larkspan.example")
    hanna.page.get_by_role("region", name="Queue").wait_for()
    return hanna


def test_the_button_and_what_is_in_the_panel(still: Member) -> None:
    panel = still.open_help()
    look_closely(still.page)
    look_closely(still.page, still.frame)
    still.page.set_viewport_size({"width": 1280, "height": 900})
    panel.get_by_role("button", name="Account: Acme. Switch").click()
    look_closely(still.page, still.frame)


def test_the_panel_that_cannot_know_who_is_there(still: Member) -> None:
    intercept(still.page, "**/help-token", lambda route: route.fulfill(status=500))
    still.help_button.click()
    expect(still.panel.get_by_text("We could not sign you in here")).to_be_visible()
    look_closely(still.page, still.frame)


def test_the_pages_of_members(still: Member) -> None:
    still.enter_hub("/help/")
    look_closely(still.page)
    for address in ("/help/tickets/", "/help/tickets/?status=closed&view=unread", FORM):
        still.visit(address)
        look_closely(still.page)


def test_a_form_with_and_without_errors(still: Member) -> None:
    still.enter_hub(FORM)
    fill_in(still.page, "", words="")
    share(still.page, ["good@acme.example", "bad"])
    still.page.get_by_role("button", name="Create", exact=True).click()
    expect(still.page.get_by_text("Sum up your issue")).to_be_visible()
    look_closely(still.page)


def test_tickets_in_the_middle_and_at_the_end_of_their_lives(still: Member) -> None:
    still.enter_hub("/help/tickets/")
    still.page.get_by_role("link", name=SOLVED).first.click()
    still.page.get_by_text("Details", exact=True).click()
    look_closely(still.page)
    still.visit("/help/tickets/?status=closed")
    still.page.get_by_role("region", name="Tickets").get_by_role("link").first.click()
    expect(still.page.get_by_role("button", name="Reopen")).to_be_visible()
    look_closely(still.page)


def test_the_doors_of_the_hub(arrive: Arrive, stack: Stack) -> None:
    nina: Member = arrive(Member, reduced_motion="reduce")
    for address in ("/help/", "/help/tickets/", "/help/sign-in", "/help/link/spent", "/help/frame"):
        nina.visit(address)
        look_closely(nina.page)
    nina.page.goto(stack.run(A_NEWCOMERS_LINK))
    look_closely(nina.page)
    nina.page.get_by_role("button", name="Continue").click()
    expect(nina.page.get_by_text("No tickets yet")).to_be_visible()
    look_closely(nina.page)


def test_the_dialog_over_a_page_whose_session_ended(still: Member) -> None:
    still.enter_hub(FORM)
    still.context.clear_cookies()
    still.page.get_by_role("button", name="Create", exact=True).click()
    expect(still.page.get_by_role("dialog", name="You are signed out")).to_be_visible()
    look_closely(still.page)


def test_the_pages_that_say_what_went_wrong(still: Member, stack: Stack) -> None:
    codes = (400, 403, 404, 413, 429, 500, 503)
    rendered = stack.run(f"""
from django.template.loader import render_to_string
for code in {codes}:
    print(render_to_string(f"base/errors/{{code}}.html"), end="\\f")
""")
    for code, html in zip(codes, rendered.split("\f"), strict=False):
        _show(still.page, f"{stack.hub.url}/help/error-{code}", html)
        expect(still.page.get_by_text(str(code))).to_be_visible()
        look_closely(still.page)


def test_the_pages_of_agents(desk: Agent) -> None:
    for name in ("waiting", "mine", "unassigned", "all", "closed"):
        desk.visit(f"/console/tickets/?view={name}")
        look_closely(desk.page)
    desk.open_ticket(SOLVED)
    look_closely(desk.page)
    desk.page.get_by_role("button", name="Send").click()
    expect(desk.page.get_by_text("Write something first.")).to_be_visible()
    look_closely(desk.page)


def test_the_pages_of_the_console_beside_the_queue(desk: Agent) -> None:
    for address in ("notices/", "profile/", "two-factor/", "password/change/", "logout/"):
        desk.visit(f"/console/{address}")
        look_closely(desk.page)
    desk.visit("/console/two-factor/totp/activate/")
    if desk.page.get_by_role("heading", name="Is it still you?").is_visible():
        look_closely(desk.page)
        desk.page.get_by_label("Password").fill("handrail-demo-only")
        desk.page.get_by_role("button", name="Confirm").click()
    expect(desk.page.get_by_role("heading", name="Set up two-step sign-in")).to_be_visible()
    look_closely(desk.page)


def test_the_settings(desk: Agent) -> None:
    desk.visit("/console/settings/agents/")
    look_closely(desk.page)
    desk.page.get_by_role("link", name="Dora Novak").click()
    look_closely(desk.page)
    desk.visit("/console/settings/platforms/")
    look_closely(desk.page)
    desk.page.get_by_role("link", name="Larkspan").click()
    look_closely(desk.page)
    desk.page.get_by_role("link", name="Change").click()
    expect(desk.page.get_by_label("Origins")).to_be_visible()
    look_closely(desk.page)
    for address in ("agents/new", "platforms/new"):
        desk.visit(f"/console/settings/{address}")
        look_closely(desk.page)
        desk.page.get_by_role("main").get_by_role("button").click()
        expect(desk.page.locator("[aria-invalid=true]").first).to_be_visible()
        look_closely(desk.page)


def test_the_rules_of_tickets(desk: Agent) -> None:
    for address in ("policy", "hours", "targets"):
        desk.visit(f"/console/tickets/settings/{address}/")
        look_closely(desk.page)
    desk.page.get_by_label("First reply").first.fill("soon")
    desk.page.get_by_role("button", name="Save").click()
    expect(desk.page.locator("[aria-invalid=true]").first).to_be_visible()
    look_closely(desk.page)


def test_the_page_of_components(desk: Agent) -> None:
    desk.visit("/console/design/")
    look_closely(desk.page)


def test_the_doors_of_the_console(arrive: Arrive) -> None:
    stranger: Agent = arrive(Agent, reduced_motion="reduce")
    for address in ("login/", "password/reset/", "password/reset/done/", "inactive/"):
        stranger.visit(f"/console/{address}")
        look_closely(stranger.page)
    stranger.visit("/console/login/")
    stranger.page.get_by_label("Password").fill("wrong")
    stranger.page.get_by_role("button", name="Sign in").click()
    expect(stranger.page.get_by_role("alert")).to_be_visible()
    look_closely(stranger.page)


def _show(page: Page, address: str, html: str) -> None:
    """Shows a page that the server sends only in an emergency, with its real style sheets."""
    page.route(address, lambda route: route.fulfill(content_type="text/html", body=html))
    page.goto(address)
