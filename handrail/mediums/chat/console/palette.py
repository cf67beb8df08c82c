"""What do chats bring to the command palette? What is found, and acts with an open chat."""

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.base.among import Among
from handrail.engines.conversations.access import WORK, ConversationQuerySet, visible_conversations
from handrail.engines.conversations.archive import find
from handrail.engines.conversations.models import Conversation
from handrail.engines.search.words import Clause, question
from handrail.hub.medium import Command
from handrail.hub.palette import matching
from handrail.mediums.chat.states import KIND, Act, Status, Who, may
from handrail.people.viewer import Viewer

MOST_FOUND = 5
HEAD = "chat-head"
"""The element of a chat's page that the answer to an act takes the place of."""

ACTS = (
    (Act.ACCEPT, "accept", "hand", "a"),
    (Act.GIVE_BACK, "give-back", "sparkles", ""),
    (Act.END, "end", "circle-check", "e"),
)


def search(viewer: Viewer, text: str) -> list[Command]:
    """Chats that hold the words, the newest first, and the pages of the desk. Two queries."""
    if not viewer.may(WORK):
        return []
    asked = question(text)
    found = [_leading_to(chat) for chat in _found(viewer, asked)] if asked else []
    return [*found, *matching(places(viewer), text)]


def _found(viewer: Viewer, asked: list[Clause]) -> ConversationQuerySet:
    ids = find(viewer, KIND, asked)
    if not ids:
        return visible_conversations(viewer).none()
    return _chats(viewer).filter(Among(F("pk"), ids)).newest_first()[:MOST_FOUND]


def places(viewer: Viewer) -> list[Command]:
    """The pages beside the desk, and the desk by what an agent does there first."""
    if not viewer.may(WORK):
        return []
    commands = [
        Command(_("Be here or away for chats"), icon="headset", url=reverse("chat-desk:index")),
        Command(_("Past chats"), icon="clock", url=reverse("chat-desk:past")),
    ]
    if viewer.may("reports.read"):
        commands.append(
            Command(_("Chats now"), icon="chart-column", url=reverse("chat-desk:overview"))
        )
    return commands


def seen(viewer: Viewer, public_ids: list[str]) -> list[Command]:
    """These chats, as far as the viewer may read them, in this order. One query."""
    if not viewer.may(WORK):
        return []
    known = {chat.public_id: chat for chat in _chats(viewer).filter(public_id__in=public_ids)}
    return [_leading_to(known[each]) for each in public_ids if each in known]


def acts(viewer: Viewer, public_id: str) -> list[Command]:
    """What can be done now with the chat that is open: what its page offers too. One query."""
    chat = _chats(viewer).filter(public_id=public_id).first() if viewer.may(WORK) else None
    if chat is None:
        return []
    status = Status(chat.status)
    commands = []
    if may(Who.AGENT, Act.SAY, status):
        commands += [
            Command(_("Write a message"), icon="reply", keys="r", press="reply"),
            Command(
                _("Choose a canned reply"), icon="message-square-text", keys="c", press="canned"
            ),
            Command(_("Suggest an answer"), icon="sparkles", press="suggest"),
        ]
    for act, address, icon, keys in ACTS:
        if may(Who.AGENT, act, status):
            url = reverse(f"chat-desk:{address}", args=[public_id])
            values = {"here": "on"}
            commands.append(
                Command(str(act.label), icon=icon, keys=keys, post=url, values=values, target=HEAD)
            )
    return commands


def _chats(viewer: Viewer) -> ConversationQuerySet:
    chats = visible_conversations(viewer).of_kind(KIND)
    return chats.select_related("account", "creator__person")


def _leading_to(chat: Conversation) -> Command:
    who = chat.creator.name if chat.creator else ""
    account = f" · {chat.account.name}" if chat.account else ""
    return Command(
        chat.subject,
        icon="message-circle",
        hint=f"{who}{account} · {Status(chat.status).label}",
        url=reverse("chat-desk:detail", args=[chat.public_id]),
    )
