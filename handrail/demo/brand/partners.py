"""Who works with the brand, and who would like to?"""

from datetime import timedelta

from starlette.responses import Response

from handrail.demo.books.figures import days_until, total
from handrail.demo.books.world import BrandBook
from handrail.demo.brand.campaigns import PartnerRow
from handrail.demo.screen import Screen, existing

DAYS = 30


async def index(screen: Screen[BrandBook]) -> Response:
    query = screen.request.query_params
    words, kind = query.get("q", "").casefold(), query.get("kind", "")
    days = days_until(screen.today - timedelta(days=1), DAYS)
    rows = [
        PartnerRow(partner, total(screen.book.campaigns, days, screen.today, partner.id))
        for partner in screen.book.partners
        if words in f"{partner.id} {partner.name}".casefold() and kind in ("", partner.kind)
    ]
    return screen.page(
        "brand/partners.html",
        "partners",
        rows=rows,
        kinds=sorted({partner.kind for partner in screen.book.partners}),
        wanted={"q": query.get("q", ""), "kind": kind},
    )


async def applications(screen: Screen[BrandBook]) -> Response:
    return screen.page("brand/applications.html", "partners")


async def decide(screen: Screen[BrandBook]) -> Response:
    form = await screen.form()
    accepted = form.get("decision") == "accept"
    existing(screen.book.decide(screen.request.path_params["id"], accepted=accepted))
    done = "application-accepted" if accepted else "application-declined"
    return screen.go("/partners/applications", done)
