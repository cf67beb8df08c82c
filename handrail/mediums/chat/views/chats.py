"""How does a member begin a chat, go on in it, and find old ones again?"""

from urllib.parse import urlencode
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from handrail.base.limits import Limit, TooMany
from handrail.engines.conversations import topics
from handrail.engines.conversations.uploads import unsent
from handrail.engines.live.topics import Topic
from handrail.engines.notify import actions as notify
from handrail.mediums.chat import actions, lists, rows, threads, waiting
from handrail.mediums.chat.forms import BeginForm, SayForm
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.views.finding import INVALID, SLOWED, find_chat, pages_read
from handrail.mediums.chat.views.standing import standing
from handrail.people.requests import ViewerRequest

LONGEST_SEARCH = 200
BEGUN = Limit("chat-begin", most=30, seconds=60)


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    """Where one may type at once; a chat that goes on is opened instead. `?all` shows the list."""
    request.viewer.require_member()
    if not ({"all", "q", "new"} & set(request.GET)) and (chat := lists.alive(request.viewer)):
        return redirect("chat:detail", chat.conversation.public_id)
    request.viewer.require("chat.open")
    form = BeginForm(initial={"client_id": uuid4()})
    context = {**_begin_context(request), **_list_context(request), "form": form}
    return render(request, "chat/index.html", context)


@require_safe
def past(request: ViewerRequest) -> HttpResponse:
    """The list alone: what the search and paging put in place."""
    request.viewer.require_member()
    return render(request, "chat/_list.html", _list_context(request))


@require_POST
def begin(request: ViewerRequest) -> HttpResponse:
    """The first message; with errors the form comes back with everything that was typed."""
    request.viewer.require("chat.open")
    shown = _begin_context(request)
    form = BeginForm(request.POST, must_accept=bool(shown["must_accept"]))
    status = INVALID
    try:
        BEGUN.hit(request.viewer.require_member().public_id)
        if form.is_valid():
            return HttpResponseClientRedirect(_begun(request, form))
    except TooMany:
        status = 429
        form.add_error(None, SLOWED)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    context = {**shown, "form": form, "uploads": unsent(request.viewer, request.POST)}
    return render(request, "chat/_begin.html", context, status=status)


def _begun(request: ViewerRequest, form: BeginForm) -> str:
    """Where the chat is that this begins, or goes on in."""
    viewer = request.viewer
    if form.cleaned_data["has_read"]:
        actions.accept_notice(viewer)
    chat = actions.begin(
        viewer,
        form.draft(),
        pages_read=pages_read(request),
        for_person=form.is_for_person,
    )
    return reverse("chat:detail", args=[chat.conversation.public_id])


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The chat: what was said, who is there, and where one writes."""
    request.viewer.require_member()
    chat = find_chat(request, public_id)
    context = {
        **standing(request.viewer, chat),
        **threads.page_context(request.viewer, chat),
        "form": SayForm(),
        "uploads": [],
        "topic": Topic(topics.THREAD, public_id),
        "side": "chat",
    }
    return render(request, "chat/detail.html", context)


@require_safe
def state(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Who is there, how long it takes, what can be done: after something changed."""
    request.viewer.require_member()
    chat = find_chat(request, public_id)
    return render(request, "chat/_state_and_foot.html", _state_context(request, chat))


@require_POST
def seen(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The page was opened: its notices are read, and what was said is seen."""
    request.viewer.require_member()
    chat = find_chat(request, public_id)
    notify.mark_read(request.viewer, chat.conversation.ref)
    last = threads.messages(request.viewer, chat).order_by("-pk").first()
    if last:
        actions.see(request.viewer, chat, last.pk)
    return HttpResponse(status=204)


def _state_context(request: ViewerRequest, chat: Chat) -> dict[str, object]:
    fresh = {"form": SayForm(), "uploads": [], "side": "chat"}
    return {**standing(request.viewer, chat), **fresh}


def _begin_context(request: ViewerRequest) -> dict[str, object]:
    """Who will answer, and when."""
    viewer = request.viewer
    account = viewer.require_member().account
    assistant = actions.assistant_state(account)
    return {
        "assistant": assistant,
        "must_accept": assistant.is_on and not actions.has_accepted(viewer),
        "expected": waiting.expected(viewer),
        "may_switch": actions.may_switch(viewer),
        "uploads": [],
    }


def _list_context(request: ViewerRequest) -> dict[str, object]:
    """What the list shows. Three queries at most."""
    text = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH]
    search = lists.found(request.viewer, text)
    page = lists.page(request.viewer, search, request.GET.get("before", ""))
    more = f"{reverse('chat:past')}?{urlencode({'q': text, 'before': page.before})}"
    return {
        "q": text,
        "search": search,
        "is_first": "before" not in request.GET,
        "rows": rows.rows_of(request.viewer, page, search),
        "more_url": more if page.before else "",
        "topics": topics.list_topics(request.viewer),
    }
