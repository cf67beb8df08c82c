"""How does a chat live? Begun, said in, noted in, ended."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BigIntegerField, DateTimeField, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from handrail.base import statements
from handrail.base.statements import Blank
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.access import ConversationQuerySet
from handrail.engines.conversations.actions import MESSAGE_LENGTH, Draft
from handrail.engines.conversations.models import SUBJECT_LENGTH, Conversation, Message
from handrail.mediums.chat.actions.assistant import assistant_state
from handrail.mediums.chat.actions.handing import ask_for_person, let_wait
from handrail.mediums.chat.actions.hearing import member_said
from handrail.mediums.chat.actions.refusals import OPEN, WORK, NotNow, rule_now, side
from handrail.mediums.chat.actions.routing import route_soon
from handrail.mediums.chat.actions.steps import (
    add_pages,
    locked,
    on_record,
    step,
    told,
    with_pages,
)
from handrail.mediums.chat.models import Chat, Reason
from handrail.mediums.chat.states import KIND, Act, Status
from handrail.people.access import context_of
from handrail.people.models import Member
from handrail.people.viewer import SYSTEM, Viewer

PAGE_LENGTH = 500

MOST_SENT_AGAIN = 5
"""Of a member's last chats, in so many what is sent once more is looked for."""


def begin(
    viewer: Viewer,
    draft: Draft,
    *,
    page: str = "",
    language: str = "",
    pages_read: Iterable[str] = (),
    for_person: bool = False,
) -> Chat:
    """Begins a chat with its first message, or goes on in the one that is alive.

    A member has one alive chat at a time: their row is locked while we look. `page` is where they
    are at the host, if not what the host said when their session began; `pages_read` are help
    pages, as `medium/public_id`. `for_person`: the assistant does not answer it, for a person is
    called in the same transaction.
    """
    viewer.require(OPEN)
    member = viewer.require_member()
    draft = sayable(draft)
    with transaction.atomic():
        # No key of it changes, so that whatever else refers to the member does not wait.
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if sent := _begun_with(member, draft):
            return _current(sent)
        chat = _gone_on(viewer, member, draft, pages_read)
        chat = chat or _first(viewer, draft, page, language, pages_read)
        if for_person and chat.conversation.status == Status.ASSISTANT:
            chat = ask_for_person(viewer, chat, Reason.BUTTON)
    return chat


def say(
    viewer: Viewer, chat: Chat, draft: Draft, *, detail: Mapping[str, Any] | None = None
) -> tuple[Message, bool]:
    """Says something as a member, an agent, or (the system) the assistant; returns the message
    and whether it is new. `detail` is the assistant's own, such as its answer as JSON."""
    side(viewer)
    draft = sayable(draft)
    with conversations.lock_of(chat.conversation) as conversation:
        try:
            rule_now(viewer, Act.SAY, conversation)
        except NotNow:
            if sent := _said_before(viewer, conversation, draft):
                return sent, False
            raise
        more = {"author": "", "assistant": True, **(detail or {})} if viewer.is_system else None
        message, is_new = conversations.say_live(viewer, conversation, draft, detail=more)
        if is_new:
            chat.conversation = conversation
            _heard(viewer, chat, message)
            on_record(viewer, chat, "said")
    chat.conversation = conversation
    return message, is_new


def add_note(viewer: Viewer, chat: Chat, draft: Draft) -> tuple[Message, bool]:
    """Writes an internal note: the member never hears of it."""
    viewer.require(WORK)
    viewer.require_agent()
    draft = sayable(draft)
    with transaction.atomic():
        chat.conversation = conversations.locked(Conversation(pk=chat.pk))
        message, is_new = conversations.add_note(viewer, chat.conversation, draft)
        if is_new:
            on_record(viewer, chat, "noted")
    return message, is_new


def end(viewer: Viewer, chat: Chat, *, why: str = "") -> Chat:
    """Ends it: what was said stays to be read. `why` is a word for what happened by itself."""
    side(viewer)
    with transaction.atomic():
        chat = locked(chat)
        step(chat, rule_now(viewer, Act.END, chat.conversation))
        put_away(chat)
        told(viewer, chat, "ended", **({"why": why} if why else {}))
        route_soon()
    return chat


def put_away(chat: Chat) -> None:
    """It has ended: it stands in no queue any more, but among the past ones."""
    chat.waiting_since, chat.is_unread_for_us = None, False
    chat.last_word_at = chat.conversation.last_message_at
    chat.save(update_fields=["waiting_since", "is_unread_for_us", "last_word_at"])


