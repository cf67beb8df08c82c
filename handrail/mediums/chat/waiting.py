"""How long will it take until somebody of us is there? What we know, and no promise.

Reckoned from the hours and holidays, who is here, how many chats they have, how long chats lasted
lately and how long people waited. Where we cannot know it, we say so, and why.
"""

import statistics
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.mediums.chat import crew
from handrail.mediums.chat.crew import OnDuty
from handrail.mediums.chat.models import Chat, Policy
from handrail.people.hours import is_open, next_opening, week_of
from handrail.people.viewer import SYSTEM, Viewer

RECENT = timedelta(days=14)
MOST_RECENT = 50
"""Chats that medians are reckoned from: the last ones, and none that is older than RECENT."""

FEWEST = 5
"""With fewer than these we do not know yet how long people wait, or talk."""

USUAL_TALK = timedelta(minutes=10)
"""How long a chat lasts as long as we do not know better."""

AT_ONCE = timedelta(seconds=30)
"""How long it takes an agent who is free to say hello, as long as we do not know better."""

MOST_COUNTED = 1000


@dataclass(frozen=True)
class Expected:
    """What somebody who waits is told. `seconds` is None where we do not know, or are not there."""

    position: int
    """Their place in the queue, from 1 on; for a chat that is not begun, the one that it would
    have."""
    seconds: int | None
    opens_at: datetime | None
    """When we are back, where we are closed now."""
    is_open: bool
    """Whether somebody is there, or should be by our hours."""
    why: str
    """All of it in words, for this viewer, in their language and their time."""


@dataclass(frozen=True)
class Medians:
    """How it went lately; None: there were too few to say."""

    waited: int | None
    """Seconds until the first agent."""
    lasted: int | None
    """Seconds from then to the end."""
    count: int


def expected(viewer: Viewer, chat: Chat | None = None) -> Expected:
    """What this viewer can expect of this chat, or of one that they begin now.

    Seven queries at most, however many wait.
    """
    policy = Policy.objects.visible_to(SYSTEM).order_by("pk").select_related("hours").first()
    position = place_of(chat)
    place = _place(position, chat is not None and chat.waiting_since is not None)
    on_duty = crew.here(SYSTEM)
    if not on_duty:
        return _nobody(viewer, policy, position)
    team = chat.conversation.team.public_id if chat and chat.conversation.team else ""
    suited = crew.suited(on_duty, chat.language if chat else "", team)
    if not suited:
        return Expected(position, None, None, True, _absent_team(place))
    recently, routes = medians(), policy.routes_by_itself if policy else True
    free, room = sum(one.free for one in suited), sum(one.limit for one in suited)
    seconds = _reckoned(position, free, room, recently)
    return Expected(position, seconds, None, True, _words(position, place, seconds, suited, routes))


def place_of(chat: Chat | None) -> int:
    """How many wait longer, and one. One query, served by the queue's own index."""
    queue = Chat.objects.visible_to(SYSTEM).filter(waiting_since__isnull=False)
    if chat and chat.waiting_since:
        earlier = Q(waiting_since__lt=chat.waiting_since)
        queue = queue.filter(earlier | Q(waiting_since=chat.waiting_since, pk__lt=chat.pk))
    return queue.values("pk")[:MOST_COUNTED].count() + 1


def medians() -> Medians:
    """Of the chats that came to an agent lately. One query, of so many rows at most."""
    rows = list(
        Chat.objects.visible_to(SYSTEM)
        .filter(accepted_at__gt=timezone.now() - RECENT)
        .order_by("-accepted_at")
        .values_list("waited_seconds", "accepted_at", "conversation__closed_at")[:MOST_RECENT]
    )
    waited = [seconds for seconds, _at, _end in rows if seconds is not None]
    lasted = [(end - at).total_seconds() for _seconds, at, end in rows if end and at and end > at]
    return Medians(_median(waited), _median(lasted), len(rows))


def _median(values: list[float] | list[int]) -> int | None:
    return round(statistics.median(values)) if len(values) >= FEWEST else None


def _reckoned(position: int, free: int, room: int, recently: Medians) -> int:
    """With a free agent: as long as it took lately. Else chats must end first, one after the other:
    of `room` that go on at once, one ends every `lasted / room`."""
    at_once = recently.waited if recently.waited is not None else AT_ONCE.total_seconds()
    if position <= free:
        return int(at_once)
    lasted = recently.lasted if recently.lasted is not None else USUAL_TALK.total_seconds()
    ahead = position - free
    return int(ahead * lasted / max(1, room) + AT_ONCE.total_seconds())


# --- In words -----------------------------------------------------------------------------------


def _nobody(viewer: Viewer, policy: Policy | None, position: int) -> Expected:
    """None of us takes chats just now: because we are closed, or because nobody came."""
    hours, now = policy.hours if policy else None, timezone.now()
    week = week_of(hours) if hours else None
    if week is None or is_open(week, now):
        why = _("None of us is in the chat just now, so we cannot say how long it takes.")
        return Expected(position, None, None, True, why)
    opens_at = next_opening(week, now)
    if opens_at is None:
        return Expected(position, None, None, False, _("We are closed."))
    why = _("We are closed, back %(when)s your time.") % {"when": when(viewer, opens_at)}
    return Expected(position, None, opens_at, False, why)


def when(viewer: Viewer, at: datetime) -> str:
    """A moment to come, as people say it: `today 14:00`, `Monday 9:00`, with a date beyond six
    days. In the viewer's zone."""
    local, today = at.astimezone(viewer.zone), timezone.now().astimezone(viewer.zone).date()
    days = (local.date() - today).days
    clock = date_format(local, "G:i")
    if days == 0:
        return _("today %(time)s") % {"time": clock}
    weekday = date_format(local, "l")
    if days < 7:
        return _("%(weekday)s %(time)s") % {"weekday": weekday, "time": clock}
    words = {"weekday": weekday, "date": date_format(local, "DATE_FORMAT"), "time": clock}
    return _("%(weekday)s, %(date)s, %(time)s") % words


def _absent_team(place: str) -> str:
    words = _("Nobody who knows about this is in the chat now, so we cannot say how long it takes.")
    return " ".join(part for part in (place, words) if part)


def _words(position: int, place: str, seconds: int, suited: list[OnDuty], routes: bool) -> str:
    here = len(suited)
    busy = sum(one.free == 0 for one in suited)
    if busy == here:
        state = ngettext(
            "One of us is here and in other chats.",
            "%(count)s of us are here, all in other chats.",
            here,
        ) % {"count": here}
    elif routes and position <= sum(one.free for one in suited):
        state = _("Somebody of us is free.")
    else:
        state = ngettext("One of us is here.", "%(count)s of us are here.", here) % {"count": here}
    return " ".join(part for part in (place, _about(seconds), state) if part)


def _place(position: int, is_waiting: bool) -> str:
    if position == 1:
        return _("You are next.") if is_waiting else ""
    return _("You are number %(position)s in the queue.") % {"position": position}


def _about(seconds: int) -> str:
    if seconds <= 60:
        return _("It takes about a minute.")
    minutes = -(-seconds // 60)
    return ngettext("It takes about a minute.", "It takes about %(count)s minutes.", minutes) % {
        "count": minutes
    }
