"""What is in the console beside the mediums? The way in, notices, and the agent's own page."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.engines.notify import actions as notify
from handrail.engines.notify.models import Notice
from handrail.hub.menu import desk_menu
from handrail.hub.refs import resolve
from handrail.people.models import Host
from handrail.people.requests import ViewerRequest
from handrail.surfaces.console.design import specimens
from handrail.surfaces.console.owner.actions import MANAGE_HOSTS

MOST_NOTICES = 50


@require_safe
def home(request: ViewerRequest) -> HttpResponse:
    """Goes to the first desk at which this agent works; a new installation's owner to its start."""
    request.viewer.require_agent()
    if request.viewer.may(MANAGE_HOSTS) and not Host.objects.exists():
        return redirect("console:hosts")
    items = desk_menu(request.viewer)
    return redirect(items[0].url if items else "console:profile")


@require_safe
def profile(request: ViewerRequest) -> HttpResponse:
    """The agent's own page: who they are here, password, second factor."""
    agent = request.viewer.require_agent()
    return render(request, "console/profile.html", {"agent": agent})


@require_safe
def notices(request: ViewerRequest) -> HttpResponse:
    """What the agent was told, newest first, each leading to its thing. Two queries."""
    request.viewer.require_agent()
    rows = list(Notice.objects.visible_to(request.viewer).newest_first()[:MOST_NOTICES])
    links = resolve(request.viewer, [notice.ref for notice in rows])
    pairs = [(notice, links.get(notice.ref, "")) for notice in rows]
    context = {"notices": pairs, "unread": any(notice.is_unread for notice in rows)}
    return render(request, "console/notices.html", context)


@require_POST
def read_notices(request: ViewerRequest) -> HttpResponse:
    request.viewer.require_agent()
    notify.mark_all_read(request.viewer)
    return redirect("console:notices")


@require_safe
def here(request: ViewerRequest) -> HttpResponse:
    """Asked by the sign-in page: is this browser signed in after all?

    The session's cookie is `SameSite=Strict`, so who follows a link from elsewhere looks signed
    out on the first page; the next request, from our own page, carries it.
    """
    return JsonResponse({"signed_in": request.viewer.agent is not None})


@require_safe
def design(request: ViewerRequest) -> HttpResponse:
    """Every component in every state, on one page."""
    request.viewer.require_agent()
    return render(request, "console/design.html", specimens())
