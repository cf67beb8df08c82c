"""How do pages become HTML? One Jinja environment with the words for money, numbers and days."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
SIGNS = {"EUR": "€", "USD": "$", "NOK": "kr\N{NO-BREAK SPACE}"}


def money(hundredths: int, currency: str) -> str:
    """`€1,234.50`"""
    sign = "\N{MINUS SIGN}" if hundredths < 0 else ""
    return f"{sign}{SIGNS[currency]}{abs(hundredths) / 100:,.2f}"


def whole_money(hundredths: int, currency: str) -> str:
    """`€1,235`: for figures in which nobody looks for cents."""
    return f"{SIGNS[currency]}{round(hundredths / 100):,}"


def number(value: int) -> str:
    """`12,345`"""
    return f"{value:,}"


def percent(fraction: float) -> str:
    """`2.1 %`, from 0.021"""
    return f"{fraction * 100:.1f}\N{NO-BREAK SPACE}%"


def day(when: date) -> str:
    """`4 Nov 2026`"""
    return f"{when.day} {when:%b %Y}"


def short_day(when: date) -> str:
    """`4 Nov`"""
    return f"{when.day} {when:%b}"


def clock(when: datetime, now: datetime) -> str:
    """`14:05` on the day itself, otherwise `4 Nov, 14:05`; on the clock of `now`."""
    local = when.astimezone(now.tzinfo)
    time = f"{local:%H:%M}"
    return time if local.date() == now.date() else f"{short_day(local)}, {time}"


def ago(days: int) -> str:
    """`today`, `yesterday`, `12 days ago`, `5 months ago`"""
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 60:
        return f"{days} days ago"
    return f"{days // 30} months ago"


def days_before(today: date, days: int) -> date:
    return today - timedelta(days=days)


def months_before(today: date, months: int) -> date:
    """The first day of the month that many months ago."""
    count = today.year * 12 + today.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def options_of(values: Iterable[str]) -> list[tuple[str, str]]:
    """Choices of a select whose values are what people read."""
    return [(value, value) for value in values]


def environment() -> Environment:
    """Templates of the demo; an unknown name in one of them is an error, never an empty space."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = (
        money,
        whole_money,
        number,
        percent,
        day,
        short_day,
        clock,
        ago,
        days_before,
        months_before,
    )
    made.filters.update({function.__name__: function for function in filters})
    made.globals["options_of"] = options_of
    return made


TEMPLATES = environment()


def render(template: str, values: dict[str, Any]) -> str:
    """Renders a page; `template` is its path below `templates/`."""
    return TEMPLATES.get_template(template).render(values)
