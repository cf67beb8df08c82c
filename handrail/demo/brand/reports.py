"""What did each campaign, partner or day bring? A table over any range of dates."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.responses import Response

from handrail.demo.books.figures import NOTHING, Figures, on_day
from handrail.demo.books.world import BrandBook
from handrail.demo.screen import Screen

GROUPINGS = {"partner": "Partner", "campaign": "Campaign", "day": "Day"}
LONGEST = 366
"""Days. A year is some ten thousand cells, computed once and then remembered."""


@dataclass(frozen=True)
class Question:
    """What the person asked the report for; wrong or missing parts became the usual ones."""

    first: date
    last: date
    by: str

    @property
    def days(self) -> list[date]:
        count = (self.last - self.first).days + 1
        return [self.first + timedelta(days=number) for number in range(count)]


async def index(screen: Screen[BrandBook]) -> Response:
    question = _question(screen)
    rows = _rows(screen, question)
    return screen.page(
        "brand/reports.html",
        "reports",
        question=question,
        groupings=GROUPINGS,
        rows=rows,
        sum=sum((figures for _, figures in rows), NOTHING),
        ranges=_ranges(screen.today),
    )


async def as_csv(screen: Screen[BrandBook]) -> Response:
    """The same table as a file. Names come from our own books, none begins with a formula."""
    question = _question(screen)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([GROUPINGS[question.by], "Clicks", "Actions", "Revenue", "Commission"])
    for name, figures in _rows(screen, question):
        revenue, cost = f"{figures.revenue / 100:.2f}", f"{figures.cost / 100:.2f}"
        writer.writerow([name, figures.clicks, figures.actions, revenue, cost])
    name = f"larkspan-{question.by}-{question.first}-{question.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(file.getvalue(), media_type="text/csv", headers=headers)


def _question(screen: Screen[BrandBook]) -> Question:
    query = screen.request.query_params
    yesterday = screen.today - timedelta(days=1)
    last = min(_date(query.get("to", "")) or yesterday, screen.today)
    first = _date(query.get("from", "")) or last - timedelta(days=29)
    first = max(min(first, last), last - timedelta(days=LONGEST - 1))
    by = query.get("by", "partner")
    return Question(first, last, by if by in GROUPINGS else "partner")


def _ranges(today: date) -> dict[str, tuple[date, date]]:
    yesterday = today - timedelta(days=1)
    return {
        "7 days": (yesterday - timedelta(days=6), yesterday),
        "30 days": (yesterday - timedelta(days=29), yesterday),
        "90 days": (yesterday - timedelta(days=89), yesterday),
    }


def _date(text: str) -> date | None:
    """A date of the recent past, or None: year 1 would overflow as soon as it is counted back."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= 2000 else None


def _rows(screen: Screen[BrandBook], question: Question) -> list[tuple[str, Figures]]:
    """Name and figures of each group that has any; days in order, others by revenue."""
    sums: dict[str, Figures] = {}
    for name, figures in _cells(screen, question):
        sums[name] = sums.get(name, NOTHING) + figures
    rows = [(name, figures) for name, figures in sums.items() if figures.clicks]
    if question.by != "day":
        rows.sort(key=lambda row: row[1].revenue, reverse=True)
    return rows


def _cells(screen: Screen[BrandBook], question: Question) -> Iterator[tuple[str, Figures]]:
    names = {partner.id: partner.name for partner in screen.book.partners}
    for day in question.days:
        for campaign in screen.book.campaigns:
            group = {"campaign": campaign.name, "day": day.isoformat()}
            for partner_id in campaign.shares:
                name = group.get(question.by) or names.get(partner_id, partner_id)
                yield name, on_day(campaign, partner_id, day, screen.today)
