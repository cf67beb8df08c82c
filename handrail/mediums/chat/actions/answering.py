"""How does the assistant's answer come into a chat? Once, whoever worked it out, and how often.

The message that waits for an answer is written down with it (`Chat.asked`), and crossed out in the
transaction of the answer: so a process that dies loses nothing, and two that work say it once.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction

from handrail.engines.activity.ref import Ref
from handrail.engines.ai import actions as questions
from handrail.engines.ai import making
from handrail.engines.ai.answers import Answer, Outcome, as_json
from handrail.engines.ai.models import Question, Surface
from handrail.engines.conversations import topics
from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import Conversation, Message
from handrail.hub.tools import Tool
from handrail.mediums.chat.actions.handing import ask_for_person
from handrail.mediums.chat.actions.life import say
from handrail.mediums.chat.actions.policy import current_policy
from handrail.mediums.chat.actions.refusals import OPEN, require_seen_by
from handrail.mediums.chat.actions.steps import add_pages, locked
from handrail.mediums.chat.assistant import words, working
from handrail.mediums.chat.assistant.deciding import Decision
from handrail.mediums.chat.models import Chat, Reason
from handrail.mediums.chat.states import Status
from handrail.people.viewer import Viewer, system_viewer

ASSISTANT = system_viewer("assistant")


def owe_answer(*, conversation: Conversation, message: Message, **_signal: Any) -> None:
    """A member said something to the assistant: hears `member_said`, in its transaction."""
    Chat.objects.filter(pk=conversation.pk).update(asked=message)
    transaction.on_commit(partial(working.wake, conversation.pk))


def answer(
    viewer: Viewer,
    member: Viewer,
    asked: Message,
    decision: Decision | None,
    *,
    is_coming: bool = False,
) -> tuple[Message, Question | None] | None:
    """Says what was decided about `asked`, the member's last message, to that member.

    None: it was answered meanwhile, or something else was said since, or nobody waits for the
    assistant any more; nor is there anything to say without a decision: all was taken back.
    `is_coming`: a model has its turn after this, so it is no failure yet.
    """
    _require_assistant(viewer)
    with transaction.atomic():
        chat = locked(Chat(conversation_id=asked.conversation_id))
        if chat.asked_id != asked.pk:
            return None
        chat.asked = None
        chat.language = (decision and decision.language) or chat.language
        chat.save(update_fields=["asked", "language"])
        if decision is None or chat.conversation.status != Status.ASSISTANT:
            return None
        reason, said = decision.hands_over, decision.words
        if decision.answer and not is_coming and _is_enough(chat, decision.answer.outcome):
            reason, said = Reason.FAILURE, words.gives_up()
        question = _remembered(member, chat, decision) if decision.answer else None
        add_pages(chat, _cited(decision.answer))
        detail = decision.detail | _as_detail(decision, question, is_coming=is_coming)
        draft = Draft(said, client_id=once_for(asked.public_id, "answer"))
        message, _is_new = say(viewer, chat, draft, detail=detail)
        if reason:
            ask_for_person(viewer, chat, reason)
    return message, question


def improve(
    viewer: Viewer, message: Message, better: Answer | None, tool: Tool | None = None
) -> None:
    """The model's turn is over: its answer takes the place of the quoted one; None: that stands.

    `tool`: what it chose. Where there is no answer, that it can be done is the answer.
    """
    _require_assistant(viewer)
    with transaction.atomic():
        chat = locked(Chat(conversation_id=message.conversation_id))
        message.refresh_from_db()
        if not message.detail.get("is_coming"):
            return
        message.detail["is_coming"] = False
        if better:
            message.detail["answer"] = as_json(better)
            message.body = words.found(better.outcome)
            message.detail["person"] = better.outcome is not Outcome.ANSWERED
            add_pages(chat, _cited(better))
        outcome = Outcome(message.detail["answer"]["outcome"])
        if tool and outcome is not Outcome.ANSWERED:
            message.body = words.can_do(tool.label)
        message.save(update_fields=["detail", "body"])
        topics.line(chat.conversation, message)
        is_over = chat.conversation.status != Status.ASSISTANT
        if is_over or (tool and outcome is not Outcome.ANSWERED) or not _is_enough(chat, outcome):
            return
        draft = Draft(words.gives_up(), client_id=once_for(message.public_id, "hand-over"))
        say(viewer, chat, draft)
        ask_for_person(viewer, chat, Reason.FAILURE)


def stop(viewer: Viewer, chat: Chat, message: Message) -> None:
    """The member wants no better answer to this: the one that was there at once stands. Said again,
    or too late, it changes nothing."""
    viewer.require(OPEN)
    viewer.require_member()
    with transaction.atomic():
        chat = locked(chat)
        require_seen_by(viewer, chat.conversation)
        message.refresh_from_db()
        question = Question.objects.visible_to(viewer).filter(
            public_id=message.detail.get("question", "")
        )
        if not message.detail.get("is_coming") or not (asked := question.first()):
            return
        making.stop(asked)
        message.detail["is_coming"] = False
        message.save(update_fields=["detail"])
        topics.line(chat.conversation, message)


def offer(viewer: Viewer, message: Message, tool: Tool, arguments: Mapping[str, str]) -> None:
    """A model chose what only reads: it is the first button below this line, filled in."""
    _require_assistant(viewer)
    with transaction.atomic():
        chat = locked(Chat(conversation_id=message.conversation_id))
        message.refresh_from_db()
        others = [name for name in message.detail.get("offers", []) if name != tool.name]
        message.detail |= {"offers": [tool.name, *others], "given": {tool.name: dict(arguments)}}
        message.save(update_fields=["detail"])
        topics.line(chat.conversation, message)


def add_summary(viewer: Viewer, chat: Chat, said: str) -> None:
    """Puts what a model made of the talk above what is known without one."""
    _require_assistant(viewer)
    with transaction.atomic():
        chat = locked(chat)
        chat.summary = f"{said}\n\n{chat.summary}".strip()
        chat.save(update_fields=["summary"])
        topics.changed_for_agents(chat.conversation)


def once_for(public_id: str, what: str) -> UUID:
    """The same whoever says it, so that it is said once."""
    return uuid5(NAMESPACE_OID, f"handrail.chat:{what}:{public_id}")


def _cited(answer: Answer | None) -> list[str]:
    """The pages that it rests on."""
    return [str(Ref(one.medium, one.thing_id)) for one in answer.sources] if answer else []


def _require_assistant(viewer: Viewer) -> None:
    if not viewer.is_system:
        raise PermissionDenied


def _is_enough(chat: Chat, outcome: Outcome) -> bool:
    """Counts failures in a row; whether a person has to come now. Unsure is neither."""
    if outcome is Outcome.CLOSEST:
        return False
    chat.failures = chat.failures + 1 if outcome is Outcome.NOTHING else 0
    chat.save(update_fields=["failures"])
    return chat.failures >= max(1, current_policy().failures_until_person)


def _remembered(member: Viewer, chat: Chat, decision: Decision) -> Question:
    """For its editors, and for their groups of questions that the pages do not answer."""
    assert decision.answer is not None  # noqa: S101  the caller asks
    thread = (
        Message.objects.filter(conversation_id=chat.pk, detail__thread__isnull=False)
        .order_by("-pk")
        .values_list("detail__thread", flat=True)
        .first()
    )
    return questions.remember(
        member,
        decision.asked,
        decision.answer,
        surface=Surface.CHAT,
        language=decision.language or chat.language or "en",
        milliseconds=decision.milliseconds,
        thread=thread or "",
    )


def _as_detail(
    decision: Decision, question: Question | None, *, is_coming: bool
) -> dict[str, object]:
    if decision.answer is None or question is None:
        return {}
    return {
        "answer": as_json(decision.answer),
        "asked": decision.asked,
        "question": question.public_id,
        "thread": question.thread,
        "is_coming": is_coming,
    }
