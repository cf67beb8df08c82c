"""What did a partner earn? The brands' figures in the partner's own money."""

from collections.abc import Iterable, Sequence
from datetime import date

from handrail.demo.books.figures import NOTHING, Figures, total
from handrail.demo.books.world import Engagement


def earned(
    engagements: Iterable[Engagement], partner_id: str, days: Sequence[date], today: date
) -> Figures:
    """Sum over campaigns and days; `cost` is what the partner earns."""
    result = NOTHING
    for engagement in engagements:
        figures = total([engagement.campaign], days, today, partner_id)
        result += Figures(
            figures.clicks,
            figures.actions,
            figures.revenue * engagement.rate_per_mille // 1000,
            figures.cost * engagement.rate_per_mille // 1000,
        )
    return result
