"""What helps an agent to answer? Canned replies, and an answer that the help pages suggest."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from handrail.engines.ai.answers import Outcome
from handrail.engines.search.library.blocks import CELLS, Kind
from handrail.hub import desk
from handrail.hub.asking import Cited, Reply
from handrail.hub.shown_answers import ShownPiece, shown
from handrail.mediums.chat.assistant.suggesting import suggest_for_agent
from handrail.mediums.chat.console.finding import find_chat
from handrail.people.requests import ViewerRequest

MOST_LINKS = 2
"""Pages that a suggested message links to; more is no answer but a list."""


@require_safe
def pick(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Replies that agents send often, filled in for this chat; tickets keep them."""
    chat = find_chat(request, public_id)
    sought = request.GET.get("q", "")
    replies = desk.canned(request.viewer, chat.conversation, sought)
    return render(request, "hub/_canned_options.html", {"replies": replies, "sought": sought})


@require_POST
def suggest(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What our pages answer to the member's last words, for the composer; nothing is ever sent."""
    chat = find_chat(request, public_id)
    reply = suggest_for_agent(request.viewer, chat)
    is_something = reply is not None and reply.answer.outcome is not Outcome.NOTHING
    context = {
        "answer": shown(reply) if reply and is_something else None,
        "message": message_of(reply) if reply and is_something else "",
        "chat": chat,
    }
    return render(request, "chat/console/_suggested.html", context)


def message_of(reply: Reply) -> str:
    """The answer as one would write it to the member: its words, and where they can read on."""
    parts = [_written(piece) for piece in shown(reply).pieces]
    links = dict.fromkeys(map(_link, reply.sources[:MOST_LINKS]))
    return "\n\n".join([*filter(None, parts), " \u00b7 ".join(links)]).strip()


def _written(piece: ShownPiece) -> str:
    if piece.kind is Kind.STEPS:
        lines = [f"{piece.first + at}. {line}" for at, line in enumerate(piece.lines)]
    elif piece.kind is Kind.LIST:
        lines = [f"- {line}" for line in piece.lines]
    elif piece.kind is Kind.TABLE:
        lines = [f"- {line.replace(CELLS, ', ')}" for line in piece.lines]
    else:
        lines = [piece.text]
    return "\n".join([*filter(None, [piece.lead]), *lines])


def _link(cited: Cited) -> str:
    """At the address at which the member reads it."""
    title = cited.place.title.replace("[", "(").replace("]", ")")
    return f"[{title}]({settings.HANDRAIL_URL}{cited.place.url})"
