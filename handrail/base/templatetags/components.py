"""What do our components need beyond Django's own tags? Icons, faces, times, statuses, bodies."""

import datetime as dt
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

register = template.Library()

AVATAR_TONES = 5
"""How many `.avatar.tone-N` exist in display.css."""

DIRECTED_ICONS = frozenset(
    {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "reply", "log-out", "send"}
)
"""Icons that point along the line of text, and so turn round in right-to-left pages."""


class StatusLook(NamedTuple):
    tone: str
    icon: str


STATUS_LOOKS = {
    "open": StatusLook("info", "circle-dot"),
    "in_progress": StatusLook("violet", "circle-dot-dashed"),
    "awaiting_response": StatusLook("warning", "reply"),
    "solution_offered": StatusLook("positive", "lightbulb"),
    "closed": StatusLook("", "circle-check"),
}
"""Each status has a shape of its own, since colour alone does not reach everyone."""

PLAIN_STATUS = StatusLook("", "circle")


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """One drawing of the sprite, for decoration: the words beside it, or the label, speak."""
    direction = "directed" if name in DIRECTED_ICONS else ""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        " ".join(filter(None, ("icon", direction, classes))),
        static("base/vendor/icons.svg"),
        name,
    )


@register.simple_block_tag(takes_context=True)
def wrap(context: Context, content: str, name: str, **variables: Any) -> SafeString:
    """Puts what stands between the tags, as `body`, into a component: `{% wrap "dialog" … %}`."""
    engine = context.template.engine  # type: ignore[union-attr]
    component = engine.get_template(f"base/components/{name}.html")
    return component.render(context.new({"body": content, **variables}))


@register.filter
def initials(name: str) -> str:
    """First letters of the first and the last word: "Alice Maria Smith" → "AS"."""
    words = name.split()
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper() or "?"


@register.filter
def avatar_tone(name: str) -> int:
    """A tone of `.avatar` that stays the same for the same name in every process."""
    return zlib.crc32(name.encode()) % AVATAR_TONES + 1


@register.filter
def status_tone(status: str) -> str:
    return STATUS_LOOKS.get(status, PLAIN_STATUS).tone


@register.filter
def status_icon(status: str) -> str:
    return STATUS_LOOKS.get(status, PLAIN_STATUS).icon


@register.simple_tag
def moment(at: dt.datetime) -> SafeString:
    """A moment, short, with all of it as title, in the viewer's zone."""
    return moments([at])[0]


def moments(ats: Iterable[dt.datetime]) -> list[SafeString]:
    """The moments of a whole list: zone, day and language are asked for once."""
    zone, today, language = _reader()
    return [_moment(at, zone, today, language) for at in ats]


@lru_cache(maxsize=4096)
def _moment(at: dt.datetime, zone: dt.tzinfo, today: dt.date, language: str) -> SafeString:
    """Kept for a while: lists are drawn again with each piece of news, and change little."""
    local = at.astimezone(zone)
    day, hour, minute = local.date(), local.hour, local.minute
    full = _full(day, hour, minute, local.tzname(), language)
    short = _short(day, hour, minute, today, language)
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), full, short)


@register.filter
def short_time(moment: dt.datetime) -> str:
    """As short as is clear today, in the viewer's zone: 14:05, Mon 14:05, 3 Mar, 3 Mar 2024.

    How a language writes a day is one of its words, in the letters of Django's `date` filter.
    """
    zone, today, language = _reader()
    local = moment.astimezone(zone)
    return _short(local.date(), local.hour, local.minute, today, language)


@register.filter
def full_time(moment: dt.datetime) -> str:
    """Day, time and zone in full, for the title of a short time."""
    zone, _today, language = _reader()
    local = moment.astimezone(zone)
    return _full(local.date(), local.hour, local.minute, local.tzname(), language)


def _reader() -> tuple[dt.tzinfo, dt.date, str]:
    """What the words for a moment hang on: where the viewer is, what day it is there, how they
    speak."""
    zone = timezone.get_current_timezone()
    return zone, timezone.now().astimezone(zone).date(), get_language() or ""


@lru_cache(maxsize=4096)
def _short(day: dt.date, hour: int, minute: int, today: dt.date, language: str) -> str:
    """Rows of a list share their days and minutes, and to write one costs as much as its row."""
    clock = time_format(dt.time(hour, minute), "TIME_FORMAT")
    ago = (today - day).days
    if ago == 0:
        return clock
    if ago == 1:
        return _("Yesterday %(time)s") % {"time": clock}
    if 1 < ago < 7:
        return f"{date_format(day, 'D')} {clock}"
    if day.year == today.year:
        return date_format(day, pgettext("date format", "j M"))
    return date_format(day, pgettext("date format", "j M Y"))


@lru_cache(maxsize=4096)
def _full(day: dt.date, hour: int, minute: int, zone: str | None, language: str) -> str:
    return _("%(day)s, %(time)s (%(zone)s)") % {
        "day": date_format(day, "DATE_FORMAT"),
        "time": time_format(dt.time(hour, minute), "TIME_FORMAT"),
        "zone": zone,
    }
