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
WRITTEN = "Your first week on Larkspan"
"""The page that editors are shown with."""

REPOSITORY = "https://git.larkspan.example/help.git"

HELP_DESK = f"""
from handrail.engines.search.library import actions as library
from handrail.mediums.docs import actions
from handrail.mediums.docs.actions import runs
from handrail.mediums.docs.importing.report import COUNTED
from handrail.mediums.docs.models import Page, Score, Source
from handrail.people.models import Member
from handrail.people.viewer import system_viewer, viewer_for_member, viewer_for_nobody
editor = system_viewer("editor")
page = Page.objects.get(title={WRITTEN!r})
body = page.body.replace("week", "seven days", 1)
body += "\\n\\nYou are done when a test order is there.\\n"
actions.save_draft(editor, page, title=page.title, summary=page.summary, body=body)
page = actions.publish(editor, page, note="Say when one is done.")
for member, score, words in (
    ("alice", Score.OK, "Which role may do this?"), ("bob", Score.GOOD, "")
):
    reader = viewer_for_member(Member.objects.with_facts().filter(person__subject=member)[0])
    verdict = actions.rate(reader, page, score)
    actions.comment(verdict.public_id, words)
actions.rate(viewer_for_nobody(), page, Score.BAD)
actions.add_synonym(editor, "en", "voucher", "promo code")
for question in ("cashback", "cashback", "delete my account", "gift card"):
    library.record_miss(question, "en")
source = Source.objects.create(url={REPOSITORY!r}, branch="main", is_on=False)
problems = [
    {{"file": "brand/faq.md", "line": 14, "construct": "% swagger %", "page": page.public_id,
      "words": "This block is not known; what is in it stays."}},
    {{"file": "brand/SUMMARY.md", "line": 31, "construct": "../../etc", "page": "",
      "words": "This leads out of the tree; it was left out."}},
]
counts = dict.fromkeys(COUNTED, 0) | {{"added": 12, "unchanged": 61, "assets": 4}}
runs.finish(editor, runs.begin(editor, source), counts, problems)
"""
"""What no help centre has on its first day: readers' words, a repository, and what has changed."""

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


def asked(question: str, address: str = "/docs/ask") -> Visit:
    """The page where people ask, once this was answered."""

    def visit(person: Somebody) -> None:
        person.visit(address)
        person.page.get_by_label("Your question").fill(question)
        person.page.keyboard.press("Enter")
        person.page.locator(".ask-outcome, .errorlist").first.wait_for()

    return visit


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
    person.page.evaluate("sessionStorage.clear()")  # an open panel comes back by itself
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


def help_docs_in_panel(person: Somebody) -> None:
    panel(person)
    assert isinstance(person, Member)
    person.panel.get_by_role("link", name="Help Docs").click()
    person.panel.get_by_role("link", name="All of Brands").wait_for()


def help_page_in_panel(person: Somebody) -> None:
    help_docs_in_panel(person)
    assert isinstance(person, Member)
    person.frame.goto(f"{person.stack.hub.url}/help/docs/brand/getting-started/first-week")


def written(rest: str = "") -> Visit:
    """A page of the editor's, about the page that has everything."""

    def visit(person: Somebody) -> None:
        person.visit("/console/docs/")
        person.page.get_by_role("link", name=WRITTEN).first.click()
        person.page.get_by_label("Title").wait_for()
        if rest:
            person.page.goto(person.page.url.partition("?")[0] + rest)

    return visit


def report(person: Somebody) -> None:
    """What an import did not understand."""
    person.visit("/console/docs/sources/")
    person.page.get_by_role("link", name="help.git").first.click()
    person.page.get_by_text("brand/faq.md").wait_for()


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
    Shot("docs-panel", Member, help_docs_in_panel),
    Shot("docs-panel-page", Member, help_page_in_panel),
    Shot("docs-home", Somebody, at("/docs/")),
    Shot("docs-section", Somebody, at("/docs/brand")),
    Shot("docs-steps", Somebody, at("/docs/brand/getting-started/first-week")),
    Shot("docs-tabs", Somebody, at("/docs/brand/campaigns/creator-campaigns")),
    Shot("docs-table", Somebody, at("/docs/brand/tracking/missing-orders")),
    Shot("docs-german", Somebody, at("/docs/brand/de/tracking/missing-orders")),
    Shot("docs-results", Somebody, at("/docs/search?q=my+order+is+missing")),
    Shot("docs-no-results", Somebody, at("/docs/search?q=zxqv")),
    Shot("docs-ask", Somebody, at("/docs/ask")),
    Shot("docs-ask-answered", Somebody, asked("How do I invite a colleague?")),
    Shot("docs-ask-nothing", Somebody, asked("Which bread goes with herring?")),
    Shot("docs-ask-error", Somebody, asked("")),
    Shot("docs-ask-member", Member, asked("What counts as a click?", "/help/docs/ask")),
    Shot("docs-missing", Somebody, at("/docs/brand/tracking/mising-orders")),
    Shot("search-everything", Member, at("/help/search?q=missing+order")),
    Shot("console-docs", Agent, at("/console/docs/")),
    Shot("console-docs-editor", Agent, written()),
    Shot("console-docs-page-settings", Agent, written("settings")),
    Shot("console-docs-revisions", Agent, written("revisions")),
    Shot("console-docs-what-changed", Agent, written("revisions/2")),
    Shot("console-docs-verdicts", Agent, written("feedback")),
    Shot("console-docs-questions", Agent, at("/console/docs/questions/")),
    Shot("console-docs-rated-badly", Agent, at("/console/docs/questions/rated-badly/")),
    Shot("console-docs-measured", Agent, at("/console/docs/questions/evaluation/")),
    Shot("console-docs-words", Agent, at("/console/docs/search/")),
    Shot("console-docs-sources", Agent, at("/console/docs/sources/")),
    Shot("console-docs-report", Agent, report),
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
            stack.run(HELP_DESK)
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
        ("help-docs", Somebody, at("/docs/brand/tracking/missing-orders"), wide, "light"),
        ("ask", Somebody, asked("How do I invite a colleague?"), wide, "light"),
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
