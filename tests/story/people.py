"""Who acts in the stories? People at browsers of their own: members on the platform, agents."""

from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Frame, FrameLocator, Locator, Page

from tests.browser import Watched
from tests.stack import PASSWORD, Stack

PLATFORM_COOKIE = "larkspan-demo"


class Somebody(Watched):
    """A person with one open page. Where they are a visitor, the hub knows nothing of them."""

    def __init__(self, stack: Stack, browser: Browser, **options: Any) -> None:
        super().__init__(browser, **options)
        self.stack = stack
        self.page: Page = self.context.new_page()

    def visit(self, address: str) -> None:
        """Opens an address of the hub's."""
        self.page.goto(self.stack.hub.url + address)


class Member(Somebody):
    """Somebody who uses the platform, and finds the Help button there."""

    def be(self, visit: str) -> None:
        """Signs in at the platform: `alice.acme` is Alice, for Acme; `nobody` signs out."""
        cookie = {"name": PLATFORM_COOKIE, "value": visit, "url": self.stack.platform.url}
        self.context.add_cookies([cookie])  # type: ignore[list-item]

    def look_at(self, path: str = "/") -> None:
        """Opens a page of the platform."""
        self.page.goto(self.stack.platform.url + path)

    def look_at_own_page(
        self, attributes: str = "", *, html: str = "", body: str = "", policy: str = ""
    ) -> None:
        """Opens a page of the platform's that the story writes: `attributes` of our script, of
        <html>, a body and a Content-Security-Policy. All else is the platform's own."""
        address = f"{self.stack.platform.url}/written-by-the-story"
        script = f"{self.stack.hub.url}/help/v1.js"
        text = f"""<!doctype html><html lang="en" {html}><title>Own page</title>
            <main><h1>A page of a host</h1>{body}</main>
            <script src="{script}" data-token-url="/help-token" {attributes} defer></script>"""
        headers = {"Content-Security-Policy": policy} if policy else {}
        # Chromium takes a page that no server sent for one from far away, which must ask to
        # speak with servers on this machine.
        platform = self.stack.platform.url
        self.context.grant_permissions(["local-network-access"], origin=platform)
        self.page.route(
            address,
            lambda route: route.fulfill(content_type="text/html", headers=headers, body=text),
        )
        self.page.goto(address)

    @property
    def help_button(self) -> Locator:
        return self.page.locator("handrail-help").get_by_role("button", name="Help", exact=True)

    @property
    def panel(self) -> FrameLocator:
        """What is inside the panel, whichever page it shows now."""
        return self.page.frame_locator("handrail-help iframe")

    @property
    def frame(self) -> Frame:
        """The panel's frame itself, for what only frames can do."""
        handle = self.page.locator("handrail-help iframe").element_handle()
        frame = handle.content_frame()
        assert frame is not None
        return frame

    def open_help(self) -> FrameLocator:
        """Presses Help on the page that is open, and waits for the home."""
        self.help_button.click()
        self.panel.get_by_role("heading", name="how can we help").wait_for()
        return self.panel

    def open_tickets(self) -> FrameLocator:
        """From the page that is open to the list of tickets, by Help."""
        self.open_help().get_by_role("link", name="Tickets").click()
        self.panel.get_by_role("heading", name="Tickets", exact=True).wait_for()
        return self.panel

    def forget_everything(self) -> None:
        """Goes on in a browser without any cookie, and leaves the page that was open."""
        self.page.goto("about:blank")
        self.context.clear_cookies()

    def enter_hub(self, path: str = "/help/") -> None:
        """Opens a page of the hub's by itself, through the platform's sign-in."""
        back = self.stack.hub.url + path
        self.page.goto(f"{self.stack.platform.url}/help-sign-in?handrail_return={quote(back)}")
        self.page.wait_for_url(back)


class Agent(Somebody):
    """Somebody who answers in the console."""

    def sign_in(self, email: str = "dora@larkspan.example", password: str = PASSWORD) -> None:
        self.visit("/console/login/")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    def open_ticket(self, subject: str) -> None:
        """Opens a ticket from the queue of all tickets."""
        self.visit("/console/tickets/?view=all")
        self.page.get_by_role("link", name=subject).click()
        self.page.get_by_role("heading", name=subject).wait_for()

    def answer(self, words: str, meaning: str = "Ask, and wait for the member") -> None:
        """Sends a message on the ticket that is open; `meaning` is one of the form's choices."""
        self.page.get_by_role("radio", name=meaning).check()
        self.page.get_by_label("Your message").fill(words)
        self.page.get_by_role("button", name="Send").click()
        self.page.get_by_role("list", name="Messages").get_by_text(words).wait_for()
