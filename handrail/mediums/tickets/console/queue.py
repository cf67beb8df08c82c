"""What does an agent see of many tickets?"""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from handrail.engines.conversations import topics
from handrail.engines.conversations.access import WORK
from handrail.engines.live.topics import Topic
from handrail.mediums.tickets import lists
from handrail.people.requests import ViewerRequest

VIEWS = {
    "waiting": _("Waiting on us"),
    "mine": _("Mine"),
    "unassigned": _("Unassigned"),
    "all": _("All"),
    "closed": _("Closed"),
}
"""The views of the queue in their order; the first is the one an agent comes to."""


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    """The queue."""
    return render(request, "tickets/desk/index.html", _queue_context(request))


@require_safe
def rows(request: ViewerRequest) -> HttpResponse:
    """The queue's rows alone: for paging and live changes."""
    return render(request, "tickets/desk/_queue.html", _queue_context(request))


def _queue_context(request: ViewerRequest) -> dict[str, object]:
    request.viewer.require(WORK)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else next(iter(VIEWS))
    page = lists.queue_page(request.viewer, view, request.GET.get("before", ""))
    more = urlencode({"view": view, "before": page.before})
    return {
        "views": VIEWS,
        "view": view,
        "page": page,
        "more_url": f"{reverse('tickets-desk:rows')}?{more}" if page.before else "",
        "topics": [Topic(topics.QUEUE)],
    }
