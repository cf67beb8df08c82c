"""When are we there, and how long is that? Arithmetic with a week of business hours.

Opening times are times on the wall clock of one zone. Where the clock jumps forward, a time that
does not exist is the moment of the jump; where it goes back, a time that comes twice is the first
of the two. Wall times so never run backwards, and periods never overlap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handrail.people.models import BusinessHours

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Week:
    """Business hours with their holidays, read once."""

    zone: ZoneInfo
    days: tuple[tuple[tuple[time | None, time | None], ...], ...]
    """For each weekday its periods in order; None closes at the end of the day."""
    holidays: frozenset[date]


def week_of(hours: BusinessHours) -> Week:
    """Reads the rows; what follows asks the database nothing."""
    dates = frozenset(hours.holidays.values_list("date", flat=True))
    return week_from(hours.zone, hours.periods, dates)


def week_from(
    zone: ZoneInfo, periods: list[list[int | str]], holidays: frozenset[date] = frozenset()
) -> Week:
    """From `[weekday, opens, closes]`, as BusinessHours keeps them."""
    days: list[list[tuple[time | None, time | None]]] = [[] for _weekday in range(7)]
    for weekday, opens, closes in sorted(periods, key=lambda period: (period[0], period[1])):
        days[int(weekday)].append((_time(str(opens)), _time(str(closes))))
    return Week(zone, tuple(tuple(day) for day in days), holidays)


def add(week: Week, start: datetime, seconds: int) -> datetime | None:
    """The first moment by which we were there for so long; None: we never will be."""
    left = timedelta(seconds=seconds)
    if not left:
        return start
    for opens, closes in _openings(week, start):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    return None


def between(week: Week, a: datetime, b: datetime) -> int:
    """For how many seconds we were there from `a` to `b`; none where `b` is not later."""
    total = timedelta()
    for opens, closes in _openings(week, a):
        if opens >= b:
            break
        total += min(closes, b) - opens
    return total // SECOND


def is_open(week: Week, at: datetime) -> bool:
    return next_opening(week, at) == at.astimezone(UTC)


def next_opening(week: Week, at: datetime) -> datetime | None:
    """The first moment from `at` on when we are there; None: never again."""
    return next((opens for opens, _closes in _openings(week, at)), None)


def _openings(week: Week, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """What is left of each period from `start` on, in order; it ends where the calendar does.

    It begins a day early: where the clock goes back over midnight, the period in which `start`
    lies can be of the day before or after.
    """
    if not any(week.days):
        return
    start = start.astimezone(UTC)
    day = start.astimezone(week.zone).date() - DAY
    while day.year < date.max.year:
        for opens, closes in () if day in week.holidays else week.days[day.weekday()]:
            begin = max(_moment(week.zone, day, opens), start)
            end = _moment(week.zone, day if closes else day + DAY, closes)
            if begin < end:
                yield begin, end
        day += DAY


def _moment(zone: ZoneInfo, day: date, at: time | None) -> datetime:
    wall = datetime.combine(day, at or time(), tzinfo=zone)
    early, late = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    if early <= late:
        return early
    return _jump(zone, late, early)


def _jump(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """When the clock jumped, to the second, between two moments around it."""
    old = before.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def _time(text: str) -> time | None:
    return None if text == "24:00" else time.fromisoformat(text)
