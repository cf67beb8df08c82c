"""How does a chat come to a person, to another one, and back to the assistant?"""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.actions import Draft
from handrail.mediums.chat import letters, summaries
from handrail.mediums.chat.actions.assistant import assistant_state
from handrail.mediums.chat.actions.owing import owes_a_word, unanswered
from handrail.mediums.chat.actions.refusals import WORK, NotNow, Taken, rule_now, side
from handrail.mediums.chat.actions.routing import route_soon
from handrail.mediums.chat.actions.steps import asked_at, locked, sit_with, step, told, wait_from
from handrail.mediums.chat.assistant import working
from handrail.mediums.chat.models import Chat, Reason
from handrail.mediums.chat.states import KIND, Act, Status, Who, rule_for
from handrail.people.models import Agent, Team
from handrail.people.viewer import ROLE_ENTITLEMENTS, Viewer

GONE_AFTER = timedelta(minutes=5)
"""An agent who was not heard of for so long is not coming back to who writes to them."""


def ask_for_person(viewer: Viewer, chat: Chat, reason: Reason) -> Chat:
    """The member (or, having understood them, the assistant) wants a person: it is in the queue."""
    side(viewer)
    with transaction.atomic():
        chat = locked(chat)
        step(chat, rule_now(viewer, Act.ASK_FOR_PERSON, chat.conversation))
        let_wait(viewer, chat, reason)
    return chat


def let_wait(viewer: Viewer, chat: Chat, reason: Reason) -> None:
    """Puts a locked chat into the queue, from now on."""
    conversation = chat.conversation
    if conversation.status != Status.WAITING:
        conversations.set_status(conversation, Status.WAITING, is_closed=False)
    wait_from(chat, timezone.now(), reason)
    told(viewer, chat, "asked_for_person", reason=str(reason))
    with translation.override(settings.LANGUAGE_CODE):  # ours, whatever the member reads
        chat.summary = summaries.in_words(summaries.of(chat))
    chat.save(update_fields=["summary"])
    transaction.on_commit(partial(working.wake, chat.pk, working.SUMMARIES))
    route_soon()


def accept(viewer: Viewer, chat: Chat) -> Chat:
    """This agent is with the member from now on; raises Taken where another was first.

    The lock makes it one of two that press at once; the other then sees who it was.
    """
    viewer.require(WORK)
    agent = viewer.require_agent()
    with transaction.atomic():
        chat = locked(chat)
        conversation = chat.conversation
        if conversation.status == Status.LIVE and conversation.assignee:
            if conversation.assignee.pk == agent.pk:
                return chat
            raise Taken(conversation.assignee)
        step(chat, rule_now(viewer, Act.ACCEPT, conversation))
        sit_with(chat, agent)
        told(viewer, chat, "accepted")
    return chat


def transfer(
    viewer: Viewer,
    chat: Chat,
    *,
    agent: Agent | None = None,
    team: Team | None = None,
    note: str = "",
) -> Chat:
    """Gives it to another agent, who is with the member at once; or to a team, or to whoever comes
    next, where it waits in its old place. `note` is for whoever gets it, and no member."""
    viewer.require(WORK)
    viewer.require_agent()
    if agent and not may_answer(agent):
        raise ValidationError(_("%(name)s does not answer chats.") % {"name": agent.name})
    with transaction.atomic():
        chat = locked(chat)
        act = Act.HAND_TO if agent else Act.TRANSFER
        rule = rule_now(viewer, act, chat.conversation)
        if agent and agent == chat.conversation.assignee and rule.after == chat.conversation.status:
            return chat
        step(chat, rule)
        if team:
            conversations.set_team(chat.conversation, team)
        if agent:
            sit_with(chat, agent)
            if viewer.agent != agent:
                letters.tell_agent(chat.conversation, agent)
        else:
            wait_from(chat, asked_at(chat), Reason.TRANSFER)
            conversations.assign(chat.conversation, None)
        told(viewer, chat, "transferred", to=_name(agent, team))
        if note := note.replace("\0", "").strip():  # PostgreSQL keeps no NUL
            conversations.add_note(viewer, chat.conversation, Draft(body=note))
        route_soon()
    return chat


def give_back(viewer: Viewer, chat: Chat) -> Chat:
    """The assistant answers again, where the account has it."""
    viewer.require(WORK)
    viewer.require_agent()
    with transaction.atomic():
        chat = locked(chat)
        conversation = chat.conversation
        rule = rule_now(viewer, Act.GIVE_BACK, conversation)
        if not (conversation.account and assistant_state(conversation.account).is_on):
            raise NotNow(_("The assistant is off for this account."))
        step(chat, rule)
        chat.waiting_since, chat.reason, chat.failures = None, "", 0
        chat.is_unread_for_us = False
        chat.save(update_fields=["waiting_since", "reason", "failures", "is_unread_for_us"])
        conversations.assign(conversation, None)
        told(viewer, chat, "given_back")
        route_soon()
    return chat


def take_from_the_gone(viewer: Viewer) -> int:
    """Puts chats back into the queue whose member waits for a word of an agent who is not heard of
    any more, read or not; returns how many. They come to their old place."""
    viewer.require(WORK)
    before = timezone.now() - GONE_AFTER
    gone = Q(conversation__assignee__availability__seen_at__lt=before)
    gone |= Q(conversation__assignee__is_active=False)
    live = Chat.objects.filter(conversation__kind=KIND, conversation__status=Status.LIVE)
    pks = unanswered(live.filter(gone, conversation__closed_at=None)).order_by("pk")
    return sum(_take_back(viewer, pk, gone) for pk in list(pks.values_list("pk", flat=True)[:200]))


def _take_back(viewer: Viewer, pk: int, gone: Q) -> bool:
    with transaction.atomic():
        chat = locked(Chat(pk=pk))
        if not Chat.objects.filter(gone, pk=pk).exists():
            return False
        if not (chat.is_unread_for_us or owes_a_word(chat)):
            return False
        rule = rule_for(Who.SYSTEM, Act.TRANSFER, chat.conversation.status)
        if rule is None:
            return False
        step(chat, rule)
        wait_from(chat, asked_at(chat), Reason.TRANSFER)
        conversations.assign(chat.conversation, None)
        told(viewer, chat, "transferred", to="")
    return True


def may_answer(agent: Agent) -> bool:
    return agent.is_active and WORK in ROLE_ENTITLEMENTS.get(agent.role, ())


def _name(agent: Agent | None, team: Team | None) -> str:
    """Names stand as they were: what happened does not change with a name."""
    if agent:
        return agent.name
    return team.name if team else ""
