"""How does what is said over a socket come to these actions? As what comes by a form does."""

from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations import live_acts
from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import Conversation, Message
from handrail.mediums.chat.actions.life import add_note, say
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import KIND
from handrail.people.viewer import Viewer


def register() -> None:
    """Chats go on live from now on."""
    live_acts.register_kind(
        KIND, say=_say, note=_note, edit=conversations.edit, remove=conversations.remove
    )


def _say(viewer: Viewer, conversation: Conversation, draft: Draft) -> tuple[Message, bool]:
    return say(viewer, Chat(conversation=conversation), draft)


def _note(viewer: Viewer, conversation: Conversation, draft: Draft) -> tuple[Message, bool]:
    return add_note(viewer, Chat(conversation=conversation), draft)
