"""What does a member do with their chat, beside talking?"""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from handrail.base.limits import Limit, TooMany
from handrail.engines.conversations.forms import RatingForm
from handrail.hub.refs import resolve
from handrail.mediums.chat import actions
from handrail.mediums.chat.models import Chat, Reason
from handrail.mediums.chat.views.finding import INVALID, SLOWED, find_chat, tell_page, toast
from handrail.people.requests import ViewerRequest

RATED = Limit("chat-rate", most=20, seconds=60)


@require_POST
def ask_for_person(request: ViewerRequest, public_id: str) -> HttpResponse:
    chat = _own(request, public_id)
    return _done(lambda: actions.ask_for_person(request.viewer, chat, Reason.BUTTON))


@require_POST
def end(request: ViewerRequest, public_id: str) -> HttpResponse:
    chat = _own(request, public_id)
    return _done(lambda: actions.end(request.viewer, chat))


@require_POST
def make_ticket(request: ViewerRequest, public_id: str) -> HttpResponse:
    """In one press: a ticket with all that was said, which is opened."""
    chat = _own(request, public_id)
    try:
        ref = actions.make_ticket(request.viewer, chat)
    except ValidationError as refusal:
        return toast(refusal.messages[0], "danger")
    url = resolve(request.viewer, [ref]).get(ref)
    return HttpResponseClientRedirect(url or reverse("chat:detail", args=[public_id]))


@require_POST
def rate(request: ViewerRequest, public_id: str) -> HttpResponse:
    """How it went; can be said again."""
    chat = _own(request, public_id)
    form, status = RatingForm(request.POST), INVALID
    if form.is_valid():
        try:
            RATED.hit(request.viewer.require_member().public_id)
            actions.rate(request.viewer, chat, **form.cleaned_data)
        except TooMany:
            status = 429
            form.add_error(None, SLOWED)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {
        "chat": chat,
        "conversation": chat.conversation,
        "rating_form": form,
        "has_rated": not form.errors,
    }
    return render(request, "chat/_rating.html", context, status=status if form.errors else 200)


@require_POST
def accept_notice(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The member has read that a machine answers; the composer comes in its place."""
    _own(request, public_id)
    actions.accept_notice(request.viewer)
    return _changed()


@require_POST
def mail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What was said, to the member's own address; a toast says what came of it."""
    chat = _own(request, public_id)
    try:
        actions.mail_transcript(request.viewer, chat)
    except ValidationError as refusal:
        return toast(refusal.messages[0], "danger")
    return toast(_("It is on its way to you."), "positive")


def _own(request: ViewerRequest, public_id: str) -> Chat:
    request.viewer.require_member()
    return find_chat(request, public_id)


def _done(act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except ValidationError as refusal:
        return toast(refusal.messages[0], "danger")
    return _changed()


def _changed() -> HttpResponse:
    """The page asks for how it stands now, by an element that no answer takes away meanwhile."""
    return tell_page("chat-changed")
