"""How does it stand with a conversation: its status, who has it, its tags, who may see it?"""

from django.utils import timezone

from handrail.engines.conversations import archive, topics, who_is_here
from handrail.engines.conversations.models import Conversation, Tag, Tagging
from handrail.people.models import Agent, Team
from handrail.people.viewer import Viewer


def set_status(conversation: Conversation, status: str, *, is_closed: bool) -> None:
    conversation.status = status
    conversation.closed_at = timezone.now() if is_closed else None
    conversation.save(update_fields=["status", "closed_at"])
    topics.changed(conversation)
    who_is_here.changed(conversation)


def assign(conversation: Conversation, agent: Agent | None) -> None:
    conversation.assignee = agent
    conversation.save(update_fields=["assignee"])
    topics.changed_for_agents(conversation)
    who_is_here.changed(conversation)


def set_priority(conversation: Conversation, priority: int) -> None:
    conversation.priority = priority
    conversation.save(update_fields=["priority"])
    topics.changed_for_agents(conversation)


def set_team(conversation: Conversation, team: Team | None) -> None:
    conversation.team = team
    conversation.save(update_fields=["team"])
    topics.changed_for_agents(conversation)


def add_tag(conversation: Conversation, name: str) -> bool:
    """Puts a word on it, where it is not yet; returns whether it was put."""
    tag, _is_new = Tag.objects.get_or_create(name=name)
    last = {"last_message_at": conversation.last_message_at}
    _tagging, is_new = conversation.taggings.get_or_create(tag=tag, defaults=last)
    if is_new:
        topics.changed_for_agents(conversation)
    return is_new


def remove_tag(conversation: Conversation, name: str) -> bool:
    """Takes a word off it; returns whether it was there."""
    removed, _rows = Tagging.objects.filter(conversation=conversation, tag__name=name).delete()
    if removed:
        topics.changed_for_agents(conversation)
    return bool(removed)


def share(conversation: Conversation, is_shared: bool) -> None:
    """Opens the conversation to its account, or closes it to all but its creator."""
    topics.changed(conversation)  # those who lose sight of it hear of it once more
    conversation.is_shared = is_shared
    conversation.save(update_fields=["is_shared"])
    archive.rescope(conversation)
    topics.changed(conversation)


def mark_read(viewer: Viewer, conversation: Conversation) -> None:
    """A member has seen it: read for the whole account. Costs nothing when it was read before."""
    if viewer.member and conversation.is_unread:
        updated = Conversation.objects.visible_to(viewer).filter(
            pk=conversation.pk, last_message_at=conversation.last_message_at, is_unread=True
        )
        if updated.update(is_unread=False):
            conversation.is_unread = False
            topics.changed(conversation)
