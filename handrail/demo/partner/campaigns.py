"""Which campaigns do we work in?"""

from datetime import timedelta

from starlette.responses import Response

from handrail.demo.books.figures import days_until
from handrail.demo.books.world import PartnerBook
from handrail.demo.charts import line_chart
from handrail.demo.partner.earnings import earned
from handrail.demo.rendering import short_day
from handrail.demo.screen import Screen, existing

DAYS = 30


async def index(screen: Screen[PartnerBook]) -> Response:
    days = days_until(screen.today - timedelta(days=1), DAYS)
    book = screen.book
    rows = [
        (engagement, earned([engagement], book.partner_id, days, screen.today))
        for engagement in book.engagements
    ]
    return screen.page("partner/campaigns.html", "campaigns", rows=rows)


async def detail(screen: Screen[PartnerBook]) -> Response:
    book, today = screen.book, screen.today
    engagement = existing(book.engagement(screen.request.path_params["id"]))
    days = days_until(today - timedelta(days=1), 2 * DAYS)
    by_day = [earned([engagement], book.partner_id, [day], today).cost for day in days]
    return screen.page(
        "partner/campaign.html",
        "campaigns",
        engagement=engagement,
        figures=earned([engagement], book.partner_id, days[DAYS:], today),
        chart=line_chart([short_day(day) for day in days[DAYS:]], by_day[DAYS:], by_day[:DAYS]),
    )
