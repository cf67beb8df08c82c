"""How do pages of chats say days and times, and tell a script how its reader writes them?"""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from handrail.hub.templatetags.desk import in_minutes
from handrail.mediums.chat.models import Chat
from handrail.people.models import Member

register = template.Library()

SECONDS_MATTER = 120
"""Below so many, a wait is not said in minutes: the half of one would be lost."""


@register.filter
def day_of(at: dt.datetime) -> str:
    """The day in the reader's zone: 2026-05-01."""
    return timezone.localtime(at).date().isoformat()


@register.filter
def day_words(at: dt.datetime) -> str:
    """The day as it stands above its lines."""
    day = timezone.localtime(at).date()
    ago = (timezone.localdate() - day).days
    if ago in (0, 1):
        return _("Yesterday") if ago else _("Today")
    return date_format(day, "l, j F" if ago < 300 else "DATE_FORMAT")


@register.filter
def waited(seconds: int | None) -> str:
    """How long somebody waited in a chat, where seconds matter: 45 s, 7 min. Empty for None."""
    if seconds is not None and seconds < SECONDS_MATTER:
        return _("%(count)s s") % {"count": max(seconds, 0)}
    return in_minutes(seconds)


@register.simple_tag
def reader_language() -> str:
    """For a script that writes dates."""
    return get_language() or "en"


@register.simple_tag
def reader_zone() -> str:
    return timezone.get_current_timezone_name()


@register.simple_tag
def chat_language(chat: Chat) -> str:
    """The language in which they write, else the one that they read; its own name for it."""
    creator = chat.conversation.creator
    code = chat.language or (creator.locale if creator else "")
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


@register.simple_tag
def time_of_member(member: Member) -> str:
    """What the clock says where they are, and which zone that is."""
    clock = time_format(timezone.now().astimezone(member.zone).time(), "TIME_FORMAT")
    return f"{clock} ({str(member.zone).replace('_', ' ')})"
