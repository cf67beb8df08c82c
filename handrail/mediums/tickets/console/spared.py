"""What do suggested pages spare? Counted over thirty days, among the settings of tickets."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from handrail.engines.activity.models import Activity
from handrail.hub.medium import Command
from handrail.hub.registry import find
from handrail.mediums.tickets.actions import MANAGE
from handrail.mediums.tickets.actions.suggestions import OPENED, SHOWN
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer

COUNTED = timedelta(days=30)
MOST_PAGES = 10


@dataclass(frozen=True)
class Part:
    """How many of the forms beside which something was suggested, also in percent."""

    name: str
    label: str
    count: int
    percent: int


@dataclass(frozen=True)
class Opened:
    """A page that was suggested and opened, as the console knows it."""

    title: str
    url: str
    count: int


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    """Forms by what became of them, and the pages that were opened most."""
    request.viewer.require(MANAGE)
    since = timezone.now() - COUNTED
    context = {
        "parts": count_forms(request.viewer, since),
        "opened": most_opened(request.viewer, since),
        "days": COUNTED.days,
    }
    return render(request, "tickets/desk/settings/suggestions.html", context)


def count_forms(viewer: Viewer, since: datetime) -> list[Part]:
    """Empty where nothing was suggested. Three queries; an index gives what happened since then.

    A form that is still being written counts as one of which no ticket came.
    """
    past = Activity.objects.visible_to(viewer).filter(at__gte=since)
    shown = set(past.filter(verb=SHOWN).values_list("public_id", flat=True))
    opened = shown & set(past.filter(verb=OPENED).values_list("detail__form", flat=True))
    sent = shown & set(past.filter(verb="tickets.opened").values_list("detail__form", flat=True))
    counts = (
        ("shown", _("Suggested"), len(shown)),
        ("opened", _("Opened"), len(opened)),
        ("unsent", _("No ticket"), len(shown - sent)),
        ("spared", _("Opened, no ticket"), len(opened - sent)),
    )
    return [
        Part(name, label, count, round(100 * count / len(shown)))
        for name, label, count in counts
        if shown
    ]


def most_opened(viewer: Viewer, since: datetime) -> list[Opened]:
    """The most first, as far as this agent may read them. One query, and two a medium."""
    past = Activity.objects.visible_to(viewer).filter(at__gte=since, verb=OPENED)
    counted = Counter(past.values_list("medium", "public_id")).most_common(MOST_PAGES)
    found = [
        Opened(command.label, command.url, count)
        for name in {name for (name, _key), _count in counted}
        for command, count in _as_places(
            viewer, name, {key: count for (its, key), count in counted if its == name}
        )
    ]
    return sorted(found, key=lambda one: -one.count)


def _as_places(viewer: Viewer, name: str, counts: dict[str, int]) -> Iterable[tuple[Command, int]]:
    """What the console knows of these things of one medium, with their counts."""
    medium = find(name)
    if medium is None:
        return ()
    readable = medium.readable(viewer, counts)
    keys = [key for key in counts if key in readable]
    places = medium.palette_seen(viewer, keys)
    return zip(places, map(counts.__getitem__, keys), strict=True) if places else ()
