"""What do pages of the console share, whoever makes them?"""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from handrail.hub.menu import settings_menu

register = template.Library()


@register.inclusion_tag("hub/_settings_tabs.html", takes_context=True)
def settings_tabs(context: template.Context, current: str) -> dict[str, Any]:
    """The tabs of the settings that this agent may open. `current` is a name."""
    return {"parts": settings_menu(context["viewer"]), "current": current}


@register.simple_tag
def waiting_time(since: dt.datetime) -> SafeString:
    """How long ago that was, in minutes and hours; `hub/waiting-time.js` keeps it true."""
    words = in_minutes(int((timezone.now() - since).total_seconds()))
    return format_html(
        '<waiting-time class="numeric" since="{}">{}</waiting-time>', since.isoformat(), words
    )


@register.filter
def in_minutes(seconds: int | None) -> str:
    """A stretch of time for people: 0 min, 7 min, 1 h 5 min, 3 d. Empty where there is none."""
    if seconds is None:
        return ""
    minutes = max(seconds, 0) // 60
    if minutes < 60:
        return _("%(count)s min") % {"count": minutes}
    hours = minutes // 60
    if hours < 24:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes % 60}
    return _("%(count)s d") % {"count": hours // 24}
