"""What can be said in a talk over a socket, and who does it?

A medium whose conversations go on live registers its own actions here, so what comes by the socket
and what comes by a form is one way in, with one rule.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from handrail.base.ids import is_public_id
from handrail.engines.conversations import at_hand, lines, topics
from handrail.engines.conversations.actions import Draft, see
from handrail.engines.conversations.models import Conversation, Message
from handrail.engines.conversations.uploads import AttachmentsField
from handrail.engines.live import acts, push
from handrail.engines.live.acts import Content
from handrail.engines.live.topics import Topic
from handrail.people.viewer import Viewer

Reply = dict[str, Any]

LARGE = 65_536
"""Letters of a frame that holds a message."""

SMALLEST, LARGEST = 0, 2**63 - 1


@dataclass(frozen=True)
class Talk:
    """A medium's own actions. Each checks for itself what its viewer may; the conversation is one
    that they may see."""

    say: Callable[[Viewer, Conversation, Draft], tuple[Message, bool]]
    note: Callable[[Viewer, Conversation, Draft], tuple[Message, bool]]
    edit: Callable[[Viewer, Conversation, Message, str], Any]
    remove: Callable[[Viewer, Conversation, Message], Any]
    see: Callable[[Viewer, Conversation, int], Any]


_kinds: dict[str, Talk] = {}


def register_kind(
    kind: str,
    *,
    say: Callable[[Viewer, Conversation, Draft], tuple[Message, bool]],
    note: Callable[[Viewer, Conversation, Draft], tuple[Message, bool]],
    edit: Callable[[Viewer, Conversation, Message, str], Any],
    remove: Callable[[Viewer, Conversation, Message], Any],
    see: Callable[[Viewer, Conversation, int], Any] = see,
) -> None:
    """Conversations of this kind go on live from now on. Called when the medium is ready."""
    _kinds[kind] = Talk(say, note, edit, remove, see)
    topics.talks(kind)


def register() -> None:
    """Makes the acts known to the sockets."""
    for kind in (topics.THREAD, topics.DESK_THREAD):
        is_desk = kind == topics.DESK_THREAD
        acts.register(kind, "say", _note if is_desk else _say, length=LARGE, writes=True)
        acts.register(kind, "edit", _edit, length=LARGE, writes=True)
        acts.register(kind, "remove", _remove, writes=True)
        acts.register(kind, "catch-up", _catch_up_on_notes if is_desk else _catch_up, waits=True)
    acts.register(topics.THREAD, "typing", _typing, is_answered=False)
    acts.register(topics.THREAD, "seen", _seen, is_answered=False, writes=True)


def _say(viewer: Viewer, public_id: str, content: Content) -> Reply:
    if content.get("note"):
        raise PermissionDenied  # a note goes by the topic that agents alone may follow
    with at_hand.held(viewer, public_id) as found:
        conversation, talk = _to_act_in(found)
        message, _is_new = talk.say(viewer, conversation, _draft(content))
    return _said(content, message)


def _note(viewer: Viewer, public_id: str, content: Content) -> Reply:
    if viewer.agent is None:
        raise PermissionDenied
    conversation, talk = _found(viewer, public_id)
    message, _is_new = talk.note(viewer, conversation, _draft(content))
    return _said(content, message)


def _edit(viewer: Viewer, public_id: str, content: Content) -> Reply:
    conversation, talk = _found(viewer, public_id)
    text = content.get("text")
    if not isinstance(text, str):
        raise ValidationError(_("Write something, or remove the message."))
    message = _message(viewer, conversation, content)
    talk.edit(viewer, conversation, message, text)
    return {"type": "done", "id": message.public_id}


def _remove(viewer: Viewer, public_id: str, content: Content) -> Reply:
    conversation, talk = _found(viewer, public_id)
    message = _message(viewer, conversation, content)
    talk.remove(viewer, conversation, message)
    return {"type": "done", "id": message.public_id}


def _catch_up(viewer: Viewer, public_id: str, content: Content) -> Reply:
    return _lines(viewer, public_id, content, notes=False)


def _catch_up_on_notes(viewer: Viewer, public_id: str, content: Content) -> Reply:
    if viewer.agent is None:
        raise PermissionDenied
    return _lines(viewer, public_id, content, notes=True)


def _lines(viewer: Viewer, public_id: str, content: Content, *, notes: bool) -> Reply:
    conversation, _talk = _found(viewer, public_id)
    found, more = lines.after(viewer, conversation, _number(content, "after"), notes=notes)
    return {"type": "lines", "lines": found, "more": more}


def _typing(viewer: Viewer, public_id: str, content: Content) -> None:
    """Told at once and kept nowhere."""
    _found(viewer, public_id)
    told = {"type": "typing", "who": topics.who(viewer)}
    push.passing(Topic(topics.THREAD, public_id), told, but=viewer)


def _seen(viewer: Viewer, public_id: str, content: Content) -> None:
    conversation, talk = _found(viewer, public_id)
    talk.see(viewer, conversation, _number(content, "n"))


def _found(viewer: Viewer, public_id: str) -> tuple[Conversation, Talk]:
    """The conversation as this viewer may see it, and whose it is to act in."""
    return _to_act_in(at_hand.find(viewer, public_id))


def _to_act_in(conversation: Conversation | None) -> tuple[Conversation, Talk]:
    if conversation is None or conversation.kind not in _kinds:
        raise PermissionDenied
    return conversation, _kinds[conversation.kind]


def _message(viewer: Viewer, conversation: Conversation, content: Content) -> Message:
    named = content.get("id")
    if not isinstance(named, str) or not is_public_id(named):
        raise PermissionDenied
    messages = Message.objects.visible_to(viewer).filter(conversation=conversation)
    message = messages.filter(public_id=named).first()
    if message is None:
        raise PermissionDenied
    return message


def _draft(content: Content) -> Draft:
    """What a form would have checked: of what types it is, and that its id is one."""
    text, named = content.get("text"), content.get("files") or []
    if not isinstance(text, str) or not isinstance(named, list):
        raise ValidationError(_("This could not be read."))
    if not all(isinstance(one, str) for one in named):
        raise ValidationError(_("This could not be read."))
    try:
        client_id = UUID(str(content.get("client_id")))
    except ValueError:
        raise ValidationError(_("This could not be read.")) from None
    files = [one for one in named if is_public_id(one)]
    AttachmentsField(required=False).validate(files)
    return Draft(text, files, client_id)


def _said(content: Content, message: Message) -> Reply:
    return {
        "type": "said",
        "client_id": content["client_id"],
        "id": message.public_id,
        "n": message.pk,
    }


def _number(content: Content, name: str) -> int:
    given = content.get(name)
    if not isinstance(given, int) or isinstance(given, bool) or not SMALLEST <= given <= LARGEST:
        raise ValidationError(_("This could not be read."))
    return given
