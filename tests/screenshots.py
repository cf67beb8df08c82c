"""What does everything look like? `./dev screenshots` takes every page and the README's pictures.

Each page is taken at 1280 and 390 pixels, light and dark, on a real installation with the demo's
data: one picture each, and all of them on contact sheets, in `var/screenshots`.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize

from tests.browser import DESKTOP, PHONE, chromium
from tests.stack import Stack, running_stack
from tests.story.people import Agent, Member, Somebody
from tools.progress import ROOT, step

SHEETS = ROOT / "var" / "screenshots"
PICTURES = ROOT / "docs" / "pictures"
LOOKS = [(size, scheme) for size in (DESKTOP, PHONE) for scheme in ("light", "dark")]
WAITING = "Three orders of link LK-58240 are missing from reports"
ROWS_A_SHEET = 5
HEIGHT = 450
"""Of a picture on a sheet, in pixels."""

Visit = Callable[[Somebody], None]


@dataclass(frozen=True)
class Shot:
    """A page, who looks at it, and how they get there."""

    name: str
    who: type[Somebody]
    visit: Visit


def at(address: str) -> Visit:
    """The page at this address of the hub's."""
    return lambda person: person.visit(address)


def ticket(person: Somebody) -> None:
    """The ticket whose solution waits for Alice's word."""
    side = "/console/tickets/?view=all" if isinstance(person, Agent) else "/help/tickets/"
    person.visit(side)
    person.page.get_by_role("link", name=WAITING).first.click()
    person.page.locator("#thread").wait_for()


def panel(person: Somebody) -> None:
    """The panel in the platform's dashboard."""
    assert isinstance(person, Member)
    person.look_at("/")
    person.open_help()


def form_with_errors(person: Somebody) -> None:
    person.visit("/help/tickets/?createTicket=true")
    person.page.get_by_role("button", name="Create").click()
    person.page.get_by_text("Sum up your issue").wait_for()


def sign_in_help_with_errors(person: Somebody) -> None:
    person.visit("/sign-in-help")
    person.page.get_by_role("button", name="Send").click()
    person.page.get_by_text("Tell us what to call you").wait_for()


def unproved_sender(person: Somebody) -> None:
    """The ticket of somebody who could not sign in."""
    person.visit("/console/tickets/?view=all")
    person.page.get_by_role("link", name="Cannot sign in").first.click()
    person.page.get_by_role("heading", name="Sender").wait_for()


def issue_type(person: Somebody) -> None:
    """One that asks for more."""
    person.visit("/console/tickets/settings/issue-types/")
    person.page.get_by_role("link", name="Tracking, Reporting and Technical Settings").click()
    person.page.get_by_role("heading", name="Own fields").wait_for()


SHOTS = (
    Shot("panel", Member, panel),
    Shot("home", Member, at("/help/")),
    Shot("tickets", Member, at("/help/tickets/")),
    Shot("tickets-no-match", Member, at("/help/tickets/?status=closed&view=unread")),
    Shot("ticket", Member, ticket),
    Shot("ticket-form", Member, at("/help/tickets/?createTicket=true")),
    Shot("ticket-form-errors", Member, form_with_errors),
    Shot("sign-in-ways", Member, at("/help/sign-in")),
    Shot("not-found", Member, at("/help/nothing-here")),
    Shot("visitor-home", Somebody, at("/help/")),
    Shot("visitor-sign-in", Somebody, at("/help/tickets/")),
    Shot("visitor-sign-in-help", Somebody, at("/sign-in-help")),
    Shot("visitor-sign-in-help-errors", Somebody, sign_in_help_with_errors),
    Shot("console-sign-in", Somebody, at("/console/login/")),
    Shot("console-queue", Agent, at("/console/tickets/")),
    Shot("console-nothing-mine", Agent, at("/console/tickets/?view=mine")),
    Shot("console-ticket", Agent, ticket),
    Shot("console-unproved-sender", Agent, unproved_sender),
    Shot("console-notices", Agent, at("/console/notices/")),
    Shot("console-profile", Agent, at("/console/profile/")),
    Shot("console-second-step", Agent, at("/console/two-factor/")),
    Shot("console-agents", Agent, at("/console/settings/agents/")),
    Shot("console-new-agent", Agent, at("/console/settings/agents/new")),
    Shot("console-platforms", Agent, at("/console/settings/platforms/")),
    Shot("console-platform", Agent, at("/console/settings/platforms/1/")),
    Shot("console-issue-types", Agent, at("/console/tickets/settings/issue-types/")),
    Shot("console-issue-type", Agent, issue_type),
    Shot("console-ticket-rules", Agent, at("/console/tickets/settings/policy/")),
    Shot("console-business-hours", Agent, at("/console/tickets/settings/hours/")),
    Shot("console-promises", Agent, at("/console/tickets/settings/targets/")),
    Shot("console-sign-in-answers", Agent, at("/console/tickets/settings/sign-in-help/")),
    Shot("console-design", Agent, at("/console/design/")),
)


