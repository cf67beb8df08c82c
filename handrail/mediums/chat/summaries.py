"""What happened in a chat until somebody of us came, in short? For the agent, without a model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from handrail.engines.conversations.models import Message, MessageKind
from handrail.hub.registry import find
from handrail.mediums.chat.models import Chat, Reason
from handrail.mediums.chat.states import KIND
from handrail.mediums.chat.threads import messages
from handrail.mediums.chat.wishes import Kind, wish_in
from handrail.people.models import Member
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

    who: str
    """The member, their account, its kind and plan, their role."""
    where: str
    """The host's page where they began."""
    wants: str
    """Why it came to us."""
    mood: str
    """Where patience ran out; else empty."""
    asked: list[Answered]
    """The newest last."""
    read: list[str]
    """Titles of help pages that they had open."""


def of(chat: Chat) -> Summary:
    """Six queries at most, however long the talk is."""
    conversation = chat.conversation
    replies = messages(SYSTEM, chat).filter(kind=MessageKind.REPLY).order_by("-pk")
    newest = list(replies[:MOST_MESSAGES])[::-1]
    said = [message.body for message in newest if message.member_id and message.body]
    return Summary(
        who=_who(conversation.creator) if conversation.creator else "",
        where=chat.page,
        wants=str(Reason(chat.reason).label) if chat.reason else "",
        mood=_mood(chat, said),
        asked=_asked(newest)[-MOST_QUESTIONS:],
        read=_titles(chat.pages_read),
    )


def in_words(summary: Summary) -> str:
    """Lines, one thing each."""
    lines = [summary.who]
    if summary.where:
        lines.append(_("On the page %(page)s") % {"page": summary.where})
    lines += [line for line in (summary.wants, summary.mood) if line]
    for one in summary.asked:
        lines.append(_("Asked: “%(words)s”") % {"words": one.question})
        if one.answer:
            lines.append(_("Answered: “%(words)s”") % {"words": one.answer})
        if one.sources:
            lines.append(_("From: %(pages)s") % {"pages": ", ".join(one.sources)})
    if summary.read:
        lines.append(_("Pages read: %(pages)s") % {"pages": ", ".join(summary.read)})
    return "\n".join(line for line in lines if line)


def _who(member: Member) -> str:
    account = member.account
    facts = [account.name, account.get_kind_display(), account.plan.name, member.get_role_display()]
    return f"{member.name} ({', '.join(facts)})"


def _mood(chat: Chat, said: list[str]) -> str:
    upset = chat.reason == Reason.FRUSTRATION or any(
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


def _titles(pages: Iterable[str]) -> list[str]:
    """Of `medium/public_id`, in their order; what is gone has none. One query a medium."""
    by_medium: dict[str, list[str]] = {}
    for page in pages:
        medium, _slash, public_id = page.partition("/")
        if medium != KIND:
            by_medium.setdefault(medium, []).append(public_id)
    titles: dict[str, str] = {}
    for name, public_ids in by_medium.items():
        medium_of_it = find(name)
        places = medium_of_it.places(SYSTEM, public_ids) if medium_of_it else {}
        titles |= {f"{name}/{public_id}": place.title for public_id, place in places.items()}
    return [titles[page] for page in pages if page in titles]


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
