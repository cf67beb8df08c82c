"""What do partners use? Tracking links, promo codes and ads."""

import re

from starlette.responses import Response

from handrail.demo.books.world import BrandBook
from handrail.demo.screen import Screen, existing

CODE = re.compile(r"[A-Z0-9]{4,16}")


async def index(screen: Screen[BrandBook]) -> Response:
    return _page(screen, {})


async def create_link(screen: Screen[BrandBook]) -> Response:
    form = await screen.form()
    campaign = existing(screen.book.campaign(form.get("campaign", "")))
    partner = existing(screen.book.partner(form.get("partner", "")))
    name, destination = form.get("name", ""), form.get("destination", "")
    if not name or not destination.startswith("https://"):
        return _page(screen, {"link": "A link needs a name and a target that begins with https://"})
    link = screen.book.create_link(name, campaign.id, partner.id, destination)
    return screen.go(f"/links?new={link.id}", "link-created")


async def create_code(screen: Screen[BrandBook]) -> Response:
    form = await screen.form()
    campaign = existing(screen.book.campaign(form.get("campaign", "")))
    code, discount = form.get("code", "").upper(), form.get("discount", "")
    if not CODE.fullmatch(code) or not discount:
        return _page(screen, {"code": "A code is 4 to 16 letters and digits, with its discount."})
    screen.book.create_code(code, campaign.id, discount)
    return screen.go("/links?tab=codes", "code-created")


def _page(screen: Screen[BrandBook], problems: dict[str, str]) -> Response:
    query = screen.request.query_params
    return screen.page(
        "brand/links.html",
        "links",
        problems=problems,
        tab="codes" if "code" in problems else query.get("tab", "links"),
        newest=query.get("new", ""),
    )
