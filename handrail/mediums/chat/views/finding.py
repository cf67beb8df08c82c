"""Which chat is at this address, for whoever looks?"""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_htmx.http import trigger_client_event

from handrail.base.ids import is_public_id
from handrail.engines.activity.ref import Ref
from handrail.engines.conversations.access import WORK
from handrail.hub.refs import resolve
from handrail.mediums.chat.models import Chat
from handrail.people.requests import ViewerRequest

INVALID = 422
"""RFC 9110 15.5.21: the form was understood and cannot be accepted."""

MOST_PAGES = 20
"""Help pages that a page tells of."""

SLOWED = _("That was a lot at once. Try again in a moment.")


def find_chat(request: ViewerRequest, public_id: str) -> Chat:
    """The chat as this viewer; 404 for what is missing and for what is not theirs. Members find
    their own, agents all: the talk itself has one drawing for both."""
    if request.viewer.agent:
        request.viewer.require(WORK)
    else:
        request.viewer.require_member()
    chat = (
        Chat.objects.visible_to(request.viewer)
        .select_related(
            "conversation__account",
            "conversation__creator__person",
            "conversation__assignee",
            "conversation__rating",
            "ticket",
        )
        .filter(conversation__public_id=public_id)
        .first()
    )
    if chat is None:
        raise Http404
    return chat


def pages_read(request: ViewerRequest) -> list[str]:
    """The help pages that this page says were open before it, as far as this member may read them.
    None of it was typed by anybody: what makes no sense is left out. One query a medium."""
    named = []
    for each in request.POST.getlist("pages_read")[-MOST_PAGES:]:
        medium, _slash, public_id = each.partition("/")
        if is_public_id(public_id):
            named.append(Ref(medium, public_id))
    readable = resolve(request.viewer, named) if named else {}
    return [str(ref) for ref in named if ref in readable]


def toast(text: str, tone: str) -> HttpResponse:
    """Nothing changes in the page; it says so for a moment."""
    return tell_page("handrail:toast", text=text, tone=tone)


def tell_page(event: str, **detail: str) -> HttpResponse:
    """Told to the page itself: what was pressed may be gone by then, since a push was quicker."""
    return trigger_client_event(HttpResponse(status=204), event, {"target": "body", **detail})
