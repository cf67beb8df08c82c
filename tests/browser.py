"""How does a story look at pages? In Chromium, with a look over its shoulder.

Where a story is about pages inside a host's page, third-party cookies are blocked, as browsers do
or will do (`whole_browser`): what works here is what works for everybody. What goes wrong in a
page's script, or against a page's policy, fails its story.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Frame,
    Locator,
    Page,
    Route,
    ViewportSize,
    WebError,
    expect,
    sync_playwright,
)

from tools import machine

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --test-third-party-cookie-phaseout"
).split()
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
LOOKS: list[tuple[ViewportSize, Literal["light", "dark"]]] = [
    (DESKTOP, "light"),
    (DESKTOP, "dark"),
    (PHONE, "dark"),
    (PHONE, "light"),
]
PATIENCE_MS = 15_000
"""For anything that should be there at once: a busy machine is no failure."""

REFUSED = "Failed to load resource"
"""How Chromium reports an answer such as 401 or 422, which pages know what to do with."""

REPLACED = ("htmx:sendAbort", "htmx:afterRequest")
"""How htmx says that a newer question took the place of one that was under way (`hx-sync`). A
question that failed is told as `htmx:sendError` beside the second."""

SKIPPED = "Transition was"
"""How Chromium says that a page was gone before its cross-fade began: nobody misses anything."""


@contextmanager
def chromium(*, is_whole: bool = False) -> Iterator[Browser | None]:
    """The browser of some tests; None where there is no Chromium. Only the whole one blocks
    third-party cookies."""
    program = machine.chromium_program() if is_whole else machine.chromium_shell()
    if program is None:
        yield None
        return
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


SHOWN_WHEN_READY = """{
    const unready = new CSSStyleSheet();
    unready.replaceSync(":root { visibility: hidden !important; }");
    document.adoptedStyleSheets = [unready];
    const focus = HTMLElement.prototype.focus;
    let wished = null;
    HTMLElement.prototype.focus = function (...how) {
        wished = this;
        focus.apply(this, how);
    };
    document.addEventListener("DOMContentLoaded", () => {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== unready);
        HTMLElement.prototype.focus = focus;
        if (document.activeElement !== document.body) return;
        (wished ?? document.querySelector("[autofocus]"))?.focus();
    });
}"""
"""Nobody presses a button in the instant before the page's scripts are there, as a story would.
What is not shown cannot have the focus: what asked for it in that instant gets it afterwards."""


IS_ROUTED = re.compile(r"\?is-routed$")
UNTIL_ROUTED = """async () => {
    const address = `${location.pathname}?is-routed`;
    for (let tries = 0; tries < 500; tries++)
        if ((await fetch(address)).headers.has("is-routed")) return;
    throw new Error("Requests of this page go past the route.");
}"""


def intercept(
    page: Page,
    address: str | re.Pattern[str],
    handler: Callable[[Route], object],
    *,
    times: int | None = None,
) -> None:
    """Like `page.route`, for a page that is open, and in force when this returns.

    Chromium says that requests are held up a moment before it is true of the page's own scripts:
    of those sent at once, one in twenty slipped through.
    """
    page.route(address, handler, times=times)
    page.route(IS_ROUTED, lambda asked: asked.fulfill(headers={"is-routed": "yes"}))
    for frame in page.frames:
        if frame.url.startswith("http"):
            frame.evaluate(UNTIL_ROUTED)
    page.unroute(IS_ROUTED)


def press_in_menu(item: Locator) -> None:
    """Presses where it stands. Where the menu's button sticks to the edge of a scrolled page,
    Playwright's own click would scroll to where that stood before, and press what comes there."""
    expect(item).to_be_visible()
    box = item.bounding_box()
    assert box
    item.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


class Watched:
    """A person's own browser: cookies shared with nobody, and a list of what went wrong in it."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(**{"viewport": DESKTOP, **options})
        self.context.set_default_timeout(PATIENCE_MS)
        if options.get("java_script_enabled", True):
            self.context.add_init_script(SHOWN_WHEN_READY)
        self.troubles: list[str] = []
        self.context.on("console", self._hear)
        self.context.on("weberror", self._catch)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith((REFUSED, *REPLACED)):
            self.troubles.append(f"{message.text} ({message.location.get('url')})")

    def _catch(self, error: WebError) -> None:
        if not str(error.error).startswith(SKIPPED):
            self.troubles.append(str(error.error))

    def forgive(self, words: str) -> None:
        """What a story meant to go wrong is no trouble; but it must have gone wrong."""
        meant = [trouble for trouble in self.troubles if words in trouble]
        assert meant, f"Nothing went wrong with “{words}”, only: {self.troubles}"
        self.troubles = [trouble for trouble in self.troubles if trouble not in meant]

    def keep_pictures(self, folder: Path, name: str) -> list[Path]:
        """Writes down what this person sees; for the report of a failed story."""
        pictures = []
        for number, page in enumerate(self.context.pages, start=1):
            picture = folder / f"{name}-{number}.png"
            page.screenshot(path=picture)
            pictures.append(picture)
        return pictures


AT_REST = """async () => {
    const isMoving = (it) => it instanceof CSSTransition && it.playState === "running";
    const until = performance.now() + 3000;
    do await new Promise((later) => setTimeout(later, 50));
    while (document.getAnimations().some(isMoving) && performance.now() < until);
}"""
"""A colour on its way to another would be measured as if it stayed. It looks again and again: the
promise of a transition that was cut off by another may never be kept."""


def no_serious_axe_findings(place: Page | Frame) -> None:
    """axe finds nothing in this page, or frame, that shuts somebody out. A third of a second."""
    if not place.evaluate("'axe' in window"):
        place.evaluate(Axe().axe_script)
    place.evaluate(AT_REST)
    results = place.evaluate("axe.run({ resultTypes: ['violations'] })")
    serious = [
        f"{finding['id']}: {finding['help']}\n  "
        + "\n  ".join(node["html"][:200] for node in finding["nodes"])
        for finding in results["violations"]
        if finding["impact"] in ("serious", "critical")
    ]
    assert not serious, f"{place.url}\n" + "\n".join(serious)


def no_serious_axe_findings_in_any_look(page: Page, place: Page | Frame | None = None) -> None:
    """The same on a desktop and on a phone, light and dark; `place` is a frame in the page."""
    for size, scheme in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        try:
            no_serious_axe_findings(place or page)
        except AssertionError as error:
            raise AssertionError(f"{size['width']} px, {scheme}: {error}") from None
