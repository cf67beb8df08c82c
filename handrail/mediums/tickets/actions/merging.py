"""How do two tickets become one? What was said in the first moves into the second, in its place.

Only tickets that exactly the same people see can be merged: then nobody reads more than before,
and nobody less. Messages keep their ids, and ids are given in the order of time: so what moved
stands where it was said. What merely happened (who closed it, who was given it) stays behind.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from handrail.engines.activity import actions as activity
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations import archive, topics
from handrail.engines.conversations.models import (
    Conversation,
    Follower,
    Link,
    LinkKind,
    Message,
    MessageKind,
    SavedDraft,
    Tagging,
)
from handrail.mediums.tickets import letters
from handrail.mediums.tickets.actions import sla
from handrail.mediums.tickets.actions.life import apply_rule
from handrail.mediums.tickets.actions.refusals import NotNow
from handrail.mediums.tickets.actions.sorting import MOST_TAGS
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.states import (
    WAITING_ON_MEMBER,
    WAITING_ON_US,
    Act,
    Status,
    Who,
    rule_for,
)
from handrail.people.models import Agent
from handrail.people.viewer import Viewer

SAID = Q(kind=MessageKind.REPLY) | Q(kind=MessageKind.NOTE, event="")
"""Words of people; what agents alone read of a change is a note with an event."""


def merge(viewer: Viewer, ticket: Ticket, into: Ticket) -> Ticket:
    """Moves what was said in `ticket` into `into`, and closes `ticket`, which leads there.

    Twice is once. There is no undoing: what does not belong there is split off again.
    """
    viewer.require("conversations.work")
    with transaction.atomic():
        rows = locked_in_order(ticket.pk, into.pk, *_merged_before(ticket.pk))
        one, other = rows[ticket.pk], rows[into.pk]
        into.conversation = other
        if one.merged_into_id == other.pk:
            return into
        if words := why_not(one, other):
            raise NotNow(words)
        promised = _promised(one)
        was_our_turn = one.status in WAITING_ON_US
        _move_words(one, other)
        _move_people(one, other)
        _move_links(one, other)
        _end(viewer, one, other)
        _go_on(viewer, one, other, was_our_turn=was_our_turn)
        sla.keep_promise(into, other, promised)
        for changed in (one, other):
            archive.write(changed)
            topics.changed(changed)
        activity.record(
            viewer, "tickets.merged", one.ref, account=one.account, into=other.public_id
        )
        letters.tell_of_merge(one, other, viewer)
    ticket.conversation = one
    return into


def why_not(one: Conversation, other: Conversation) -> str:
    """Why the first cannot be merged into the second, in plain words; empty where it can."""
    return _why_not_at_all(one, other) or _why_not_these_readers(one, other)


def locked_in_order(*pks: int) -> dict[int, Conversation]:
    """These conversations as they are now, locked until the transaction ends.

    In the order of their keys: two merges that want the same rows never wait in a circle.
    """
    rows = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("account", "creator__person", "assignee", "team")
        .filter(pk__in=pks)
        .order_by("pk")
    )
    return {row.pk: row for row in rows}


def _why_not_at_all(one: Conversation, other: Conversation) -> str:
    if one.pk == other.pk:
        return _("A ticket cannot be merged into itself.")
    if one.merged_into_id:
        return _("This ticket was merged already.")
    if other.merged_into_id:
        return _("#%(number)s was merged into another ticket itself. Choose that one.") % {
            "number": other.number
        }
    if one.closed_at is None and other.closed_at:
        return _("#%(number)s is closed. Reopen it first, or merge it into this one.") % {
            "number": other.number
        }
    return ""


def _why_not_these_readers(one: Conversation, other: Conversation) -> str:
    if one.account_id is None or other.account_id is None:
        return _("We do not know who wrote one of them, so nobody may read both.")
    if one.account_id != other.account_id:
        return _("They are of different accounts, which must not read each other.")
    if one.is_shared != other.is_shared:
        return _(
            "One is for its creator alone and one for the whole account. The creator can change "
            "who sees it; then they can be merged."
        )
    if not one.is_shared and one.creator_id != other.creator_id:
        return _("Both are private, and of different people, who must not read each other.")
    return ""


def _merged_before(pk: int) -> list[int]:
    """What was merged into this one earlier; it leads on to the new place."""
    links = Link.objects.filter(conversation_id=pk, kind=LinkKind.MERGED)
    return list(links.values_list("other_id", flat=True))


def _promised(one: Conversation) -> datetime | None:
    """By when a first reply is owed, as long as it is."""
    ticket = Ticket.objects.get(pk=one.pk)
    is_owed = one.status in WAITING_ON_US and ticket.first_replied_at is None
    return ticket.first_reply_due_at if is_owed else None


def _move_words(one: Conversation, other: Conversation) -> None:
    """Each keeps its time, author and files. An id that a page chose is once in a thread."""
    said = Message.objects.filter(SAID, conversation=one)
    taken = Message.objects.filter(conversation=other).exclude(client_id=None)
    said.filter(client_id__in=list(taken.values_list("client_id", flat=True))).update(
        client_id=None
    )
    said.update(conversation=other, detail={"from": one.number})
    _move_drafts(one, other)


def _move_drafts(one: Conversation, other: Conversation) -> None:
    """What somebody typed and has not sent waits for them where they will look for it.

    Found by the people who can have typed one: there is no index of all drafts by ticket.
    """
    typed = SavedDraft.objects.filter(key=one.public_id)
    agents = typed.filter(agent__in=Agent.objects.filter(is_active=True))
    members = typed.filter(member__account=one.account)
    for draft in [*agents, *members]:
        there = SavedDraft.objects.filter(
            key=other.public_id, member_id=draft.member_id, agent_id=draft.agent_id
        ).first()
        if there is None:
            SavedDraft.objects.filter(pk=draft.pk).update(key=other.public_id)
            continue
        bodies = [text for kept in (there, draft) for text in kept.fields.get("body", []) if text]
        there.fields["body"] = ["\n\n".join(bodies)[: conversations.MESSAGE_LENGTH]]
        there.save(update_fields=["fields"])
        draft.delete()


def _move_people(one: Conversation, other: Conversation) -> None:
    """Whoever heard of the first hears of the second. Its tags come along, as far as there is
    room; assignee and team only where the second has none."""
    heard = {(f.member_id, f.agent_id) for f in one.followers.all()}
    heard |= {(one.creator_id, None), (None, one.assignee_id)} - {(None, None)}
    hearing = {(f.member_id, f.agent_id) for f in other.followers.all()}
    hearing |= {(other.creator_id, None), (None, other.assignee_id or one.assignee_id)}
    Follower.objects.bulk_create(
        Follower(conversation=other, member_id=member, agent_id=agent)
        for member, agent in sorted(heard - hearing, key=str)
    )
    one.followers.all().delete()
    on_it = set(other.taggings.values_list("tag_id", flat=True))
    wanted = [tag for tag in one.taggings.values_list("tag_id", flat=True) if tag not in on_it]
    room = max(0, MOST_TAGS - len(on_it))
    Tagging.objects.bulk_create(Tagging(conversation=other, tag_id=t) for t in wanted[:room])
    one.taggings.all().delete()


def _move_links(one: Conversation, other: Conversation) -> None:
    """What belonged to the first belongs to the second; what was merged into it, too."""
    Link.objects.filter(
        Q(conversation=one, other=other) | Q(conversation=other, other=one)
    ).delete()
    known = set(Link.objects.filter(conversation=other).values_list("other_id", flat=True))
    known |= set(Link.objects.filter(other=other).values_list("conversation_id", flat=True))
    Link.objects.filter(conversation=one, other_id__in=known).delete()
    Link.objects.filter(other=one, conversation_id__in=known).delete()
    Link.objects.filter(conversation=one).update(conversation=other)
    Link.objects.filter(other=one).update(other=other)
    earlier = Link.objects.filter(conversation=other, kind=LinkKind.MERGED)
    Conversation.objects.filter(
        pk__in=list(earlier.values_list("other_id", flat=True)), merged_into=one
    ).update(merged_into=other)
    Link.objects.create(conversation=other, other=one, kind=LinkKind.MERGED)


def _end(viewer: Viewer, one: Conversation, other: Conversation) -> None:
    """Closed, read, owing nothing, and leading to the other."""
    one.merged_into = other
    one.status, one.closed_at = Status.CLOSED, one.closed_at or timezone.now()
    one.save(update_fields=["merged_into", "status", "closed_at"])
    sla.follow(Ticket.objects.get(pk=one.pk), one)
    conversations.add_event(viewer, one, "merged_into", number=other.number)


def _go_on(viewer: Viewer, one: Conversation, other: Conversation, *, was_our_turn: bool) -> None:
    """The second goes on with all of it: where we owed an answer on the first, it is our turn."""
    last = max(one.last_message_at, other.last_message_at)
    conversations.set_last_word(other, last, is_unread=one.is_unread or other.is_unread)
    other.assignee = other.assignee or one.assignee
    other.team = other.team or one.team
    other.save(update_fields=["assignee", "team"])
    one.is_unread = False
    one.save(update_fields=["is_unread"])
    conversations.add_event(viewer, other, "merged", number=one.number)
    rule = rule_for(Who.AGENT, Act.START, other.status)
    if was_our_turn and other.status in WAITING_ON_MEMBER and rule:
        apply_rule(viewer, other, rule)
        sla.follow(Ticket.objects.get(pk=other.pk), other)
