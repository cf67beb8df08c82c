"""What does an agent see of the chats of now? Rail, open talk, and what can be done."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.engines.conversations import topics
from handrail.engines.conversations.access import WORK
from handrail.engines.live.topics import Topic
from handrail.hub.refs import resolve
from handrail.mediums.chat import crew, threads
from handrail.mediums.chat.actions import assistant_state
from handrail.mediums.chat.console import availability
from handrail.mediums.chat.console.finding import find_chat
from handrail.mediums.chat.console.rail import rail
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import Act, Status, Who, may
from handrail.people.models import Agent, Team
from handrail.people.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    """The desk without an open chat: whom to turn to first."""
    request.viewer.require(WORK)
    return render(request, "chat/console/index.html", desk_context(request))


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    chat = find_chat(request, public_id)
    context = {
        **desk_context(request, public_id),
        "part": "past" if chat.conversation.status == Status.ENDED else "now",
        **head_context(request, chat),
        **threads.page_context(request.viewer, chat),
        "topic": Topic(topics.THREAD, public_id),
        "notes_topic": Topic(topics.DESK_THREAD, public_id),
    }
    return render(request, "chat/console/detail.html", context)


@require_safe
def rows(request: ViewerRequest) -> HttpResponse:
    """The rail alone: after something changed."""
    request.viewer.require(WORK)
    context = desk_context(request, request.GET.get("open", ""))
    return render(request, "chat/console/_rail.html", context)


@require_safe
def head(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Whose turn it is, and what can be done now: after something changed."""
    chat = find_chat(request, public_id)
    return render(request, "chat/console/_head.html", head_context(request, chat))


@require_safe
def composer(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Where one writes: after an act began or ended that."""
    chat = find_chat(request, public_id)
    return render(request, "chat/console/_composer.html", head_context(request, chat))


def desk_context(request: ViewerRequest, opened: str = "") -> dict[str, Any]:
    """What every page of the desk shows. Four queries."""
    return {
        "part": "now",
        "rail": rail(request.viewer),
        "opened": opened,
        "queue_topic": Topic(topics.QUEUE),
        **availability.context(request),
    }


def head_context(request: ViewerRequest, chat: Chat, refusal: str = "") -> dict[str, Any]:
    """What can be done with the chat now, and to whom it can be given. Three queries."""
    conversation = chat.conversation
    me = request.viewer.require_agent()
    status = Status(conversation.status)
    account = conversation.account
    acts = {act for act in Act if may(Who.AGENT, act, status)}
    is_mine = status == Status.LIVE and conversation.assignee_id == me.pk
    has_assistant = bool(account and assistant_state(account).is_on)
    return {
        "chat": chat,
        "conversation": conversation,
        "is_mine": is_mine,
        "is_waiting": status == Status.WAITING,
        "is_with_other": status == Status.LIVE and not is_mine,
        "is_ended": status == Status.ENDED,
        "writes": "" if status == Status.ENDED else "both" if Act.SAY in acts else "notes",
        "may_accept": Act.ACCEPT in acts,
        "may_transfer": Act.TRANSFER in acts or Act.HAND_TO in acts,
        "may_give_back": Act.GIVE_BACK in acts and has_assistant,
        "may_make_ticket": Act.MAKE_TICKET in acts,
        "may_end": Act.END in acts,
        "agents": [
            (agent, availability.is_here(agent))
            for agent in (others(request) if Act.HAND_TO in acts else [])
        ],
        "teams": Team.objects.filter(retired_at=None).order_by("name"),
        "ticket_url": _ticket_url(request, chat),
        "refusal": refusal,
    }


def _ticket_url(request: ViewerRequest, chat: Chat) -> str:
    """Where it goes on; empty where it became no ticket."""
    return (
        resolve(request.viewer, [chat.ticket.ref]).get(chat.ticket.ref, "") if chat.ticket else ""
    )


def others(request: ViewerRequest) -> list[Agent]:
    """Agents who answer chats, but for this one; those who are here first."""
    agents = Agent.objects.filter(is_active=True, role__in=crew.ROLES).select_related(
        "availability"
    )
    found = list(agents.exclude(pk=request.viewer.require_agent().pk).order_by("name"))
    return sorted(found, key=lambda agent: not availability.is_here(agent))
