"""How does one ticket become two? Messages that are about something else get a ticket of their own.

It is of the same account, and the same people see it. It is also the way back from a merge.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.engines.activity import actions as activity
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations import archive, topics
from handrail.engines.conversations.models import (
    FIRST_NUMBER,
    Conversation,
    Link,
    LinkKind,
    Message,
    MessageKind,
)
from handrail.mediums.tickets import letters
from handrail.mediums.tickets.actions import sla
from handrail.mediums.tickets.actions.merging import SAID
from handrail.mediums.tickets.actions.moved import require_whole
from handrail.mediums.tickets.actions.refusals import NotNow
from handrail.mediums.tickets.models import IssueType, Ticket
from handrail.mediums.tickets.states import KIND, Status
from handrail.people.models import Member
from handrail.people.viewer import Viewer


@dataclass(frozen=True)
class Part:
    """What leaves: messages by public id, and what the new ticket is called and about."""

    message_ids: Iterable[str]
    subject: str
    issue_type: IssueType


def split(viewer: Viewer, ticket: Ticket, part: Part) -> Ticket:
    """Moves messages with their files into a new ticket, and says so in both. Notes stay notes."""
    viewer.require("conversations.work")
    with transaction.atomic():
        source = conversations.locked(ticket.conversation)
        require_whole(viewer, source)
        said = Message.objects.filter(SAID, conversation=source)
        chosen = list(
            said.filter(public_id__in=list(part.message_ids))
            .select_related("member__person")
            .order_by("pk")
        )
        _require_both_to_say_something(said.filter(kind=MessageKind.REPLY).count(), chosen)
        conversation = _begin(source, chosen, part)
        made = Ticket.objects.create(conversation=conversation, issue_type=part.issue_type)
        Message.objects.filter(pk__in=[message.pk for message in chosen]).update(
            conversation=conversation
        )
        _leave(source)
        Link.objects.create(conversation=conversation, other=source, kind=LinkKind.SPLIT)
        conversations.add_event(viewer, source, "split_off", number=conversation.number)
        conversations.add_event(viewer, conversation, "split_from", number=source.number)
        sla.begin(made, conversation)
        for changed in (source, conversation):
            archive.write(changed)
            topics.changed(changed)
        activity.record(
            viewer,
            "tickets.split",
            source.ref,
            account=source.account,
            into=conversation.public_id,
            messages=len(chosen),
        )
        letters.tell_of_split(conversation, viewer)
    ticket.conversation = source
    return made


def _require_both_to_say_something(replies: int, chosen: list[Message]) -> None:
    """Neither may be left without a word that its creator can read."""
    leaving = sum(message.kind == MessageKind.REPLY for message in chosen)
    if not chosen:
        raise NotNow(_("Choose the messages that the new ticket is about."))
    if not leaving:
        raise NotNow(_("Notes alone are no ticket: choose a message that both sides see."))
    if leaving == replies:
        raise NotNow(_("One message has to stay, else this ticket would be empty."))


def _begin(source: Conversation, chosen: list[Message], part: Part) -> Conversation:
    """The new conversation, for the same readers, with the same people at work on it."""
    replies = [message for message in chosen if message.kind == MessageKind.REPLY]
    conversation = Conversation.objects.create(
        kind=KIND,
        subject=part.subject,
        category=part.issue_type.pk,
        account_id=source.account_id,
        creator=_creator(source, replies),
        is_shared=source.is_shared,
        status=Status.OPEN,
        assignee=source.assignee,
        team=source.team,
        priority=source.priority,
        is_unread=source.is_unread and replies[-1].agent_id is not None,
        last_message_at=replies[-1].created_at,
    )
    conversation.number = FIRST_NUMBER + conversation.pk
    conversation.save(update_fields=["number"])
    return conversation


def _creator(source: Conversation, replies: list[Message]) -> Member | None:
    """Of what the account sees: whoever wrote first. A private one stays its creator's: what was
    said to them in private must not become a colleague's, who wrote while it was shared."""
    if source.is_shared:
        for message in replies:
            if message.member and message.member.ended_at is None:
                return message.member
    return source.creator


def _leave(source: Conversation) -> None:
    """What stays goes on from its own last word."""
    left = Message.objects.filter(conversation=source, kind=MessageKind.REPLY)
    last: tuple[datetime, int | None] = left.order_by("-created_at").values_list(
        "created_at", "agent_id"
    )[0]
    is_unread = source.is_unread and last[1] is not None
    conversations.set_last_word(source, last[0], is_unread=is_unread)
