"""How does a brand set up a campaign? A form of four steps, kept between them."""

from starlette.responses import RedirectResponse, Response

from handrail.demo.books.world import BrandBook
from handrail.demo.brand.campaigns import KINDS
from handrail.demo.screen import Screen

STEPS = {
    "basics": "Basics",
    "commission": "Commission",
    "partners": "Partners",
    "review": "Review",
}
FIELDS = {
    "basics": ("name", "kind", "summary"),
    "commission": ("model", "rate", "cookie_days"),
    "partners": ("invite",),
    "review": (),
}
"""Step → the fields that it keeps; anything else that is sent is ignored."""
BEGINNING = {
    "kind": KINDS[0],
    "model": "percent",
    "rate": "8",
    "cookie_days": "30",
    "invite": "all",
}


async def step(screen: Screen[BrandBook]) -> Response:
    return _page(screen, _step_of(screen), {})


async def save_step(screen: Screen[BrandBook]) -> Response:
    """Keeps what was entered and goes on; the last step makes the campaign."""
    current = _step_of(screen)
    form = await screen.form()
    entered = {name: form[name] for name in FIELDS[current] if name in form}
    draft = _draft(screen)
    draft.update(entered)
    problems = _problems(current, draft)
    if problems:
        return _page(screen, current, problems)
    if current == "review":
        return _create(screen, draft)
    order = list(STEPS)
    following = order[order.index(current) + 1]
    return RedirectResponse(f"/campaigns/new?step={following}", status_code=303)


def _create(screen: Screen[BrandBook], draft: dict[str, str]) -> Response:
    for earlier in ("basics", "commission"):
        problems = _problems(earlier, draft)
        if problems:
            return _page(screen, earlier, problems)
    campaign = screen.book.create_campaign(
        author=screen.visit.person.name,
        name=draft["name"],
        kind=draft["kind"],
        summary=draft.get("summary") or "No summary yet.",
        commission=commission_text(draft),
    )
    del screen.book.drafts[screen.visit.person.sub]
    return screen.go(f"/campaigns/{campaign.id}", "campaign-created")


def commission_text(draft: dict[str, str]) -> str:
    if draft["model"] == "fixed":
        return f"€{draft['rate']} for each new customer"
    return f"{draft['rate']} % of each sale"


def _problems(step_: str, draft: dict[str, str]) -> dict[str, str]:
    """Field → what is wrong with it, in words for the person who fills in the form."""
    problems = {}
    if step_ == "basics" and not draft.get("name"):
        problems["name"] = "Give the campaign a name."
    if step_ == "basics" and draft["kind"] not in KINDS:
        problems["kind"] = "Choose one of the kinds."
    if step_ == "commission" and not _is_rate(draft["rate"]):
        problems["rate"] = "Enter a number between 1 and 90."
    return problems


def _is_rate(text: str) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= 90


def _draft(screen: Screen[BrandBook]) -> dict[str, str]:
    return screen.book.drafts.setdefault(screen.visit.person.sub, dict(BEGINNING))


def _step_of(screen: Screen[BrandBook]) -> str:
    wanted = screen.request.query_params.get("step", "basics")
    return wanted if wanted in STEPS else "basics"


def _page(screen: Screen[BrandBook], current: str, problems: dict[str, str]) -> Response:
    draft = {**BEGINNING, **screen.book.drafts.get(screen.visit.person.sub, {})}
    return screen.page(
        "brand/new_campaign.html",
        "campaigns",
        steps=STEPS,
        step=current,
        draft=draft,
        kinds=KINDS,
        problems=problems,
        commission=commission_text(draft),
    )
