"""What is said, line by line? Asked for and said by members and agents alike, each at their side.

A page with a socket talks over it; here is what it falls back to, and what it asks for because it
is drawn for its reader: events, answers, files, what was edited.
"""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from handrail.base.limits import Limit, TooMany
from handrail.engines.conversations.models import Message
from handrail.mediums.chat import actions, threads
from handrail.mediums.chat.forms import AgentSayForm, EditForm, SayForm
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.views.finding import INVALID, SLOWED, find_chat
from handrail.people.requests import ViewerRequest

SAID = Limit("chat-say", most=60, seconds=60)
"""Of one person, by forms; the sockets have a pace of their own."""

LARGEST = 2**63


@require_safe
def lines(request: ViewerRequest, public_id: str) -> HttpResponse:
    """With `?after=` what is new since that line, with `?before=` what came earlier."""
    chat = find_chat(request, public_id)
    if "before" in request.GET:
        part = threads.newest(request.viewer, chat, _number(request, "before"))
    else:
        after = _number(request, "after")
        part = threads.Part(threads.news(request.viewer, chat, after), None)
    context = {"lines": part.lines, "before": part.before, "lines_url": _address(request, chat)}
    return render(request, "chat/_lines.html", context)


@require_safe
def line(request: ViewerRequest, public_id: str, line_id: str) -> HttpResponse:
    """One line, as it is drawn for this reader."""
    return line_as_drawn(request, find_chat(request, public_id), line_id)


@require_safe
def before(request: ViewerRequest, public_id: str, line_id: str) -> HttpResponse:
    """How a line read before it was changed: for agents, and for who wrote it."""
    chat = find_chat(request, public_id)
    message = _message(request, chat, line_id)
    context = {"versions": threads.versions(request.viewer, message)}
    return render(request, "chat/_before.html", context)


@require_POST
def say(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Says it, or (agents) notes it; where that cannot be, why, in words."""
    chat = find_chat(request, public_id)
    form = AgentSayForm(request.POST) if request.viewer.agent else SayForm(request.POST)
    try:
        SAID.hit(_person(request))
    except TooMany as error:
        answer = _refused(SLOWED, status=429)
        answer["Retry-After"] = str(error.retry_after)
        return answer
    if not form.is_valid():
        return _refused(" ".join(str(words) for wrong in form.errors.values() for words in wrong))
    is_note = isinstance(form, AgentSayForm) and form.is_note
    try:
        (actions.add_note if is_note else actions.say)(request.viewer, chat, form.draft())
    except ValidationError as refusal:
        return _refused(refusal.messages[0])
    return HttpResponse()


@require_POST
def stop(request: ViewerRequest, public_id: str, line_id: str) -> HttpResponse:
    """No better answer is wanted: the line comes back with the one that was there before."""
    request.viewer.require_member()
    chat = find_chat(request, public_id)
    actions.stop(request.viewer, chat, _message(request, chat, line_id))
    return line_as_drawn(request, chat, line_id)


def line_as_drawn(
    request: ViewerRequest, chat: Chat, line_id: str, refused: threads.Refusal | None = None
) -> HttpResponse:
    """One line, as it is drawn for this reader; 404 where there is none for them."""
    found = threads.one(request.viewer, chat, line_id, refused)
    if found is None:
        raise Http404
    return render(request, "conversations/_line.html", {"line": found})


def _person(request: ViewerRequest) -> str:
    who = request.viewer.member or request.viewer.agent
    return who.public_id if who else ""


def _refused(words: object, status: int = INVALID) -> HttpResponse:
    """For a script: it shows the words beside what was not sent."""
    return HttpResponse(str(words), status=status, content_type="text/plain; charset=utf-8")


def _message(request: ViewerRequest, chat: Chat, line_id: str) -> Message:
    found = threads.messages(request.viewer, chat).filter(public_id=line_id).first()
    if found is None:
        raise Http404
    return found


def _address(request: ViewerRequest, chat: Chat) -> str:
    return threads.lines_url(request.viewer, chat)


def _number(request: ViewerRequest, name: str) -> int:
    """What the address names; nonsense is the beginning."""
    given = request.GET.get(name, "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 20 else 0
    return min(number, LARGEST - 1)


@require_POST
def edit(request: ViewerRequest, public_id: str, line_id: str) -> HttpResponse:
    """Changes what one said oneself, a while ago at most."""
    chat = find_chat(request, public_id)
    message = _message(request, chat, line_id)
    form = EditForm(request.POST)
    if not form.is_valid():
        return _refused(form.errors["body"][0])
    try:
        actions.edit(request.viewer, chat, message, form.cleaned_data["body"])
    except ValidationError as refusal:
        return _refused(refusal.messages[0])
    return HttpResponse()


@require_POST
def remove(request: ViewerRequest, public_id: str, line_id: str) -> HttpResponse:
    """Takes back what one said oneself, a while ago at most."""
    chat = find_chat(request, public_id)
    message = _message(request, chat, line_id)
    try:
        actions.remove(request.viewer, chat, message)
    except ValidationError as refusal:
        return _refused(refusal.messages[0])
    return HttpResponse()
