"""What is in a chat's transcript? What its page says to this viewer, in the same words and zone."""

import re
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handrail.engines.conversations.models import Message, MessageKind
from handrail.mediums.chat.assistant import transcribing
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import Status
from handrail.mediums.chat.threads import author_of, event_words, tells_who, thread
from handrail.people.viewer import Viewer

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def as_text(viewer: Viewer, chat: Chat, *, with_notes: bool = False) -> str:
    """The whole chat for every editor there is; notes only for agents, and where wanted."""
    conversation = chat.conversation
    head = "\n".join(
        [
            f"#{conversation.number} {_plain(conversation.subject)}",
            _fact(_("Status"), str(Status(conversation.status).label)),
            _fact(_("Begun"), _time(conversation.created_at)),
        ]
    )
    made = _("As of %(time)s") % {"time": _time(timezone.now())}
    return "\n\n".join([head, *entries(viewer, chat, with_notes=with_notes), made]) + "\n"


def entries(
    viewer: Viewer, chat: Chat, *, with_notes: bool = False, is_brief: bool = False
) -> list[str]:
    """What was said and what happened, one text each; `is_brief`: of what happened only who came
    and went. A few queries, however much it is."""
    said = thread(viewer, chat, with_notes=with_notes)
    if is_brief:
        said = [one for one in said if not one.event or tells_who(one)]
    answers = transcribing.as_text(viewer, said)
    return [_entry(message, answers.get(message.pk, message.body)) for message in said]


def _entry(message: Message, words: str) -> str:
    at = _time(message.created_at)
    if message.event:
        return f"* {at} · {_plain(event_words(message))}"
    marks = [at]
    if message.kind == MessageKind.NOTE:
        marks.append(_("Internal note"))
    if message.edited_at and not message.removed_at:
        marks.append(_("edited"))
    body = _("(removed)") if message.removed_at else _plain(words)
    files = [] if message.removed_at else [f"[{_plain(f.name)}]" for f in message.attachments.all()]
    head = " · ".join([_plain(author_of(message)), *marks])
    return "\n".join(part for part in (head, body, *files) if part)


def _fact(label: str, value: str) -> str:
    return f"{label}: {value}"


def _time(at: datetime) -> str:
    """With the zone's name: a file is read where nobody knows whose clock it was."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}"


def _plain(text: str) -> str:
    """Without control characters, which no editor knows what to do with."""
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