def sayable(draft: Draft) -> Draft:
    """The draft as it can be kept; raises ValidationError where it is nothing, or too much."""
    body = draft.body.replace("\0", "").strip()  # PostgreSQL keeps no NUL
    if not body and not draft.attachment_ids:
        raise ValidationError(_("Write something first."))
    if len(body) > MESSAGE_LENGTH:
        words = _("A message has at most %(most)s letters; send the rest as a file.")
        raise ValidationError(words % {"most": MESSAGE_LENGTH})
    return replace(draft, body=body)


def _own(member: Member) -> ConversationQuerySet:
    return Conversation.objects.filter(creator=member).of_kind(KIND)


def _begun_with(member: Member, draft: Draft) -> int | None:
    """The chat in which this was said before, where the same is sent again: also where it only went
    on with it, and where that has ended since."""
    if draft.client_id is None:
        return None
    recent = _own(member).newest_first().values("pk")[:MOST_SENT_AGAIN]
    sent = Message.objects.filter(conversation__in=recent, client_id=draft.client_id)
    return sent.filter(member=member).values_list("conversation_id", flat=True).first()


def _gone_on(
    viewer: Viewer, member: Member, draft: Draft, pages_read: Iterable[str]
) -> Chat | None:
    """Their chat that goes on, with this said in it; None where none does, or not any more."""
    alive = _own(member).alive().newest_first().first()
    if alive is None:
        return None
    try:
        say(viewer, _current(alive.pk), draft)
    except NotNow:  # it has ended since we looked
        return None
    add_pages(chat := _current(alive.pk), pages_read)
    return chat


def _current(pk: int) -> Chat:
    return Chat.objects.select_related("conversation").get(pk=pk)


def _first(
    viewer: Viewer, draft: Draft, page: str, language: str, pages_read: Iterable[str]
) -> Chat:
    """The chat that this message begins; call it with the member locked."""
    member = viewer.require_member()
    is_on = assistant_state(member.account).is_on
    conversation, _is_new = conversations.open_conversation(
        viewer,
        kind=KIND,
        subject=subject_of(draft.body),
        status=Status.ASSISTANT if is_on else Status.WAITING,
        is_shared=False,
        draft=draft,
        draft_key=KIND,
    )
    chat = Chat.objects.create(
        conversation=conversation,
        language=(language or viewer.locale).partition("-")[0].lower()[:16],
        page=_path(page or context_of(viewer).get("page", "")),
        pages_read=with_pages([], pages_read),
        member_seen_at=timezone.now(),
        is_unread_for_us=True,
    )
    on_record(viewer, chat, "begun", assistant=is_on)
    message = conversation.messages.get()
    if is_on:
        member_said.send(sender=Chat, conversation=conversation, message=message)
    else:
        let_wait(SYSTEM, chat, Reason.OFF)
    return chat


def _path(page: str) -> str:
    """What it says beyond its path may be somebody's secret."""
    try:
        return urlsplit(page).path[:PAGE_LENGTH]
    except ValueError:  # no address at all
        return ""


def subject_of(body: str) -> str:
    """What a chat is called in lists: its first words."""
    line = " ".join(body.split())
    if len(line) > SUBJECT_LENGTH:
        line = line[: SUBJECT_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    return line or str(_("Chat"))


def _heard(viewer: Viewer, chat: Chat, message: Message) -> None:
    """What a message changes beside the thread."""
    conversation = chat.conversation
    if viewer.agent:
        statements.change(_read_by_us, pk=conversation.pk)
    if viewer.member is None:
        return
    statements.change(_unread_for_us, pk=conversation.pk, now=timezone.now())
    if conversation.status != Status.ASSISTANT:
        return
    account = conversation.account
    if account and assistant_state(account).is_on:
        member_said.send(sender=Chat, conversation=conversation, message=message)
    else:  # it was switched off while they talked
        fresh = Chat.objects.get(pk=conversation.pk)
        fresh.conversation = conversation
        let_wait(SYSTEM, fresh, Reason.OFF)


def _read_by_us() -> "tuple[QuerySet[Chat], dict[str, Any]]":
    unread = Chat.objects.filter(pk=Blank("pk", BigIntegerField()), is_unread_for_us=True)
    return unread, {"is_unread_for_us": False}


def _unread_for_us() -> "tuple[QuerySet[Chat], dict[str, Any]]":
    news = {"is_unread_for_us": True, "has_left": False}
    moment = {"member_seen_at": Blank("now", DateTimeField())}
    return Chat.objects.filter(pk=Blank("pk", BigIntegerField())), news | moment


def _said_before(viewer: Viewer, conversation: Conversation, draft: Draft) -> Message | None:
    """What was sent already is said already, whatever has become of the chat since."""
    if draft.client_id is None:
        return None
    sent = Message.objects.filter(conversation=conversation, client_id=draft.client_id)
    return sent.filter(member=viewer.member, agent=viewer.agent).first()
