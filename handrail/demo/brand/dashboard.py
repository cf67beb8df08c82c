"""How is the programme doing today? A brand's first page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import Response

from handrail.demo.books.figures import Figures, chance, days_until, on_day, total
from handrail.demo.books.records import DRAFT, Campaign
from handrail.demo.books.world import BrandBook
from handrail.demo.charts import Chart, bar_widths, line_chart
from handrail.demo.rendering import short_day
from handrail.demo.screen import Screen

DAYS = 30
RECENT = 7
TOP = 9


@dataclass(frozen=True)
class Tile:
    """One figure of the last days beside the days before."""

    key: str
    label: str
    value: int | float
    style: str
    """`money`, `number` or `times`."""
    change: float
    """Against the days before, as a fraction; 0.12 is 12 % more."""


@dataclass(frozen=True)
class Action:
    """One order that a partner brought."""

    id: str
    at: datetime
    partner: str
    campaign: Campaign
    amount: int
    commission: int
    status: str


@dataclass(frozen=True)
class Task:
    """Something that waits for a person of the account."""

    key: str
    text: str
    detail: str
    path: str
    icon: str


@dataclass(frozen=True)
class TopPartner:
    """A partner with what it brought lately."""

    name: str
    kind: str
    figures: Figures
    bar: int


async def index(screen: Screen[BrandBook]) -> Response:
    now, before = _two_periods(screen)
    return screen.page(
        "brand/dashboard.html",
        "dashboard",
        greeting=greeting(screen.now),
        tiles=_tiles(now, before),
        chart=_revenue_chart(screen),
        tasks=_tasks(screen),
        actions=recent_actions(screen.book, screen.now),
        top_partners=_top_partners(screen),
    )


def greeting(now: datetime) -> str:
    if now.hour < 11:
        return "Good morning"
    return "Good afternoon" if now.hour < 18 else "Good evening"


def recent_actions(book: BrandBook, now: datetime) -> list[Action]:
    """The latest actions of today and yesterday, newest first."""
    found = [
        action
        for campaign in book.running_campaigns()
        for partner in book.partners_in(campaign)
        for back in (0, 1)
        for action in _actions_on(campaign, partner.id, partner.name, now, back)
    ]
    found.sort(key=lambda action: action.at, reverse=True)
    return found[:RECENT]


def _actions_on(
    campaign: Campaign, partner_id: str, partner: str, now: datetime, back: int
) -> list[Action]:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=back)
    figures = on_day(campaign, partner_id, midnight.date(), now.date())
    actions = []
    for count in range(figures.actions):
        seed = f"{campaign.id}/{partner_id}/{midnight.date()}/{count}"
        at = midnight + timedelta(minutes=int(1440 * chance(f"{seed}/minute")))
        if at > now:
            continue
        amount = round(figures.average_order * (0.5 + chance(f"{seed}/amount")))
        actions.append(
            Action(
                id=f"A-{70_000_000 + int(9_999_999 * chance(seed))}",
                at=at,
                partner=partner,
                campaign=campaign,
                amount=amount,
                commission=amount * campaign.cost_per_mille // 1000,
                status="On hold" if chance(f"{seed}/status") < 0.12 else "Pending",
            )
        )
    return actions


def _two_periods(screen: Screen[BrandBook]) -> tuple[Figures, Figures]:
    """The last complete days, and as many before them."""
    days = days_until(screen.today - timedelta(days=1), 2 * DAYS)
    campaigns = screen.book.campaigns
    return (
        total(campaigns, days[DAYS:], screen.today),
        total(campaigns, days[:DAYS], screen.today),
    )


def _tiles(now: Figures, before: Figures) -> list[Tile]:
    def tile(key: str, label: str, style: str, value: float, earlier: float) -> Tile:
        return Tile(key, label, value, style, value / earlier - 1 if earlier else 0.0)

    return [
        tile("revenue", "Revenue from partners", "money", now.revenue, before.revenue),
        tile("actions", "Actions", "number", now.actions, before.actions),
        tile("clicks", "Clicks", "number", now.clicks, before.clicks),
        tile("return", "Return on spend", "times", now.return_on_spend, before.return_on_spend),
    ]


def _revenue_chart(screen: Screen[BrandBook]) -> Chart:
    days = days_until(screen.today - timedelta(days=1), 2 * DAYS)
    by_day = [total(screen.book.campaigns, [day], screen.today).revenue for day in days]
    labels = [short_day(day) for day in days[DAYS:]]
    return line_chart(labels, by_day[DAYS:], by_day[:DAYS])


def _top_partners(screen: Screen[BrandBook]) -> list[TopPartner]:
    days = days_until(screen.today - timedelta(days=1), DAYS)
    rows = [
        (partner, total(screen.book.campaigns, days, screen.today, partner.id))
        for partner in screen.book.partners
    ]
    rows.sort(key=lambda row: row[1].revenue, reverse=True)
    rows = rows[:TOP]
    widths = bar_widths([figures.revenue for _, figures in rows])
    return [
        TopPartner(partner.name, partner.kind, figures, width)
        for (partner, figures), width in zip(rows, widths, strict=True)
    ]


def _tasks(screen: Screen[BrandBook]) -> list[Task]:
    book = screen.book
    tasks = []
    waiting = len(book.waiting_applications())
    if waiting:
        noun = "application" if waiting == 1 else "applications"
        tasks.append(
            Task(
                "applications",
                f"{waiting} {noun} to answer",
                "Partners hear from you within five days on average",
                "/partners/applications",
                "people",
            )
        )
    due = next((payout for payout in book.payouts if payout.status == "Scheduled"), None)
    if due and book.balance < 2 * due.amount:
        tasks.append(
            Task(
                "fund",
                "Top up before the payout after next",
                f"The balance covers {due.id}, and little of what follows",
                "/payments/fund",
                "wallet",
            )
        )
    tasks += [
        Task(
            f"draft-{campaign.id}",
            f"Finish “{campaign.name}”",
            "A draft that partners cannot see yet",
            f"/campaigns/{campaign.id}",
            "flag",
        )
        for campaign in book.campaigns
        if campaign.status == DRAFT
    ][:2]
    return tasks
