"""What is done with what was said: changed, taken back, seen? And all of a talk as sockets ask it.

What comes by a socket and what comes by a form is one way in: `engines/conversations/live_acts`
calls what is registered here.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations import live_acts, topics
from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import Conversation, Message, MessageKind
from handrail.mediums.chat.actions.life import add_note, say, subject_of
from handrail.mediums.chat.actions.refusals import NotNow, require_seen_by, side
from handrail.mediums.chat.actions.steps import on_record
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import KIND, Status
from handrail.people.viewer import Viewer


def edit(viewer: Viewer, chat: Chat, message: Message, body: str) -> Message:
    """Changes one's own words, for 15 minutes and while the chat goes on; the trace stays."""
    side(viewer)
    with transaction.atomic():
        chat.conversation = conversations.locked(Conversation(pk=chat.pk))
        require_seen_by(viewer, chat.conversation)
        if chat.conversation.status == Status.ENDED:
            raise NotNow(_("The chat has ended; what was said in it stays as it is."))
        before = message.edited_at
        _call_after(chat.conversation, message, body)
        message = conversations.edit(viewer, chat.conversation, message, body)
        if message.edited_at != before:
            on_record(viewer, chat, "edited", message=message.public_id)
    return message


def remove(viewer: Viewer, chat: Chat, message: Message) -> Message:
    """Takes back one's own words, for 15 minutes, also after the end; that it was done stays."""
    side(viewer)
    with transaction.atomic():
        chat.conversation = conversations.locked(Conversation(pk=chat.pk))
        require_seen_by(viewer, chat.conversation)
        was_there = message.removed_at is None
        _call_after(chat.conversation, message, "")
        message = conversations.remove(viewer, chat.conversation, message)
        if was_there:
            on_record(viewer, chat, "took_back", message=message.public_id)
    return message


def _call_after(conversation: Conversation, message: Message, body: str) -> None:
    """A chat is called by its first words: where those are changed or taken back, its name does not
    keep them. Before the words themselves, so that the search is written once; where they may not
    be changed, neither is the name."""
    replies = conversation.messages.filter(kind=MessageKind.REPLY, member__isnull=False)
    bodies = dict(replies.exclude(body="").order_by("pk").values_list("pk", "body")[:2])
    first = next(iter(bodies), None)
    if message.pk != first:
        return
    rest = [text for pk, text in bodies.items() if pk != first]
    conversation.subject = subject_of(body or "".join(rest))
    conversation.save(update_fields=["subject"])


def see(viewer: Viewer, chat: Chat, n: int) -> int:
    """Keeps up to which line this viewer has seen it, and returns that; it only moves on.

    When its agent has seen all that the member said, it is news for us no more.
    """
    side(viewer)
    conversation = chat.conversation
    require_seen_by(viewer, conversation)
    upto = conversations.see(viewer, conversation, n)
    if viewer.agent and conversation.assignee_id == viewer.agent.pk:
        _seen_by_its_agent(viewer, chat, upto)
    return upto


def _seen_by_its_agent(viewer: Viewer, chat: Chat, upto: int) -> None:
    """Under the lock: what is said at this moment is read by nobody yet."""
    unread = Chat.objects.filter(pk=chat.pk, is_unread_for_us=True)
    newer = Message.objects.filter(
        conversation=chat.pk, kind=MessageKind.REPLY, member__isnull=False, pk__gt=upto
    )
    if not unread.exists():
        return
    with transaction.atomic():
        conversation = conversations.locked(Conversation(pk=chat.pk))
        if not newer.exists() and unread.update(is_unread_for_us=False):
            topics.lists_changed(conversation)


def go_live() -> None:
    """From now on what is said in chats comes to open pages itself. Called when chat is ready."""
    live_acts.register_kind(KIND, say=_say, note=_note, edit=_edit, remove=_remove, see=_see)


def _say(viewer: Viewer, conversation: Conversation, draft: Draft) -> tuple[Message, bool]:
    return say(viewer, Chat(conversation=conversation), draft)


def _note(viewer: Viewer, conversation: Conversation, draft: Draft) -> tuple[Message, bool]:
    return add_note(viewer, Chat(conversation=conversation), draft)


def _edit(viewer: Viewer, conversation: Conversation, message: Message, body: str) -> Message:
    return edit(viewer, Chat(conversation=conversation), message, body)


def _remove(viewer: Viewer, conversation: Conversation, message: Message) -> Message:
    return remove(viewer, Chat(conversation=conversation), message)


def _see(viewer: Viewer, conversation: Conversation, n: int) -> int:
    return see(viewer, Chat(conversation=conversation), n)
