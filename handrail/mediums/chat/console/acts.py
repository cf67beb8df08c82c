"""What does an agent do with a chat? One form each; the page hears of the rest by its socket."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from handrail.base.ids import is_public_id
from handrail.hub.refs import resolve
from handrail.mediums.chat import actions
from handrail.mediums.chat.console.desk import head_context, others
from handrail.mediums.chat.console.finding import find_chat
from handrail.mediums.chat.console.said import toast
from handrail.mediums.chat.models import Chat
from handrail.people.models import Agent, Team
from handrail.people.requests import ViewerRequest

NOTE_LENGTH = 2000


@require_POST
def accept(request: ViewerRequest, public_id: str) -> HttpResponse:
    """With this agent from now on; who was too late sees who was first, and the talk."""
    chat = find_chat(request, public_id)
    address = reverse("chat-desk:detail", args=[public_id])
    try:
        actions.accept(request.viewer, chat)
    except actions.NotNow as refusal:
        if request.POST.get("here"):
            return _head(request, public_id, refusal.messages[0])
        return toast(HttpResponse(), refusal.messages[0], "queue-changed")
    return HttpResponseClientRedirect(address)


@require_POST
def transfer(request: ViewerRequest, public_id: str) -> HttpResponse:
    """To an agent, a team, or back into the queue, by the form's `to`."""
    chat = find_chat(request, public_id)
    agent, team = _receiver(request)
    note = request.POST.get("note", "")[:NOTE_LENGTH]
    return _done(
        request,
        chat,
        lambda: actions.transfer(request.viewer, chat, agent=agent, team=team, note=note),
    )


@require_POST
def give_back(request: ViewerRequest, public_id: str) -> HttpResponse:
    chat = find_chat(request, public_id)
    return _done(request, chat, lambda: actions.give_back(request.viewer, chat))


@require_POST
def end(request: ViewerRequest, public_id: str) -> HttpResponse:
    chat = find_chat(request, public_id)
    return _done(request, chat, lambda: actions.end(request.viewer, chat))


@require_POST
def make_ticket(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A ticket of the member's, with all that was said; the agent goes on there."""
    chat = find_chat(request, public_id)
    subject = request.POST.get("subject", "").replace("\0", "").strip()[:140]
    try:
        ref = actions.make_ticket(request.viewer, chat, subject=subject)
    except ValidationError as refusal:
        return _head(request, public_id, refusal.messages[0])
    url = resolve(request.viewer, [ref]).get(ref)
    return HttpResponseClientRedirect(url or reverse("chat-desk:detail", args=[public_id]))


def _done(request: ViewerRequest, chat: Chat, act: Callable[[], object]) -> HttpResponse:
    """The head as it is now, or with why it could not be done."""
    try:
        act()
    except ValidationError as refusal:
        return _head(request, chat.conversation.public_id, refusal.messages[0])
    return _head(request, chat.conversation.public_id)


def _head(request: ViewerRequest, public_id: str, refusal: str = "") -> HttpResponse:
    context = head_context(request, find_chat(request, public_id), refusal)
    return render(request, "chat/console/_head.html", context)


def _receiver(request: ViewerRequest) -> tuple[Agent | None, Team | None]:
    """Whom the form names: `agent:<id>`, `team:<id>`, or nobody for the queue."""
    kind, _colon, public_id = request.POST.get("to", "").partition(":")
    if not kind:
        return None, None
    if kind == "agent" and is_public_id(public_id):
        agent = next((one for one in others(request) if one.public_id == public_id), None)
        if agent:
            return agent, None
    if kind == "team" and is_public_id(public_id):
        team = Team.objects.filter(public_id=public_id, retired_at=None).first()
        if team:
            return None, team
    raise Http404
