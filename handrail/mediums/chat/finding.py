"""What do chats bring to the one search box? A member's own, the newest first."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import F
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from handrail.base.among import Among
from handrail.engines.conversations import archive
from handrail.engines.conversations.access import ConversationQuerySet, visible_conversations
from handrail.engines.conversations.models import Conversation, Message, MessageKind
from handrail.engines.search.excerpts import Part, excerpt, marked
from handrail.engines.search.words import Clause, question
from handrail.hub.medium import Finding, Findings
from handrail.mediums.chat.states import KIND, Status
from handrail.people.viewer import Viewer

LONGEST_EXCERPTED = 20_000
MOST_READ = 500


def search(viewer: Viewer, text: str, limit: int) -> Findings | None:
    """Those that hold every word. Three queries, and none for nobody."""
    asked = question(text)
    if viewer.member is None or not asked:
        return None
    rows = list(found(viewer, asked)[: limit + 1])
    shown = rows[:limit]
    said = excerpts(viewer, [row.pk for row in shown], asked)
    rest = f"{reverse('chat:index')}?{urlencode({'q': text})}"
    return Findings(
        found=[
            Finding(
                ref=row.ref,
                url=reverse("chat:detail", args=[row.public_id]),
                title=marked(row.subject, asked),
                excerpt=said.get(row.pk, []),
                hint=_hint(row),
            )
            for row in shown
        ],
        more_url=rest if len(rows) > limit else "",
    )


def found(viewer: Viewer, asked: list[Clause]) -> ConversationQuerySet:
    """A viewer's chats that hold all of it, the newest first. One query for the archive's
    proposal, which the rule then narrows."""
    proposed = archive.find(viewer, KIND, asked)
    return (
        visible_conversations(viewer).of_kind(KIND).filter(Among(F("pk"), proposed)).newest_first()
    )


def excerpts(viewer: Viewer, pks: Iterable[int], asked: list[Clause]) -> dict[int, list[Part]]:
    """For each chat in which a match was said: the words around the newest one. One query."""
    said = (
        Message.objects.visible_to(viewer)
        .filter(conversation__in=list(pks))
        .exclude(kind=MessageKind.EVENT)
        .order_by("-pk")
        .values_list("conversation_id", Substr("body", 1, LONGEST_EXCERPTED))
    )
    shown: dict[int, list[Part]] = {}
    for conversation_id, body in said[:MOST_READ]:
        if conversation_id not in shown and (parts := excerpt(body, asked)):
            shown[conversation_id] = parts
    return shown


def _hint(row: Conversation) -> str:
    begun = date_format(localtime(row.created_at), "SHORT_DATE_FORMAT")
    return f"{begun} · {Status(row.status).label}"
