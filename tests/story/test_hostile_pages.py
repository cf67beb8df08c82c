"""What can pages do that are not the platform's, or scripts that speak out of turn? Nothing."""

import threading
from collections.abc import Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import intercept
from tests.story.people import Member

pytestmark = pytest.mark.whole_browser

FORGED = (
    '{type: "close"}, {type: "signed-out"}, {type: "badge", count: 99}, '
    '{type: "resize", width: 700}, {type: "path", path: "/help/forged/"}, '
    '{type: "token", id: 1, token: null}, {type: "open", path: "/help/tickets/"}'
)
"""What frame and loader might say to each other, so that only the sender is wrong."""

MISSHAPEN = """[
    null, "close", 7, ["close"], {}, {type: "close"}, {handrail: "1", type: "close"},
    {handrail: 1, type: "__proto__"}, {handrail: 1, type: "constructor"}, {handrail: 1, type: null},
    {handrail: 1, type: "toString"}, {handrail: 1, type: {toString: null}},
    {handrail: 1, type: "resize", width: NaN}, {handrail: 1, type: "resize", width: "700"},
    {handrail: 1, type: "badge", count: "<b>9</b>"}, {handrail: 1, type: "badge", count: 1.5},
    {handrail: 1, type: "need-token", id: "1"}, {handrail: 1, type: "need-token"},
    {handrail: 1, type: "path", path: {}}, {handrail: 1, type: "path"},
    {handrail: 1, type: "path", path: "javascript:document.title='owned'"},
    {handrail: 1, type: "path", path: "//evil.example/help/"},
    {handrail: 1, type: "path", path: "/help/../console/"},
    JSON.parse('{"handrail": 1, "type": "ready", "__proto__": {"owned": true}}'),
]"""
"""What our frame never says, even if somebody should ever speak from within it."""


class Site:
    """A site of somebody else's, which answers any path with one page."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://localhost:{port}"
        self.page = ""
        self.asked: list[str] = []


@pytest.fixture
def strangers() -> Iterator[Site]:
    """A site that nobody registered as a host."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(site.page.encode())

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site = Site(server.server_port)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def test_the_page_of_somebody_who_is_no_host_shows_no_panel(alice: Member, strangers: Site) -> None:
    hub = alice.stack.hub.url
    alice.open_help()  # she has a session, which must not help them
    strangers.page = f"""<!doctype html><html lang="en"><title>Free vouchers</title><body>
        <script src="{hub}/help/v1.js" data-token-url="/token" defer></script>
        <iframe src="{hub}/help/tickets/" title="Bait"></iframe>"""
    alice.page.goto(strangers.origin)
    alice.help_button.click()
    sorry = alice.page.locator("handrail-help").get_by_role("alert")
    expect(sorry).to_contain_text("Help cannot be reached.")
    for frame in alice.page.frames[1:]:
        assert "Alice" not in frame.content()
        assert "INV-20431" not in frame.content()
    alice.forgive("frame-ancestors")


def test_a_sandboxed_frame_that_forges_all_messages_at_everybody_is_not_heard(
    alice: Member,
) -> None:
    forger = f"""<script>
        setInterval(() => {{
            for (const it of [{FORGED}]) {{
                const message = {{ handrail: 1, ...it }};
                parent.postMessage(message, "*");
                for (let at = 0; at < parent.length; at++) parent[at].postMessage(message, "*");
            }}
        }}, 50);
    </script>"""
    sandbox = f'<iframe title="Ad" sandbox="allow-scripts" srcdoc="{escape(forger)}"></iframe>'
    alice.look_at_own_page("data-badge", body=sandbox)
    panel = alice.open_help()
    alice.page.evaluate("""() => {
        window.told = [];
        for (const event of ["close", "signed-out"]) Handrail.on(event, () => told.push(event));
    }""")
    alice.page.wait_for_timeout(300)
    assert alice.page.evaluate("told") == []
    expect(panel.get_by_role("heading", name="Hello Alice")).to_be_visible()
    expect(alice.page.locator("handrail-help").get_by_text("99")).to_have_count(0)
    kept = alice.page.evaluate("JSON.parse(sessionStorage.handrail)")
    assert (kept["path"], kept["width"]) == ("/help/", 420)


def test_our_frame_is_in_no_list_of_frames(alice: Member) -> None:
    """A frame in a shadow root is not, so that other frames have no way to it."""
    alice.open_help()
    assert alice.page.evaluate("frames.length") == 0


def test_our_frame_hears_its_host_page_alone(alice: Member) -> None:
    panel = alice.open_help()
    alice.frame.evaluate("""() => {
        const forged = { handrail: 1, type: "open", path: "/help/tickets/" };
        window.postMessage(forged, "*");
        const elsewhere = { data: forged, origin: "https://evil.example", source: parent };
        window.dispatchEvent(new MessageEvent("message", elsewhere));
    }""")
    alice.page.wait_for_timeout(200)
    expect(panel.get_by_role("heading", name="Hello Alice")).to_be_visible()


def test_a_misshapen_message_even_from_our_frame_does_nothing(alice: Member) -> None:
    panel = alice.open_help()
    before = alice.page.evaluate("sessionStorage.handrail")
    alice.frame.evaluate(
        f"(host) => {{ for (const message of {MISSHAPEN}) parent.postMessage(message, host); }}",
        alice.stack.platform.url,
    )
    alice.page.wait_for_timeout(200)
    assert alice.page.evaluate("sessionStorage.handrail") == before
    assert alice.page.evaluate("({}).owned") is None
    assert alice.page.title() != "owned"
    expect(panel.get_by_role("heading", name="Hello Alice")).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "https://evil.example/help/",
        "javascript:alert(1)",
        "../../console/",
        "\\\\evil.example",
    ],
)
def test_the_panel_opens_nothing_but_help(alice: Member, path: str) -> None:
    alice.page.evaluate("(path) => Handrail.open('tickets', { path })", path)
    expect(alice.panel.get_by_role("heading", name="how can we help")).to_be_visible()
    assert alice.frame.url == f"{alice.stack.hub.url}/help/"


def test_a_token_is_taken_from_the_hosts_own_origin_alone(alice: Member, strangers: Site) -> None:
    strangers.page = '{"token": "a.b.c"}'
    there = {"Location": f"{strangers.origin}/token"}
    intercept(alice.page, "**/help-token", lambda route: route.fulfill(status=307, headers=there))
    alice.help_button.click()
    expect(alice.panel.get_by_text("We could not sign you in here")).to_be_visible()
    assert strangers.asked == []
    alice.forgive("Unsafe attempt to load URL")


def test_a_page_that_loads_the_script_twice_has_one_button(alice: Member) -> None:
    again = f'<script src="{alice.stack.hub.url}/help/v1.js" data-token-url="/help-token"></script>'
    alice.look_at_own_page(body=again)
    expect(alice.help_button).to_have_count(1)
    alice.open_help()
