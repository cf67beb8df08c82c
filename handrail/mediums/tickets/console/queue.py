"""What does an agent see of many tickets?"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url

from handrail.engines.conversations import topics
from handrail.engines.conversations.access import WORK
from handrail.engines.conversations.models import Priority
from handrail.engines.live.topics import Topic
from handrail.hub import desk
from handrail.mediums.tickets.console import filters, paging, saved
from handrail.mediums.tickets.console.filters import QueueFilters
from handrail.mediums.tickets.models import SavedView
from handrail.people.models import Account
from handrail.people.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    """The queue."""
    context: dict[str, Any] = {
        **_queue_context(request),
        "options": filters.options(request.viewer),
        "priorities": Priority.choices,
    }
    views: list[SavedView] = context["saved"]
    context |= saved.dialog_context(request.viewer, saved.SavedViewForm(), views)
    return render(request, "tickets/desk/index.html", context)


@require_safe
def rows(request: ViewerRequest) -> HttpResponse:
    """The queue's rows alone: for filters, paging and live changes."""
    context = _queue_context(request)
    answer = render(request, "tickets/desk/_queue.html", context)
    if "before" in request.GET:
        return answer
    query = context["query"]
    return replace_url(answer, f"{reverse('tickets-desk:index')}{'?' * bool(query)}{query}")


def _queue_context(request: ViewerRequest) -> dict[str, Any]:
    request.viewer.require(WORK)
    chosen = QueueFilters(request.GET)
    views = [] if "before" in request.GET else saved.saved_views(request.viewer)
    page = paging.queue_page(request.viewer, chosen, request.GET.get("before", ""))
    query = chosen.address()
    rows_url = reverse("tickets-desk:rows")
    now = timezone.now()
    return {
        "filters": chosen,
        "view": chosen.view_name,
        "sort": chosen.sort_name,
        "query": query,
        "page": page,
        "more_url": f"{rows_url}?{chosen.address(before=page.before)}" if page.before else "",
        "pressing": [] if "before" in request.GET else desk.pressing(request.viewer),
        "topics": [Topic(topics.QUEUE)],
        "tabs": _tabs(request, chosen, views),
        "saved": views,
        "sorts": filters.SORTS,
        "account": _account(chosen),
        "now": now,
        "soon": now + filters.SOON,
    }


def _tabs(
    request: ViewerRequest, chosen: QueueFilters, views: list[SavedView]
) -> list[dict[str, object]]:
    """The built-in views, each with how many tickets it holds, and those that were saved."""
    if "before" in request.GET:
        return []
    address = reverse("tickets-desk:index")
    counts = paging.view_counts(request.viewer)
    own = [
        {
            "label": view.name,
            "url": f"{address}?{QueueFilters(view.filters).address()}",
            "is_current": QueueFilters(view.filters).chosen == chosen.chosen,
        }
        for view in views
    ]
    is_own = any(tab["is_current"] for tab in own)
    built_in = [
        {
            "label": label,
            "url": f"{address}?view={view}",
            "is_current": view == chosen.view_name and not is_own,
            "count": min(counts[view], paging.MOST_COUNTED),
            "has_more": counts[view] > paging.MOST_COUNTED,
        }
        for view, label in filters.VIEWS.items()
    ]
    return [*built_in, *own]


def _account(chosen: QueueFilters) -> Account | None:
    """Whose tickets they are, to say so above them."""
    public_id = chosen.chosen.get("account")
    return Account.objects.filter(public_id=public_id).first() if public_id else None
