"""How does it go just now? Who of us is here, who waits, and how long people waited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from handrail.base import plots
from handrail.engines.conversations import topics
from handrail.engines.conversations.access import WORK
from handrail.engines.live.topics import Topic
from handrail.mediums.chat.console import availability, rail
from handrail.mediums.chat.console.availability import is_here
from handrail.mediums.chat.crew import ROLES, loads_of
from handrail.mediums.chat.models import Availability, Chat, Presence
from handrail.mediums.chat.templatetags.chat import waited
from handrail.people.models import Agent
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer

READ = "reports.read"
DAYS = 14
MOST_MEASURED = 5000
"""Chats from which medians are reckoned: of more, the newest."""


@dataclass(frozen=True)
class Crew:
    """An agent as the supervisor sees them."""

    agent: Agent
    availability: Availability | None
    load: int
    is_here: bool

    @property
    def limit(self) -> int:
        return self.availability.limit if self.availability else 0

    @property
    def is_full(self) -> bool:
        return self.is_here and self.load >= self.limit

    @property
    def is_lost(self) -> bool:
        """They said that they are here, and no page of theirs is heard of."""
        own = self.availability
        return bool(own and own.presence == Presence.HERE and not self.is_here)


@require_safe
def overview(request: ViewerRequest) -> HttpResponse:
    """The page, and by htmx what changes in it."""
    request.viewer.require(WORK)
    request.viewer.require(READ)
    page = "chat/console/_overview.html" if request.htmx else "chat/console/overview.html"
    return render(request, page, _context(request))


def _context(request: ViewerRequest) -> dict[str, object]:
    crew = crew_of(request.viewer)
    chats = rail.rail(request.viewer)
    days = waits_by_day(request.viewer)
    today = days[-1][1] if days else []
    measured = [wait for _day, waits in days for wait in waits]
    return {
        "part": "overview",
        "topic": Topic(topics.QUEUE),
        "crew": crew,
        "here_count": sum(one.is_here for one in crew),
        "free_count": sum(max(one.limit - one.load, 0) for one in crew if one.is_here),
        "load_count": sum(one.load for one in crew),
        "rail": chats,
        "live": rail.live(request.viewer),
        "longest": chats.waiting[0] if chats.waiting else None,
        "median_today": _median(today),
        "median_all": _median(measured),
        "today_count": len(today),
        "plot": plot_of(days) if measured else None,
        "plot_kinds": [("waited", _("Median wait"))],
        "days": DAYS,
        **availability.context(request),
    }


def crew_of(viewer: Viewer) -> list[Crew]:
    """Agents who answer chats: who is here first, the fullest of them at the top. Two queries."""
    agents = Agent.objects.filter(is_active=True, role__in=ROLES).select_related("availability")
    found = list(agents)
    loads = loads_of(viewer, [agent.pk for agent in found])
    crew = [
        Crew(agent, getattr(agent, "availability", None), loads[agent.pk], is_here(agent))
        for agent in found
    ]
    return sorted(crew, key=lambda one: (not one.is_here, -one.load, one.agent.name))


def waits_by_day(viewer: Viewer) -> list[tuple[date, list[int]]]:
    """How long members waited for an agent, in seconds, on each of the last days. One query."""
    zone = timezone.get_current_timezone()
    today = timezone.now().astimezone(zone).date()
    days = {today - timedelta(days=ago): list[int]() for ago in reversed(range(DAYS))}
    since = timezone.now() - timedelta(days=DAYS)
    chats = Chat.objects.visible_to(viewer).filter(
        accepted_at__gte=since, waited_seconds__isnull=False
    )
    newest = chats.order_by("-accepted_at").values_list("accepted_at", "waited_seconds")
    for at, seconds in newest[:MOST_MEASURED]:
        day = at.astimezone(zone).date() if at else None
        if day in days:
            days[day].append(seconds or 0)
    return list(days.items())


def plot_of(days: Sequence[tuple[date, list[int]]]) -> plots.Plot:
    """A bar a day: the median wait. A day on which nobody was accepted is a gap, and no 0."""
    return plots.drawn([_column(day, waits) for day, waits in days], ["waited"], said=waited)


def _column(day: date, waits: list[int]) -> plots.Column:
    label = date_format(day, pgettext("date format", "j M"))
    middle = _median(waits)
    if middle is None:
        nobody = _("No chats")
        return plots.Column(label, f"{label}\n{nobody}", (), (nobody,))
    count = ngettext("%(count)s chat", "%(count)s chats", len(waits)) % {"count": len(waits)}
    says = _("median %(time)s") % {"time": waited(middle)}
    return plots.Column(label, f"{label}\n{count}, {says}", (middle,))


def _median(waits: Sequence[int]) -> int | None:
    return int(median(waits)) if waits else None
