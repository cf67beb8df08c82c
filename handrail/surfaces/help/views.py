"""What does a member see first? The panel's boot page, and the home."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from handrail.engines.notify import actions as notify
from handrail.engines.notify.models import Notice
from handrail.hub import menu
from handrail.hub.finding import can_search
from handrail.hub.refs import resolve
from handrail.people.viewer import Viewer
from handrail.surfaces.help.answers import ways_to_sign_in
from handrail.surfaces.help.sessions import HelpRequest, require_panel

MOST_NOTICES = 5
FRESH_SECONDS = 5 * 60
"""How long a browser keeps the boot page: so long does a new host wait until it is shown there."""


@require_safe
def frame(request: HttpRequest) -> HttpResponse:
    """The panel's boot page in our iframe: no session, nothing personal, and the same for all."""
    response = render(request, "help/frame.html")
    response["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"  # its language is the browser's
    return response


@require_safe
def home(request: HelpRequest) -> HttpResponse:
    """What is behind the Help button: what waits for this viewer, and the mediums."""
    viewer = request.viewer
    items = menu.menu(viewer)
    waiting = menu.waiting(viewer, items)
    context = {
        "menu": items,
        "waiting": waiting,
        "notices": _notices(viewer, {item.url for item in waiting}),
        "can_search": can_search(),
        "first_name": viewer.name.split(" ")[0],
        "ways": ways_to_sign_in("/help/") if viewer.is_nobody else [],
        "sign_in_help_url": menu.sign_in_help_url() if viewer.is_nobody else "",
    }
    return render(request, "help/home.html", context)


@require_POST
def read_notices(request: HelpRequest) -> HttpResponse:
    """All notices are read, also those that the home had no room for. The answer is empty."""
    request.viewer.require_member()
    notify.mark_all_read(request.viewer)
    return HttpResponse()


@require_safe
def unread(request: HelpRequest) -> HttpResponse:
    """What the badge on the Help button says, and whose page may stay open; 204 for nobody.

    One query a medium. Our scripts ask this to learn whether a session still counts, so nobody
    gets an answer without an error, which a browser would write into the host's console.
    """
    if request.viewer.is_nobody:
        return HttpResponse(status=204)
    return JsonResponse(
        {"unread": menu.unread(request.viewer), "page_token": require_panel(request).token}
    )


@require_safe
def account_menu(request: HelpRequest) -> HttpResponse:
    """What this member may choose for all of their account. Asked for once the menu is opened, so
    that pages do not pay for it."""
    request.viewer.require_member()
    parts = menu.account_menu(request.viewer)
    return render(request, "hub/_account_parts.html", {"parts": parts})


@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """The dialog that lies over a page whose session is over."""
    return render(request, "help/_signed_out.html", {"ways": ways_to_sign_in("/help/")})


def _notices(viewer: Viewer, shown: set[str]) -> list[tuple[Notice, str]]:
    """The newest unread notices with their addresses, without those of what is `shown` already.

    What a viewer may no longer read has no address, and its notices are not there either.
    """
    rows = list(Notice.objects.visible_to(viewer).unread().newest_first()[: 2 * MOST_NOTICES])
    links = resolve(viewer, [notice.ref for notice in rows])
    found = [(notice, links[notice.ref]) for notice in rows if notice.ref in links]
    return [pair for pair in found if pair[1] not in shown][:MOST_NOTICES]
