"""What is around a ticket? Who its member is, where they came from, and which tickets are near.

The page asks for it after it is shown: whoever answers at once waits for none of it.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.base.origins import exact_origin
from handrail.engines.conversations.access import ConversationQuerySet
from handrail.engines.conversations.archive import find
from handrail.engines.conversations.models import Conversation
from handrail.engines.search.words import Clause, words
from handrail.mediums.tickets.console.candidates import others
from handrail.mediums.tickets.console.ticket import find_ticket
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.states import KIND
from handrail.people.models import Host
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer

MOST = 5
MOST_COUNTED = 100
"""Counts stop here, and say "99+"."""

TELLING = 3
"""Words of a subject that tell what it is about: its longest ones."""

SHORTEST_TELLING = 4


@require_safe
def around(request: ViewerRequest, public_id: str) -> HttpResponse:
    ticket = find_ticket(request, public_id)
    conversation = ticket.conversation
    near = _near(request.viewer, conversation)
    context = {
        "ticket": ticket,
        "conversation": conversation,
        "came_from": _came_from(ticket),
        **near,
        "similar": _similar(request.viewer, conversation, near),
    }
    return render(request, "tickets/desk/_around.html", context)


def page_url(origins: Sequence[str], page: str) -> str:
    """Where a page that a host named really is; empty where that is not on one of its origins.

    A path alone is on the host's one origin; of several, nobody knows which.
    """
    if not page.isprintable() or any(letter in page for letter in "\\ <>\"'"):
        return ""
    if page.startswith("/") and not page.startswith("//"):
        return f"{origins[0]}{page}" if len(origins) == 1 else ""
    try:
        parts = urlsplit(page)
        origin = exact_origin(f"{parts.scheme}://{parts.netloc}")
    except ValueError:  # no address at all, or none that is an origin (BadOrigin)
        return ""
    return page if origin in origins else ""


def _came_from(ticket: Ticket) -> dict[str, str]:
    """The page, its address where it is safe to follow, and the platform's version."""
    said = {key: str(value) for key, value in ticket.came_from.items()}
    account = ticket.conversation.account
    if "page" in said and account:
        host = Host.objects.get(pk=account.host_id)
        said["url"] = page_url(host.origins, said["page"])
    return said


def _near(viewer: Viewer, conversation: Conversation) -> dict[str, Any]:
    """The account's other tickets that are alive, and the creator's latest. Three queries."""
    if conversation.account is None:
        return {"alive": [], "alive_count": "", "recent": []}
    tickets = others(viewer, conversation)
    alive = tickets.filter(account=conversation.account).alive()
    count = alive.newest_first()[:MOST_COUNTED].count()
    return {
        "alive": _latest(alive),
        "alive_count": str(count) if count < MOST_COUNTED else f"{MOST_COUNTED - 1}+",
        "recent": _latest(tickets.filter(creator=conversation.creator)),
    }


def _similar(
    viewer: Viewer, conversation: Conversation, near: dict[str, Any]
) -> list[Conversation]:
    """The latest tickets of anybody that hold the telling words of the subject, and are not
    listed above. Two queries."""
    telling = sorted(dict.fromkeys(words(conversation.subject)), key=len, reverse=True)[:TELLING]
    telling = [word for word in telling if len(word) >= SHORTEST_TELLING]
    if len(telling) < 2:
        return []
    ids = find(viewer, KIND, [Clause((word,)) for word in telling])
    shown = {ticket.pk for ticket in (*near["alive"], *near["recent"])}
    wanted = [pk for pk in ids if pk not in shown][: 4 * MOST]
    return _latest(others(viewer, conversation).filter(pk__in=wanted)) if wanted else []


def _latest(tickets: ConversationQuerySet) -> list[Conversation]:
    return list(tickets.select_related("account").newest_first()[:MOST])
