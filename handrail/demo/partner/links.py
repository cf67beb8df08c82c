"""What do we put on our pages? Links, codes and ads."""

from starlette.responses import Response

from handrail.demo.books.world import PartnerBook
from handrail.demo.screen import Screen, existing


async def index(screen: Screen[PartnerBook]) -> Response:
    return _page(screen, "")


async def create_link(screen: Screen[PartnerBook]) -> Response:
    form = await screen.form()
    engagement = existing(screen.book.engagement(form.get("campaign", "")))
    name, destination = form.get("name", ""), form.get("destination", "")
    if not name or not destination.startswith("https://"):
        return _page(screen, "A link needs a name and a target that begins with https://")
    link = screen.book.create_link(name, engagement.campaign.id, destination)
    return screen.go(f"/links?new={link.id}", "link-created")


def _page(screen: Screen[PartnerBook], problem: str) -> Response:
    query = screen.request.query_params
    return screen.page(
        "partner/links.html",
        "links",
        problem=problem,
        tab=query.get("tab", "links"),
        newest=query.get("new", ""),
    )
