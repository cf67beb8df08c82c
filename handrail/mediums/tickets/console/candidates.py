"""Which other tickets could an agent mean? Those around one, and those that a search finds."""

import re
from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Substr

from handrail.engines.conversations.access import ConversationQuerySet, visible_conversations
from handrail.engines.conversations.models import Conversation, Message, MessageKind
from handrail.mediums.tickets import actions, lists
from handrail.mediums.tickets.states import KIND
from handrail.people.viewer import Viewer

MOST = 8
EXCERPT = 160
"""Letters of a ticket's first words, by which an agent knows it again."""

_NUMBER = re.compile(r"\s*#?\s*(\d{1,12})\s*")


@dataclass(frozen=True)
class Candidate:
    """A ticket to choose, with the words by which one knows it."""

    ticket: Conversation
    excerpt: str
    why_not: str = ""
    """Why it cannot be chosen, in plain words; empty where it can."""


def for_merging(viewer: Viewer, conversation: Conversation, text: str) -> list[Candidate]:
    """What the ticket could be merged into; what could not says why. At most three queries."""
    found = _found(viewer, conversation, text, within_account=not _NUMBER.fullmatch(text))
    candidates = [
        Candidate(ticket, _excerpt(ticket), actions.why_not(conversation, ticket))
        for ticket in found
    ]
    return sorted(candidates, key=lambda one: bool(one.why_not))


def for_linking(viewer: Viewer, conversation: Conversation, text: str) -> list[Candidate]:
    """What the ticket could be linked to: of the account, or of all where somebody searches."""
    found = _found(viewer, conversation, text, within_account=not text.strip())
    return [Candidate(ticket, _excerpt(ticket)) for ticket in found]


def of_words(viewer: Viewer, conversation: Conversation, text: str) -> ConversationQuerySet:
    """The ticket that has this number, or those that hold these words; none for nonsense."""
    tickets = others(viewer, conversation)
    if number := _NUMBER.fullmatch(text):
        numbered = tickets.filter(number=int(number[1]))
        if "#" in text or numbered.exists():
            return numbered
    search = lists.found(viewer, text)
    return tickets.filter(pk__in=search.ids[:200]) if search else tickets.none()


def others(viewer: Viewer, conversation: Conversation) -> ConversationQuerySet:
    """All tickets but this one, and but those that were merged away."""
    tickets = visible_conversations(viewer).of_kind(KIND)
    return tickets.exclude(pk=conversation.pk).filter(merged_into=None)


def _found(
    viewer: Viewer, conversation: Conversation, text: str, *, within_account: bool
) -> list[Conversation]:
    asked = bool(text.strip())
    tickets = of_words(viewer, conversation, text) if asked else others(viewer, conversation)
    if within_account:
        tickets = tickets.filter(account=conversation.account)
    said = Message.objects.visible_to(viewer).filter(
        conversation=OuterRef("pk"), kind=MessageKind.REPLY
    )
    tickets = tickets.select_related("account", "creator__person").annotate(
        excerpt=Subquery(said.order_by("pk").values(words=Substr(F("body"), 1, EXCERPT))[:1])
    )
    return list(tickets.newest_first()[:MOST])


def _excerpt(ticket: Conversation) -> str:
    return str(getattr(ticket, "excerpt", "") or "")
