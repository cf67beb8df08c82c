"""Business hours: right over clock changes, breaks and holidays, in every zone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.people import hours
from handrail.people.hours import Week, week_from
from handrail.people.models import BusinessHours, Holiday

OFFICE: list[list[int | str]] = [[day, "09:00", "17:00"] for day in range(5)]
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3600

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Asia/Kathmandu",
    "America/Santiago",  # the clock changes at midnight
    "Africa/Cairo",
    "Pacific/Apia",  # in 2011 a whole day was left out
    "Asia/Tehran",
]


def at(text: str, zone: ZoneInfo = BERLIN, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


@st.composite
def weeks(draw: Any) -> Week:
    """Some periods that do not overlap, in some zone, with some holidays."""
    periods: list[list[int | str]] = []
    for day in draw(st.sets(st.integers(0, 6), min_size=1)):
        cuts = sorted(draw(st.sets(st.integers(0, 96), min_size=2, max_size=6)))
        for opens, closes in zip(cuts[::2], cuts[1::2], strict=False):
            periods.append([day, clock(opens * 15), clock(closes * 15)])
    holidays = draw(st.sets(st.dates(date(2010, 1, 1), date(2027, 1, 1)), max_size=5))
    return week_from(ZoneInfo(draw(st.sampled_from(ZONES))), periods, frozenset(holidays))


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


moments = st.one_of(
    st.integers(1262304000, 1798761600),  # 2010 to 2026
    st.integers(1774569600, 1774915200),  # when Berlin's clock goes forward
    st.integers(1792713600, 1793664000),  # when clocks go back
    st.integers(1325030400, 1325376000),  # when Apia left out a day
).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
spans = st.integers(0, 60 * HOUR)


@given(weeks(), moments, spans)
def test_what_was_added_is_what_lies_between(week: Week, start: datetime, seconds: int) -> None:
    end = hours.add(week, start, seconds)
    assert end is not None
    assert hours.between(week, start, end) == seconds


@given(weeks(), moments, spans, spans)
def test_adding_twice_is_adding_the_sum(week: Week, start: datetime, a: int, b: int) -> None:
    middle = hours.add(week, start, a)
    assert middle is not None
    assert hours.add(week, middle, b) == hours.add(week, start, a + b)


@given(weeks(), moments, spans, spans)
def test_a_later_start_never_ends_sooner(week: Week, start: datetime, by: int, span: int) -> None:
    early = hours.add(week, start, span)
    late = hours.add(week, start + timedelta(seconds=by), span)
    assert early is not None and late is not None
    assert early <= late


@given(weeks(), moments, spans, spans)
def test_time_between_adds_up(week: Week, a: datetime, first: int, second: int) -> None:
    b = a + timedelta(seconds=first)
    c = b + timedelta(seconds=second)
    assert hours.between(week, a, b) + hours.between(week, b, c) == hours.between(week, a, c)
    assert 0 <= hours.between(week, a, c) <= first + second


@given(weeks(), moments)
def test_before_the_next_opening_nothing_is_open(week: Week, start: datetime) -> None:
    opens = hours.next_opening(week, start)
    assert opens is not None and opens >= start
    assert hours.is_open(week, opens)
    assert hours.between(week, start, opens) == 0
    assert hours.is_open(week, start) == (opens == start)


@given(weeks().filter(lambda week: str(week.zone) == "UTC"), moments)
def test_where_no_clock_ever_changes_the_wall_says_it_all(week: Week, moment: datetime) -> None:
    wall = moment.time()
    is_open = moment.date() not in week.holidays and any(
        opens is not None and opens <= wall and (closes is None or wall < closes)
        for opens, closes in week.days[moment.weekday()]
    )
    assert hours.is_open(week, moment) == is_open


def test_what_comes_on_friday_evening_is_due_on_monday() -> None:
    week = week_from(BERLIN, OFFICE)
    assert hours.add(week, at("2026-11-20T16:30"), HOUR) == at("2026-11-23T09:30")


def test_a_break_at_noon_does_not_count() -> None:
    week = week_from(BERLIN, [[0, "13:00", "17:00"], [0, "09:00", "12:00"]])
    assert hours.add(week, at("2026-11-23T11:30"), HOUR) == at("2026-11-23T13:30")
    assert hours.between(week, at("2026-11-23T00:00"), at("2026-11-24T00:00")) == 7 * HOUR


def test_a_holiday_does_not_count() -> None:
    week = week_from(BERLIN, OFFICE, frozenset({date(2026, 12, 25)}))
    assert hours.add(week, at("2026-12-24T16:00"), 2 * HOUR) == at("2026-12-28T10:00")
    assert not hours.is_open(week, at("2026-12-25T10:00"))


def test_midnight_at_the_days_end_joins_the_next_day() -> None:
    week = week_from(BERLIN, [[0, "22:00", "24:00"], [1, "00:00", "02:00"]])
    assert hours.add(week, at("2026-11-23T22:00"), 3 * HOUR) == at("2026-11-24T01:00")


@pytest.mark.parametrize(("day", "length"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_whole_day_is_as_long_as_it_is(day: str, length: int) -> None:
    week = week_from(BERLIN, [[6, "00:00", "24:00"]])
    start = at(f"{day}T00:00")
    assert hours.between(week, start, start.astimezone(UTC) + timedelta(days=3)) == length * HOUR


def test_an_opening_that_the_clock_leaps_over_is_the_moment_of_the_leap() -> None:
    week = week_from(BERLIN, [[6, "02:30", "04:00"]])
    assert hours.next_opening(week, at("2026-03-29T00:00")) == at("2026-03-29T03:00")


def test_a_period_that_the_clock_leaps_over_is_not_there() -> None:
    week = week_from(BERLIN, [[6, "02:00", "02:45"]])
    assert hours.next_opening(week, at("2026-03-29T00:00")) == at("2026-04-05T02:00")


def test_an_hour_that_comes_twice_is_counted_twice() -> None:
    week = week_from(BERLIN, [[6, "02:00", "03:00"]])
    assert hours.between(week, at("2026-10-25T00:00"), at("2026-10-25T12:00")) == 2 * HOUR
    assert hours.is_open(week, at("2026-10-25T02:30", fold=1))


@pytest.mark.parametrize(
    ("week", "start"),
    [
        (week_from(BERLIN, []), "2026-11-23T10:00"),
        (week_from(BERLIN, [[0, "09:00", "09:00"]]), "9998-11-23T10:00"),
    ],
)
def test_who_never_opens_owes_nothing(week: Week, start: str) -> None:
    assert hours.add(week, at(start), 1) is None
    assert hours.next_opening(week, at(start)) is None
    assert not hours.is_open(week, at(start))
    assert hours.between(week, at(start), at(start) + timedelta(days=30)) == 0


def test_the_rows_are_read_once(db: None, django_assert_num_queries: Any) -> None:
    office = BusinessHours.objects.create(
        name="Office", zoneinfo="Asia/Kathmandu", periods=[[0, "09:00", "24:00"]]
    )
    Holiday.objects.create(hours=office, date=date(2026, 11, 30), name="Closed")
    with django_assert_num_queries(1):
        week = hours.week_of(office)
    with django_assert_num_queries(0):
        opens = hours.next_opening(week, datetime(2026, 11, 24, tzinfo=UTC))
    assert opens == datetime(2026, 12, 7, 3, 15, tzinfo=UTC)
