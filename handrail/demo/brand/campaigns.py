"""Which campaigns are there, and what is in one?"""

from dataclasses import dataclass
from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from handrail.demo.books.figures import Figures, days_until, total
from handrail.demo.books.records import DRAFT, ENDED, LIVE, PAUSED, Campaign, Partner
from handrail.demo.books.world import BrandBook
from handrail.demo.charts import line_chart
from handrail.demo.rendering import render, short_day
from handrail.demo.screen import FRAGMENT_HEADER, Screen, existing

DAYS = 30
STATUSES = (LIVE, DRAFT, PAUSED, ENDED)
KINDS = ("Performance", "Promo code", "Creator", "Referral")
VIEWS = {"overview": "Overview", "partners": "Partners", "terms": "Terms", "activity": "Activity"}


@dataclass(frozen=True)
class Row:
    """A campaign with what it did in the last days."""

    campaign: Campaign
    figures: Figures


@dataclass(frozen=True)
class PartnerRow:
    """A partner of a campaign with what it did there in the last days."""

    partner: Partner
    figures: Figures


async def index(screen: Screen[BrandBook]) -> Response:
    query = screen.request.query_params
    wanted = {key: query.get(key, "") for key in ("q", "status", "kind")}
    days = days_until(screen.today - timedelta(days=1), DAYS)
    rows = [
        Row(campaign, total([campaign], days, screen.today))
        for campaign in screen.book.campaigns
        if _matches(campaign, wanted)
    ]
    return screen.page(
        "brand/campaigns.html",
        "campaigns",
        rows=rows,
        wanted=wanted,
        statuses=STATUSES,
        kinds=KINDS,
    )


async def detail(screen: Screen[BrandBook]) -> Response:
    """One campaign in four views, each with an address of its own.

    The page's script asks for a view alone and pushes its address; without the script the same
    links load the whole page.
    """
    campaign = existing(screen.book.campaign(screen.request.path_params["id"]))
    view = screen.request.path_params.get("view", "overview")
    if view not in VIEWS:
        raise HTTPException(404)
    values = {"campaign": campaign, "view": view, "views": VIEWS, **_figures_of(screen, campaign)}
    if FRAGMENT_HEADER in screen.request.headers:
        values |= {"book": screen.book, "today": screen.today}
        headers = {"Cache-Control": "no-store", "Vary": FRAGMENT_HEADER}
        return HTMLResponse(render("brand/_campaign_view.html", values), headers=headers)
    return screen.page("brand/campaign.html", "campaigns", **values)


def _matches(campaign: Campaign, wanted: dict[str, str]) -> bool:
    words = wanted["q"].casefold()
    return (
        words in f"{campaign.id} {campaign.name}".casefold()
        and wanted["status"] in ("", campaign.status)
        and wanted["kind"] in ("", campaign.kind)
    )


def _figures_of(screen: Screen[BrandBook], campaign: Campaign) -> dict[str, object]:
    today = screen.today
    days = days_until(today - timedelta(days=1), 2 * DAYS)
    by_day = [total([campaign], [day], today).actions for day in days]
    return {
        "figures": total([campaign], days[DAYS:], today),
        "chart": line_chart([short_day(day) for day in days[DAYS:]], by_day[DAYS:], by_day[:DAYS]),
        "partner_rows": [
            PartnerRow(partner, total([campaign], days[DAYS:], today, partner.id))
            for partner in screen.book.partners_in(campaign)
        ],
    }