def main() -> None:
    SHEETS.mkdir(parents=True, exist_ok=True)
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        if browser is None:
            raise SystemExit("There is no Chromium on this machine.")
        database = f"sqlite:///{folder}/handrail.sqlite3"
        with running_stack(Path(folder), database) as stack:
            for size, scheme in LOOKS:
                with step(f"Taking {len(SHOTS)} pages, {size['width']} pixels wide, {scheme}"):
                    _take_all(stack, browser, size, scheme)
            with step("Taking the README's pictures"):
                _take_pictures(stack, browser)
    sheets = _make_sheets()
    print(f"Look at {', '.join(str(sheet.relative_to(ROOT)) for sheet in sheets)}")


@contextmanager
def _everybody(
    stack: Stack, browser: Browser, **options: object
) -> Iterator[dict[type[Somebody], Somebody]]:
    """A visitor, Alice, and the owner of the installation, each signed in."""
    alice, owner = Member(stack, browser, **options), Agent(stack, browser, **options)
    people = {Somebody: Somebody(stack, browser, **options), Member: alice, Agent: owner}
    alice.be("alice.acme")
    alice.enter_hub()
    owner.sign_in("hanna@larkspan.example")
    owner.page.wait_for_url("**/console/tickets/")
    yield people
    for person in people.values():
        person.context.close()


def _take_all(stack: Stack, browser: Browser, size: ViewportSize, scheme: str) -> None:
    with _everybody(stack, browser, viewport=size, color_scheme=scheme) as people:
        for shot in SHOTS:
            _take(people[shot.who], shot.visit, _path(shot.name, size, scheme))


def _take(person: Somebody, visit: Visit, path: Path) -> None:
    visit(person)
    person.page.wait_for_load_state("networkidle")
    person.page.screenshot(path=path, animations="disabled")


def _take_pictures(stack: Stack, browser: Browser) -> None:
    """Twice as many pixels, in few colours: sharp on any screen, and small in the repository."""
    wide, narrow = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
    wanted = (
        ("help-panel", Member, panel, wide, "light"),
        ("console", Agent, ticket, wide, "light"),
        ("home-dark", Member, at("/help/"), {"width": 900, "height": 800}, "dark"),
        ("phone", Member, ticket, narrow, "light"),
    )
    for name, who, visit, size, scheme in wanted:
        options = {"viewport": size, "color_scheme": scheme, "device_scale_factor": 2}
        with _everybody(stack, browser, **options) as people:
            path = PICTURES / f"{name}.png"
            _take(people[who], visit, path)
            Image.open(path).convert("P", palette=Image.Palette.ADAPTIVE).save(path, optimize=True)


def _path(name: str, size: ViewportSize, scheme: str) -> Path:
    return SHEETS / f"{name}-{size['width']}-{scheme}.png"


def _make_sheets() -> list[Path]:
    """A row a page, its four looks beside each other."""
    sheets = []
    for number, first in enumerate(range(0, len(SHOTS), ROWS_A_SHEET), start=1):
        rows = [_row(shot.name) for shot in SHOTS[first : first + ROWS_A_SHEET]]
        sheet = Image.new("RGB", (max(row.width for row in rows), len(rows) * HEIGHT), "#888")
        for place, row in enumerate(rows):
            sheet.paste(row, (0, place * HEIGHT))
        path = SHEETS / f"sheet-{number}.png"
        sheet.save(path)
        sheets.append(path)
    return sheets


def _row(name: str) -> Image.Image:
    pictures = [Image.open(_path(name, size, scheme)).convert("RGB") for size, scheme in LOOKS]
    small = [
        picture.resize((round(picture.width * (HEIGHT - 10) / picture.height), HEIGHT - 10))
        for picture in pictures
    ]
    row = Image.new("RGB", (sum(picture.width + 10 for picture in small), HEIGHT), "#888")
    left = 0
    for picture in small:
        row.paste(picture, (left, 0))
        left += picture.width + 10
    return row


if __name__ == "__main__":
    shutil.rmtree(SHEETS, ignore_errors=True)
    main()
