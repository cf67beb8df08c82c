"""What was said in a chat until somebody of us came, in short? For the agent, without a model.

Who the member is, where they were, what they want and which pages they read stands beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from handrail.engines.conversations.models import Message, MessageKind
from handrail.mediums.chat.models import Chat, Reason
from handrail.mediums.chat.threads import messages
from handrail.mediums.chat.wishes import Kind, wish_in
from handrail.people.viewer import SYSTEM

MOST_QUESTIONS = 5
MOST_MESSAGES = 200
LONGEST = 160
"""Letters of what was said; the thread itself is right below."""


@dataclass(frozen=True)
class Answered:
    """What the member asked, and what the assistant said to it."""

    question: str
    answer: str
    """Its beginning; empty where there was no answer."""
    sources: list[str]
    """Titles of the pages that it rests on."""


@dataclass(frozen=True)
class Summary:
    """All of it is text as people wrote it: to be shown, never to be followed."""

    mood: str
    """Where patience ran out, as their words tell; else empty."""
    asked: list[Answered]
    """The newest last; empty where nobody answered: what was asked is read as it was asked."""


def of(chat: Chat) -> Summary:
    """Two queries, however long the talk is."""
    replies = messages(SYSTEM, chat).filter(kind=MessageKind.REPLY).order_by("-pk")
    newest = list(replies[:MOST_MESSAGES])[::-1]
    said = [message.body for message in newest if message.member_id and message.body]
    asked = _asked(newest)
    is_answered = any(one.answer for one in asked)
    return Summary(_mood(chat, said), asked[-MOST_QUESTIONS:] if is_answered else [])


def in_words(summary: Summary) -> str:
    """Lines, one thing each; nothing where there is nothing to add to the talk."""
    lines = [summary.mood]
    for one in summary.asked:
        lines.append(_("Asked: “%(words)s”") % {"words": one.question})
        if one.answer:
            lines.append(_("Answered: “%(words)s”") % {"words": one.answer})
        if one.sources:
            lines.append(_("From: %(pages)s") % {"pages": ", ".join(one.sources)})
    return "\n".join(line for line in lines if line)


def _mood(chat: Chat, said: list[str]) -> str:
    """Where that is why they wait, it stands beside it already."""
    upset = chat.reason != Reason.FRUSTRATION and any(
        wish_in(words[:1000]).kind == Kind.FRUSTRATION for words in said[-3:]
    )
    return _("They are losing patience") if upset else ""


def _asked(said: list[Message]) -> list[Answered]:
    """Each run of the member's messages is one question; what we say after it is its answer."""
    asked: list[Answered] = []
    question, answer, sources = "", "", list[str]()
    for message in said:
        if message.member_id:
            if answer:
                asked.append(Answered(_short(question), _short(answer), sources))
                question, answer, sources = "", "", []
            question = f"{question} {message.body}".strip()
        else:
            answer = f"{answer} {_words_of(message)}".strip()
            sources = sources + _sources(message.detail)
    if question:
        asked.append(Answered(_short(question), _short(answer), sources))
    return asked


def _words_of(message: Message) -> str:
    """What stands in an answer is in its pieces; the message itself only leads to them."""
    pieces = _part_of_answer(message.detail, "pieces")
    said = (line for piece in pieces for line in (piece.get("lead"), *piece.get("lines", ())))
    return " ".join(filter(None, said)) or message.body


def _sources(detail: Mapping[str, Any]) -> list[str]:
    """Titles in an answer as it was kept (`engines.ai.answers.as_json`)."""
    titles = [source.get("title", "") for source in _part_of_answer(detail, "sources")]
    return list(dict.fromkeys(title for title in titles if title))


def _part_of_answer(detail: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    answer = detail.get("answer")
    found = answer.get(name) if isinstance(answer, dict) else None
    return [one for one in found or () if isinstance(one, dict)]


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
