"""Who may see which conversation? The one rule; tickets, chat and meetings delegate to it.

A member sees what they wrote themselves and what is shared with their account; private means the
creator alone, not even the account's admin. An agent who works conversations sees all. Messages
and attachments have no rule of their own but their conversation's, less the internal notes.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from handrail.base import statements
from handrail.base.statements import Blank
from handrail.people.models import Agent, Member
from handrail.people.viewer import Viewer

if TYPE_CHECKING:
    from handrail.engines.conversations.models import (
        Attachment,
        Conversation,
        Message,
        MessageVersion,
        ReadMark,
        SavedDraft,
    )

WORK = "conversations.work"
"""Entitlement of the agents who read and answer conversations."""


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, viewer: Viewer) -> "ConversationQuerySet":
        if viewer.system or (viewer.agent and viewer.may(WORK)):
            return self
        if viewer.member:
            own_or_shared = Q(is_shared=True) | Q(creator_id=viewer.member.pk)
            return self.filter(own_or_shared, account_id=viewer.member.account_id)
        return self.none()

    def of_kind(self, kind: str) -> "ConversationQuerySet":
        return self.filter(kind=kind)

    def alive(self) -> "ConversationQuerySet":
        """Not closed: a small part of all, with indexes of its own."""
        return self.filter(closed_at=None)

    def newest_first(self) -> "ConversationQuerySet":
        return self.order_by("-last_message_at", "-pk")


def visible_conversations(viewer: Viewer) -> ConversationQuerySet:
    """The conversations that this viewer may see."""
    from handrail.engines.conversations.models import Conversation  # that module imports this one

    return Conversation.objects.visible_to(viewer)


def in_visible_conversation(viewer: Viewer) -> Exists:
    """What a medium delegates to: its rows are visible where their conversation is.

    EXISTS, not IN: SQLite would write down all conversations of the account before it looks for
    the one that was asked for (measured: 100 ms where an account has 20 thousand).
    """
    return Exists(visible_conversations(viewer).filter(pk=OuterRef("conversation_id")))


Key = TypeVar("Key", bound=Hashable)


def who_may_see(viewers: Mapping[Key, Viewer], public_id: str) -> set[Key]:
    """Those of them who may see this conversation: the one rule, asked for many at once.

    One query for all members (of 256), and one for each role of agents.
    """
    pks = {viewer.member.pk for viewer in viewers.values() if viewer.member}
    seen = set(statements.among(pks, lambda some: _members_who_see(some, public_id)))
    roles = {viewer.agent.role for viewer in viewers.values() if viewer.agent}
    seen_by = {role for role in roles if statements.rows(_seen_by, role, key=public_id)}
    return {
        key
        for key, viewer in viewers.items()
        if (viewer.member and viewer.member.pk in seen)
        or (viewer.agent and viewer.agent.role in seen_by)
    }


def _members_who_see(pks: Sequence[int], public_id: str) -> list[int]:
    asked = statements.told("pk", pks)
    return [row[0] for row in statements.rows(_members_of, len(pks), key=public_id, **asked)]


def _members_of(size: int) -> "models.QuerySet[Member, tuple[Any, ...]]":
    """The rule itself, with a member's columns where one viewer's would stand."""
    anybody = Viewer(member=Member(pk=OuterRef("pk"), account_id=OuterRef("account_id")))
    named = visible_conversations(anybody).filter(public_id=Blank("key", models.CharField()))
    asked = Member.objects.filter(pk__in=statements.blanks("pk", size, models.BigIntegerField))
    return asked.filter(Exists(named)).values_list("pk")


def _seen_by(role: str) -> "models.QuerySet[Conversation, tuple[Any, ...]]":
    named = visible_conversations(Viewer(agent=Agent(role=role)))
    return named.filter(public_id=Blank("key", models.CharField())).values_list("pk")[:1]


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, viewer: Viewer) -> "MessageQuerySet":
        from handrail.engines.conversations.models import MessageKind  # it imports this module

        if viewer.system or (viewer.agent and viewer.may(WORK)):
            return self
        return self.filter(in_visible_conversation(viewer)).exclude(kind=MessageKind.NOTE)

    def oldest_first(self) -> "MessageQuerySet":
        return self.order_by("pk")


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, viewer: Viewer) -> "AttachmentQuerySet":
        """Those of visible messages that were not taken back, and one's own unsent uploads."""
        from handrail.engines.conversations.models import Message  # it imports this module

        if viewer.system:
            return self
        shown = Message.objects.visible_to(viewer).filter(removed_at=None)
        sent = Exists(shown.filter(pk=OuterRef("message_id")))
        return self.filter(sent | self._unsent_by(viewer))

    def unsent_by(self, viewer: Viewer) -> "AttachmentQuerySet":
        return self.filter(self._unsent_by(viewer))

    @staticmethod
    def _unsent_by(viewer: Viewer) -> Q:
        if viewer.member:
            return Q(message=None, member_id=viewer.member.pk)
        if viewer.agent:
            return Q(message=None, agent_id=viewer.agent.pk)
        return Q(pk__in=[])


class MessageVersionQuerySet(models.QuerySet["MessageVersion"]):
    def visible_to(self, viewer: Viewer) -> "MessageVersionQuerySet":
        """Agents who work conversations, and whoever wrote it: others see that it was changed."""
        if viewer.system or (viewer.agent and viewer.may(WORK)):
            return self
        if viewer.member is None:
            return self.none()
        from handrail.engines.conversations.models import Message  # it imports this module

        mine = Message.objects.visible_to(viewer).filter(member_id=viewer.member.pk)
        return self.filter(Exists(mine.filter(pk=OuterRef("message_id"))))


class ReadMarkQuerySet(models.QuerySet["ReadMark"]):
    def visible_to(self, viewer: Viewer) -> "ReadMarkQuerySet":
        """Both sides see how far the other has read."""
        if viewer.system or (viewer.agent and viewer.may(WORK)):
            return self
        return self.filter(in_visible_conversation(viewer))


class SavedDraftQuerySet(models.QuerySet["SavedDraft"]):
    def visible_to(self, viewer: Viewer) -> "SavedDraftQuerySet":
        """One's own alone: what was typed and not sent concerns nobody else, the system neither."""
        if viewer.member:
            return self.filter(member_id=viewer.member.pk)
        if viewer.agent:
            return self.filter(agent_id=viewer.agent.pk)
        return self.none()
