"""What did a campaign earn on a day? Made-up figures that are the same whenever they are asked for.

Every total on every screen is a sum of `on_day`, so that dashboard, reports and a partner's own
earnings never disagree.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import pi, sin

from handrail.demo.books.records import Campaign

WEEKDAY_FACTORS = (0.96, 0.94, 0.98, 1.04, 1.08, 1.12, 1.18)


@dataclass(frozen=True)
class Figures:
    """Counts and sums (in hundredths of the currency) over some campaigns, partners and days."""

    clicks: int = 0
    actions: int = 0
    revenue: int = 0
    cost: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.clicks + other.clicks,
            self.actions + other.actions,
            self.revenue + other.revenue,
            self.cost + other.cost,
        )

    @property
    def conversion(self) -> float:
        """Actions per click, 0 when nobody clicked."""
        return self.actions / self.clicks if self.clicks else 0.0

    @property
    def average_order(self) -> int:
        return self.revenue // self.actions if self.actions else 0

    @property
    def return_on_spend(self) -> float:
        return self.revenue / self.cost if self.cost else 0.0


NOTHING = Figures()


def on_day(campaign: Campaign, partner_id: str, day: date, today: date) -> Figures:
    """Figures of one partner in one campaign; nothing outside the campaign's run."""
    if not _runs_on(campaign, day, today) or partner_id not in campaign.shares:
        return NOTHING
    share = campaign.shares[partner_id] / sum(campaign.shares.values())
    return _figures(
        f"{campaign.id}/{partner_id}",
        day,
        campaign.daily_clicks * share,
        campaign.actions_per_thousand_clicks,
        campaign.average_order,
        campaign.cost_per_mille,
    )


def total(
    campaigns: Iterable[Campaign],
    days: Iterable[date],
    today: date,
    partner_id: str | None = None,
) -> Figures:
    """Sum over campaigns and days, for one partner or for all of them."""
    days = list(days)
    result = NOTHING
    for campaign in campaigns:
        for partner in [partner_id] if partner_id else campaign.shares:
            for day in days:
                result += on_day(campaign, partner, day, today)
    return result


def days_until(last: date, count: int) -> list[date]:
    """The `count` days that end with `last`, oldest first."""
    return [last - timedelta(days=back) for back in range(count - 1, -1, -1)]


def chance(seed: str) -> float:
    """A number from 0 up to 1 that looks random and depends on the seed alone."""
    return int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=4).digest()) / 2**32


def _runs_on(campaign: Campaign, day: date, today: date) -> bool:
    if campaign.status == "Draft" or day > today:
        return False
    first = today - timedelta(days=campaign.started_days_ago)
    last = today if campaign.ends_in_days is None else today + timedelta(campaign.ends_in_days)
    return first <= day <= last


@lru_cache(maxsize=100_000)
def _figures(
    seed: str, day: date, clicks_a_day: float, per_thousand: int, order: int, per_mille: int
) -> Figures:
    """One cell of the books; remembered, since a report of a year asks for some ten thousand."""
    turn = 2 * pi * day.toordinal()
    season = 1 + 0.16 * sin(turn / 47) + 0.06 * sin(turn / 9)
    luck = 0.8 + 0.4 * chance(f"{seed}/{day}/clicks")
    clicks = round(clicks_a_day * WEEKDAY_FACTORS[day.weekday()] * season * luck)
    wish = clicks * per_thousand / 1000 * (0.85 + 0.3 * chance(f"{seed}/{day}/actions"))
    actions = int(wish) + (chance(f"{seed}/{day}/last action") < wish % 1)
    revenue = round(actions * order * (0.9 + 0.2 * chance(f"{seed}/{day}/order")))
    return Figures(clicks, actions, revenue, revenue * per_mille // 1000)
