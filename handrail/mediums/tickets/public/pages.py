"""What happens at /sign-in-help? Answers, a form, and the links in our mails to those who wrote.

Whoever comes here is nobody, also a member with a session: no cookie counts, nothing is looked up,
and everybody gets the same answer in the same time. What changes something comes from a page of
our own (`Origin`), and at most so often.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

import structlog
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from handrail.base.limits import Limit, TooMany, client_address
from handrail.base.origins import own_origin
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import STRANGER
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.public import links, work
from handrail.mediums.tickets.public.answers import spoken
from handrail.mediums.tickets.public.forms import MoreForm, SignInHelpForm
from handrail.mediums.tickets.public.senders import mailbox_of

HOUR, DAY = 60 * 60, 24 * 60 * 60

CHALLENGES = Limit("sign-in-help-challenges", most=120, seconds=HOUR)
ATTEMPTS = Limit("sign-in-help-attempts", most=60, seconds=HOUR)
"""Of one address of the network: a whole office can stand behind it, and people mistype."""

SENT = Limit("sign-in-help-sent", most=10, seconds=HOUR)
"""Requests from one address of the network."""

FOR_MAILBOX = Limit("sign-in-help-mailbox", most=5, seconds=DAY)
"""Requests in the name of one mailbox, wherever they come from."""

IN_ALL = Limit("sign-in-help-all", most=100, seconds=HOUR)
"""From everywhere together: agents can read so much, and no more mails leave."""

ADDED = Limit("sign-in-help-added", most=20, seconds=DAY)
"""Messages through the links of one ticket."""

INVALID = 422

log = structlog.get_logger("handrail.sign_in_help")

uncached = cache_control(private=True, no_store=True)

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def _public(view: View[P]) -> View[P]:
    """A page without a session, whose own form alone may change something."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and request.headers.get("Origin") != own_origin():
            log.info("request_refused", reason="foreign_page")
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return uncached(csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(checked)))


@_public
def sign_in_help(request: HttpRequest) -> HttpResponse:
    """The usual answers, then the form."""
    if request.method != "POST":
        return _form_page(request, SignInHelpForm())
    form = SignInHelpForm(request.POST)
    address = client_address(request)
    try:
        ATTEMPTS.hit(address)
        if not actions.sign_in_type() or not form.is_valid():
            return _form_page(request, form, status=INVALID)
        draft = form.draft()
        SENT.hit(address)
        FOR_MAILBOX.hit(mailbox_of(draft.email))
        IN_ALL.hit("all")
    except TooMany as error:
        return _too_many(_form_page(request, form, status=429, is_too_many=True), error)
    actions.ask_for_sign_in_help(STRANGER, draft)
    return redirect("tickets-public:sent")


@uncached
@require_safe
def challenge(request: HttpRequest) -> HttpResponse:
    """What a browser has to work out before it may send the form."""
    try:
        CHALLENGES.hit(client_address(request))
    except TooMany as error:
        return _too_many(JsonResponse({"error": "too_many"}, status=429), error)
    return JsonResponse(work.challenge())


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same thanks for everybody."""
    return render(request, "tickets/public/sent.html")


@_public
def proof(request: HttpRequest, secret: str) -> HttpResponse:
    """Where the one-time link leads. Looking proves nothing, since programs look into mail too."""
    if request.method != "POST":
        if actions.is_open_proof(secret):
            return render(request, "tickets/public/proof.html")
        return _expired(request)
    try:
        ATTEMPTS.hit(client_address(request))
    except TooMany as error:
        return _too_many(_expired(request, status=429), error)
    ticket = actions.prove(STRANGER, secret)
    if ticket is None:
        return _expired(request)
    path = links.more_path(ticket.conversation, ticket.sign_in_request)
    return redirect(f"{path}?proved=1")


@_public
def more(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Where our answers lead: a field to write into. Nothing of the ticket is shown."""
    ticket = links.ticket_behind(STRANGER, public_id, key)
    if ticket is None:
        return _expired(request)
    if request.method != "POST":
        return _more_page(request, ticket, MoreForm())
    form = MoreForm(request.POST)
    if not form.is_valid():
        return _more_page(request, ticket, form, status=INVALID)
    try:
        ADDED.hit(public_id)
        actions.add_words(STRANGER, ticket, form.cleaned_data["body"])
    except TooMany as error:
        words = _("That is enough for one day. An agent will read what you wrote.")
        return _too_many(_more_page(request, ticket, form, status=429, refusal=words), error)
    except actions.NotNow as error:
        return _more_page(request, ticket, form, status=INVALID, refusal=error.messages[0])
    return redirect("tickets-public:sent")


def _form_page(
    request: HttpRequest, form: SignInHelpForm, *, status: int = 200, is_too_many: bool = False
) -> HttpResponse:
    """With everything that was typed; the work has to be done anew."""
    context = {
        "form": form,
        "answers": spoken(actions.sign_in_answers()),
        "is_offered": actions.sign_in_type() is not None,
        "is_too_many": is_too_many,
    }
    return render(request, "tickets/public/help.html", context, status=status)


def _more_page(
    request: HttpRequest, ticket: Ticket, form: MoreForm, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    context = {
        "number": ticket.conversation.number,
        "form": form,
        "refusal": refusal,
        "is_proved_now": request.GET.get("proved") == "1",
    }
    return render(request, "tickets/public/more.html", context, status=status)


def _expired(request: HttpRequest, status: int = 404) -> HttpResponse:
    return render(request, "tickets/public/expired.html", status=status)


def _too_many(response: HttpResponse, error: TooMany) -> HttpResponse:
    response["Retry-After"] = str(error.retry_after)
    return response
