"""How does a chat become a ticket? As the member, with all that was said, and each leads to the
other."""

from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from handrail.base.languages import language_of
from handrail.engines.activity.ref import Ref
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.actions import MESSAGE_LENGTH
from handrail.engines.conversations.files import FileRefused
from handrail.engines.conversations.models import (
    SUBJECT_LENGTH,
    Attachment,
    Conversation,
    Link,
    LinkKind,
)
from handrail.hub import tools
from handrail.hub.tools import NoSuchTool, Occasion, Refused
from handrail.mediums.chat import letters
from handrail.mediums.chat.actions.life import put_away
from handrail.mediums.chat.actions.refusals import NotNow, require_seen_by, rule_now, side
from handrail.mediums.chat.actions.routing import route_soon
from handrail.mediums.chat.actions.steps import locked, step, told
from handrail.mediums.chat.exports.transcript import as_text, entries
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import Act
from handrail.people.models import Member
from handrail.people.viewer import Viewer, viewer_for_member

OPEN_TICKET = "tickets.open"
WHY = {
    "left": _lazy(
        "You left the chat before one of us could answer, so it goes on as this ticket. Nothing "
        "that you wrote is lost."
    ),
    "idle": _lazy(
        "Nobody answered what you wrote last in the chat, so it goes on as this ticket. Nothing of "
        "it is lost."
    ),
}
"""What the member reads of a ticket for which nobody asked, by why it was made."""
WENT_ON = _lazy("We go on with what you wrote in the chat as this ticket. Nothing of it is lost.")
BYTES_OF_A_PART = 4_000_000
"""Of a transcript that is too long for a message, in each of its files."""


def make_ticket(viewer: Viewer, chat: Chat, *, subject: str = "", why: str = "") -> Ref:
    """Opens a ticket as the member, whoever asks for it, and ends the chat; twice is once.

    `why` is a word for what happens by itself: `left` or `idle`.
    """
    side(viewer)
    with transaction.atomic():
        chat = locked(chat)
        conversation = chat.conversation
        if chat.ticket:
            require_seen_by(viewer, conversation)
            return chat.ticket.ref
        rule = rule_now(viewer, Act.MAKE_TICKET, conversation)
        ref = _opened(viewer, chat, subject, why)
        ticket = Conversation.objects.get(kind=ref.medium, public_id=ref.public_id)
        Link.objects.get_or_create(
            conversation=ticket, other=conversation, defaults={"kind": LinkKind.FOLLOW_UP}
        )
        chat.ticket = ticket
        chat.save(update_fields=["ticket"])
        step(chat, rule)
        put_away(chat)
        told(viewer, chat, "made_ticket", number=ticket.number, **({"why": why} if why else {}))
        if viewer.member is None:
            letters.tell_of_ticket(chat, ticket)
        route_soon()
    return ref


def _as_the_member(viewer: Viewer, conversation: Conversation) -> Viewer:
    """Raises NotNow where they are a member no more: what they wrote stays in the chat."""
    if viewer.member:
        return viewer
    member = Member.objects.active().with_facts().filter(conversation=conversation).first()
    if member is None:
        raise NotNow(_("Its member is gone, so there is nobody to open a ticket for."))
    return viewer_for_member(member, via=viewer.via)


def _opened(viewer: Viewer, chat: Chat, subject: str, why: str) -> Ref:
    """The ticket's own mail says that it is there, and why: no second one is sent. Whoever is with
    the member goes on with it."""
    conversation = chat.conversation
    member = _as_the_member(viewer, conversation)
    with translation.override(language_of(member.locale)), timezone.override(member.zone):
        body, files = _words(member, chat)
        reason = "" if viewer.member else str(WHY.get(why, WENT_ON))
    arguments = {
        "subject": (subject.strip() or conversation.subject)[:SUBJECT_LENGTH],
        "body": body,
    }
    occasion = Occasion(
        source=conversation.ref,
        once=_once(conversation),
        files=files,
        why=reason,
        agent=viewer if viewer.agent and viewer.agent == conversation.assignee else None,
    )
    try:
        ref = tools.do(member, OPEN_TICKET, arguments, occasion).ref
    except (NoSuchTool, PermissionDenied) as refusal:
        raise NotNow(_("Tickets are not open to this account.")) from refusal
    except Refused as refusal:
        raise NotNow(str(refusal)) from refusal
    if ref is None:
        raise NotNow(_("No ticket could be opened."))
    return ref


def _once(conversation: Conversation) -> UUID:
    """The same for the same chat, so that it becomes one ticket whoever presses, how ever often."""
    return uuid5(NAMESPACE_URL, f"{conversation.ref}/ticket")


def _words(member: Viewer, chat: Chat) -> tuple[str, list[str]]:
    """The ticket's text and its files: the whole talk, as far as it fits; else as files, with the
    newest of it to read at once."""
    said = entries(member, chat, is_brief=True)
    head = _("This began in a chat. What was said there:")
    body = "\n\n".join([head, *said])
    sent = Attachment.objects.visible_to(member).filter(
        message__conversation=chat.pk, message__removed_at=None
    )
    files = list(sent.order_by("pk").values_list("public_id", flat=True))
    if len(body) <= MESSAGE_LENGTH:
        return body, files
    head = _("This began in a chat. All that was said there is attached; this was said last:")
    return _newest(head, said), [*_attached(member, chat), *files]


def _newest(head: str, said: list[str]) -> str:
    room, shown = MESSAGE_LENGTH - len(head), list[str]()
    for entry in reversed(said):
        room -= len(entry) + 2
        if room < 0:
            break
        shown.insert(0, entry)
    return "\n\n".join([head, *(shown or [said[-1][: MESSAGE_LENGTH - len(head) - 2]])])


def _attached(member: Viewer, chat: Chat) -> list[str]:
    """The transcript as files of the member's. Where none can be kept just now the ticket still
    leads to the chat, in which all of it stays."""
    content = as_text(member, chat).encode()
    parts = [content[at : at + BYTES_OF_A_PART] for at in range(0, len(content), BYTES_OF_A_PART)][
        : settings.MOST_FILES
    ]
    kept = []
    for number, part in enumerate(parts, start=1):
        name = f"chat-{chat.conversation.number}-{number}.txt"
        text = part.decode(errors="ignore").encode()  # a cut may have gone through a letter
        try:
            kept.append(conversations.upload(member, SimpleUploadedFile(name, text)).public_id)
        except FileRefused:
            break
    return kept
