"""Which brands could we work with? The marketplace."""

from starlette.responses import Response

from handrail.demo.books.world import PartnerBook
from handrail.demo.screen import Screen, existing


async def index(screen: Screen[PartnerBook]) -> Response:
    query = screen.request.query_params
    words, sector = query.get("q", ""), query.get("sector", "")
    offers = [
        offer
        for offer in screen.book.offers
        if words.casefold() in f"{offer.name} {offer.pitch}".casefold()
        and sector in ("", offer.sector)
    ]
    return screen.page(
        "partner/brands.html",
        "brands",
        offers=offers,
        sectors=sorted({offer.sector for offer in screen.book.offers}),
        wanted={"q": words, "sector": sector},
    )


async def apply(screen: Screen[PartnerBook]) -> Response:
    existing(screen.book.apply(screen.request.path_params["id"]))
    return screen.go("/brands", "applied")
