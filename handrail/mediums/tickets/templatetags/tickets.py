"""How do pages put a ticket into words?"""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from handrail.engines.conversations.models import Conversation, Rating, Score
from handrail.hub import suggestions
from handrail.hub.registry import find
from handrail.mediums.tickets.actions import is_following, place_of
from handrail.mediums.tickets.clocks import Deadline, deadlines
from handrail.mediums.tickets.lists import MOST_COUNTED
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.states import EXPLANATIONS, Act, Status
from handrail.mediums.tickets.threads import Line, links
from handrail.people.models import Account, Member
from handrail.people.viewer import Viewer

register = template.Library()
register.simple_tag(suggestions.has_suggesters)


@register.filter
def number(conversation: Conversation) -> str:
    """The number as people say it: "#100042"."""
    return f"#{conversation.number}"


@register.filter
def status_label(status: str) -> str:
    return str(Status(status).label)


@register.filter
def status_explanation(status: str) -> str:
    """Whose turn it is, in a sentence."""
    return str(EXPLANATIONS[Status(status)])


@register.filter
def count_of(counts: Mapping[str, int], status: str) -> str:
    """How many of this status, as far as they were counted."""
    number = counts.get(status, 0)
    return str(number) if number < MOST_COUNTED else f"{MOST_COUNTED - 1}+"


@register.filter
def due_label(kind: str) -> str:
    """What is owed by the deadline."""
    return {"first_reply": _("First reply"), "resolution": _("Solution")}.get(kind, "")


@register.filter
def has_act(acts: Iterable[Act], act: str) -> bool:
    return Act(act) in set(acts)


@register.simple_tag
def line_files(line: Line, viewer: Viewer) -> list[dict[str, Any]]:
    """A message's files as the page shows them, with addresses on the viewer's own side."""
    side = _side(viewer)
    return [
        {
            "name": attachment.name,
            "size": attachment.size,
            "url": reverse(f"{side}:download", args=[attachment.public_id]),
            "thumbnail_url": reverse(f"{side}:preview", args=[attachment.public_id])
            if attachment.preview
            else "",
            "is_image": attachment.content_type.startswith("image/"),
        }
        for attachment in line.attachments
    ]


@register.simple_tag
def follows(viewer: Viewer, conversation: Conversation) -> bool:
    """Whether the reader asked to hear of replies. One query."""
    return is_following(viewer, conversation)


@register.inclusion_tag("tickets/_links.html")
def ticket_links(viewer: Viewer, conversation: Conversation) -> dict[str, Any]:
    """Tickets that belong together with this one, where the reader may see them."""
    return {
        "found": [
            {
                "ticket": one.ticket,
                "words": one.words,
                "is_by_hand": one.is_by_hand,
                "url": _url_of(viewer, one.ticket),
            }
            for one in links(viewer, conversation)
        ],
        "unlink_url": reverse("tickets-desk:unlink", args=[conversation.public_id])
        if viewer.agent
        else "",
    }


@register.inclusion_tag("tickets/_merged.html")
def where_it_went(viewer: Viewer, conversation: Conversation) -> dict[str, Any]:
    """Where a merged ticket's words are now. One query."""
    place = place_of(viewer, conversation)
    if place is None:
        return {"place": None}
    public_id = place.conversation.public_id
    return {
        "place": place.conversation,
        "url": reverse(f"{_side(viewer)}:detail", args=[public_id]),
    }


def _url_of(viewer: Viewer, conversation: Conversation) -> str:
    """What it belongs together with may be another medium's, such as the chat that it began in."""
    medium = find(conversation.kind)
    return medium.url_of(viewer, conversation.public_id) if medium else ""


def _side(viewer: Viewer) -> str:
    return "tickets-desk" if viewer.agent else "tickets"


@register.simple_tag
def rating_tone(rating: Rating) -> str:
    """The colour of a rating's badge, beside its word."""
    return {Score.GOOD: "positive", Score.OK: "info"}.get(Score(rating.score), "danger")


@register.simple_tag
def ticket_deadlines(ticket: Ticket) -> list[Deadline]:
    """What we owe on a ticket, for agents."""
    return deadlines(ticket)


@register.simple_tag
def local_time(member: Member) -> str:
    """What the clock says where the member is: whether an answer reaches them awake."""
    return _clock(member.zone)


@register.simple_tag
def account_time(account: Account) -> str:
    """What the clock says where the account is."""
    return _clock(ZoneInfo(account.zoneinfo))


@register.simple_tag
def language_name(locale: str) -> str:
    """A language in its own words, where we know it: "Deutsch"; else its tag."""
    try:
        return str(get_language_info(locale.lower())["name_local"])
    except KeyError:
        return locale or _("Unknown")


def _clock(zone: ZoneInfo) -> str:
    now = timezone.now().astimezone(zone)
    return f"{time_format(now.time(), 'H:i')} ({zone.key})"
