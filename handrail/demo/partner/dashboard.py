"""What did our links earn lately? A partner's first page."""

from datetime import timedelta

from starlette.responses import Response

from handrail.demo.books.figures import days_until
from handrail.demo.books.world import PartnerBook
from handrail.demo.brand.dashboard import Task, Tile, greeting
from handrail.demo.charts import bar_widths, line_chart
from handrail.demo.partner.earnings import earned
from handrail.demo.rendering import short_day
from handrail.demo.screen import Screen

DAYS = 30


async def index(screen: Screen[PartnerBook]) -> Response:
    book, today = screen.book, screen.today
    days = days_until(today - timedelta(days=1), 2 * DAYS)
    by_day = [earned(book.engagements, book.partner_id, [day], today).cost for day in days]
    per_campaign = [
        (engagement, earned([engagement], book.partner_id, days[DAYS:], today))
        for engagement in book.engagements
        if engagement.campaign.status == "Live"
    ]
    per_campaign.sort(key=lambda row: row[1].cost, reverse=True)
    return screen.page(
        "partner/dashboard.html",
        "dashboard",
        greeting=greeting(screen.now),
        tiles=_tiles(screen),
        chart=line_chart([short_day(day) for day in days[DAYS:]], by_day[DAYS:], by_day[:DAYS]),
        rows=per_campaign,
        bars=bar_widths([figures.cost for _, figures in per_campaign]),
        tasks=_tasks(book),
    )


def _tiles(screen: Screen[PartnerBook]) -> list[Tile]:
    book, today = screen.book, screen.today
    days = days_until(today - timedelta(days=1), 2 * DAYS)
    now = earned(book.engagements, book.partner_id, days[DAYS:], today)
    before = earned(book.engagements, book.partner_id, days[:DAYS], today)

    def tile(key: str, label: str, style: str, value: float, earlier: float) -> Tile:
        return Tile(key, label, value, style, value / earlier - 1 if earlier else 0.0)

    return [
        tile("earnings", "Earnings", "money", now.cost, before.cost),
        tile("actions", "Actions", "number", now.actions, before.actions),
        tile("clicks", "Clicks", "number", now.clicks, before.clicks),
        tile(
            "per-click",
            "Earned per 100 clicks",
            "money",
            100 * now.cost // max(now.clicks, 1),
            100 * before.cost // max(before.clicks, 1),
        ),
    ]


def _tasks(book: PartnerBook) -> list[Task]:
    tasks = []
    if not book.tax_form_confirmed:
        tasks.append(
            Task(
                "tax",
                "Confirm your W-9",
                "Once a year, so that payouts are not held back",
                "/payments#tax",
                "document",
            )
        )
    waiting = [offer.name for offer in book.offers if offer.status == "Waiting"]
    if waiting:
        tasks.append(
            Task(
                "applications",
                f"{len(waiting)} application on its way",
                f"{', '.join(waiting)}: you will hear from them",
                "/brands",
                "compass",
            )
        )
    tasks.append(
        Task(
            "code",
            "GLOBEX12 ends in 30 days",
            "Trail Running Launch is your best campaign this month",
            "/links",
            "ticket",
        )
    )
    return tasks
