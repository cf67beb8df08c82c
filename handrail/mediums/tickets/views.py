"""What does a member see of tickets?"""

from urllib.parse import urlencode
from uuid import uuid4

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, replace_url, reswap, trigger_client_event

from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations import topics
from handrail.engines.conversations.forms import RatingForm
from handrail.engines.conversations.models import Attachment, Conversation
from handrail.engines.live.topics import Topic
from handrail.engines.notify import actions as notify
from handrail.mediums.tickets import actions, drafts, fields, handoffs, lists, threads
from handrail.mediums.tickets.forms import FilterForm, ReplyForm, TicketForm
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.rows import drawn, rows_of
from handrail.mediums.tickets.states import SILENT, Act, Who, acts_for
from handrail.people.requests import ViewerRequest

FILTERS = tuple(FilterForm.base_fields)

INVALID = 422
"""RFC 9110 15.5.21: the form was understood and cannot be accepted; htmx puts it back in place."""


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    """The list with its filters; with `?createTicket=true` the form."""
    request.viewer.require_member()
    if request.GET.get("createTicket") == "true":
        return _form_page(request)
    return render(request, "tickets/index.html", _list_context(request))


@require_safe
def rows(request: ViewerRequest) -> HttpResponse:
    """The list alone: what filters, paging and live changes put in place.

    The filters stand in the page's address, so that a reload, Back and a shared link keep them.
    """
    request.viewer.require_member()
    if "before" in request.GET:
        return render(request, "tickets/_list.html", _list_context(request))
    answer = render(request, "tickets/_list_and_counts.html", _list_context(request))
    chosen = {key: value for key, value in request.GET.items() if value and key in FILTERS}
    return replace_url(answer, f"{reverse('tickets:index')}{'?' * bool(chosen)}{urlencode(chosen)}")


@require_POST
def create(request: ViewerRequest) -> HttpResponse:
    """Submits the form; with errors it comes back with everything that was typed."""
    request.viewer.require("tickets.open")
    form = TicketForm(request.viewer, request.POST)
    if not form.is_valid():
        drafts.keep_new(request)
        context = {"form": form, "uploads": form.uploads(request.viewer)}
        return render(request, "tickets/_form.html", context, status=INVALID)
    ticket = actions.open_ticket(request.viewer, form.ticket_draft())
    return HttpResponseClientRedirect(
        reverse("tickets:detail", args=[ticket.conversation.public_id]) + "?new=1"
    )


@require_safe
def own_fields(request: ViewerRequest) -> HttpResponse:
    """What the chosen issue type asks for: the part of the form that changes with it."""
    request.viewer.require("tickets.open")
    form = TicketForm(request.viewer, initial={"issue_type": request.GET.get("issue_type", "")})
    return render(request, "tickets/_own_fields.html", {"form": form})


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    ticket = _find(request, public_id)
    draft = drafts.restore(request.viewer, public_id)
    context = {
        **_head_context(request, ticket),
        "thread": threads.thread(request.viewer, ticket),
        "form": ReplyForm(initial={**draft.initial, "client_id": uuid4()}),
        "uploads": draft.uploads,
        "restored": draft.is_something,
        "topic": Topic(topics.THREAD, public_id),
        "is_new": request.GET.get("new") == "1",
        "is_moved": request.GET.get("moved") == "1",
    }
    return render(request, "tickets/detail.html", context)


@require_safe
def messages(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What is new after the message that the page has last, and the head as it is now."""
    ticket = _find(request, public_id)
    lines, is_whole = threads.news(request.viewer, ticket, request.GET.get("after", ""))
    context = {**_head_context(request, ticket), "thread": lines}
    answer = render(request, "tickets/_messages.html", context)
    return reswap(answer, "innerHTML") if is_whole else answer


@require_POST
def reply(request: ViewerRequest, public_id: str) -> HttpResponse:
    ticket = _find(request, public_id)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _composer(request, ticket, form, status=INVALID)
    try:
        message = actions.reply(request.viewer, ticket, form.draft())
    except actions.NotNow as refusal:
        form.add_error(None, refusal)
        return _composer(request, ticket, form, status=INVALID)
    if message.conversation_id != ticket.pk:  # the first of a follow-up, or where it was merged
        is_moved = message.conversation_id == ticket.conversation.merged_into_id
        address = reverse("tickets:detail", args=[message.conversation.public_id])
        return HttpResponseClientRedirect(address + ("?moved=1" if is_moved else "?new=1"))
    fresh = ReplyForm(initial={"client_id": uuid4()})
    return trigger_client_event(_composer(request, ticket, fresh), "thread-changed")


@require_POST
def move(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Accept, reject, close or reopen; where that is not possible any more, the head says so."""
    ticket = _find(request, public_id)
    act = _act(request)
    refusal = None
    try:
        actions.move(request.viewer, ticket, act)
    except actions.NotNow as error:
        refusal = error.messages[0]
    context = {**_head_context(request, ticket), "refusal": refusal}
    answer = render(request, "tickets/_head.html", context)
    return trigger_client_event(answer, "thread-changed")


@require_POST
def share(request: ViewerRequest, public_id: str) -> HttpResponse:
    ticket = _find(request, public_id)
    refusal = None
    try:
        actions.share(request.viewer, ticket, request.POST.get("is_shared") == "on")
    except actions.NotNow as error:
        refusal = error.messages[0]
    answer = render(
        request, "tickets/_head.html", {**_head_context(request, ticket), "refusal": refusal}
    )
    return trigger_client_event(answer, "thread-changed")


@require_POST
def follow(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Begins to follow, or ends it, by the form's `follow`."""
    ticket = _find(request, public_id)
    act = actions.follow if request.POST.get("follow") == "on" else actions.unfollow
    act(request.viewer, ticket)
    return render(request, "tickets/_head.html", _head_context(request, ticket))


@require_POST
def rate(request: ViewerRequest, public_id: str) -> HttpResponse:
    """How it went; can be said again."""
    ticket = _find(request, public_id)
    form = RatingForm(request.POST)
    status = 200
    if form.is_valid():
        try:
            actions.rate(request.viewer, ticket, **form.cleaned_data)
        except actions.NotNow as refusal:
            form.add_error(None, refusal)
    if form.errors:
        status = INVALID
    context = {
        "conversation": ticket.conversation,
        "rating_form": form,
        "has_rated": status != INVALID,
    }
    return render(request, "tickets/_rating.html", context, status=status)


@require_POST
def seen(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The page was opened: the ticket is read for the account, its notices for this member."""
    ticket = _find(request, public_id)
    conversations.mark_read(request.viewer, ticket.conversation)
    notify.mark_read(request.viewer, ticket.conversation.ref)
    return HttpResponse(status=204)


def _find(request: ViewerRequest, public_id: str) -> Ticket:
    """The ticket as this viewer; 404 for what is missing and for what is not theirs."""
    request.viewer.require_member()
    ticket = (
        Ticket.objects.visible_to(request.viewer)
        .select_related(
            "issue_type",
            "conversation__account",
            "conversation__creator__person",
            "conversation__assignee",
            "conversation__rating",
        )
        .filter(conversation__public_id=public_id)
        .first()
    )
    if ticket is None:
        raise Http404
    return ticket


def _act(request: ViewerRequest) -> Act:
    given = request.POST.get("act", "")
    if given not in SILENT:
        raise Http404
    return Act(given)


def _form_page(request: ViewerRequest) -> HttpResponse:
    request.viewer.require("tickets.open")
    prefilled = handoffs.prefilled(request.GET)
    key = drafts.key_of(prefilled)
    draft = drafts.restore(request.viewer, key)
    initial = {**prefilled, **draft.initial, "client_id": uuid4(), "draft_key": key}
    context = {
        "form": TicketForm(request.viewer, initial=initial),
        "uploads": draft.uploads,
        "restored": draft.is_something,
        "has_other_draft": bool(prefilled) and drafts.is_kept(request.viewer, conversations.NEW),
    }
    return render(request, "tickets/new.html", context)


def _list_context(request: ViewerRequest) -> dict[str, object]:
    """What the list shows. Five queries at most, for one ticket as for a million."""
    filters = FilterForm(request.GET)
    filters.is_valid()  # what is nonsense filters nothing
    search = lists.found(request.viewer, filters.cleaned_data.get("q", ""))
    chosen = {**filters.cleaned_data, "found": search}
    tickets = lists.MemberList(request.viewer, chosen)
    page = tickets.page(request.GET.get("before", ""))
    is_first = "before" not in request.GET
    return {
        "filters": filters,
        "search": search,
        "is_first": is_first,
        "counts": tickets.status_counts() if is_first else {},
        "sorts": lists.SORTS,
        "rows": drawn(rows_of(request.viewer, page, search)),
        "more_url": _more_url(request.GET, page),
        "topics": topics.list_topics(request.viewer),
    }


def _more_url(query: QueryDict, page: lists.Page[lists.Listed]) -> str:
    if not page.before:
        return ""
    more = query.copy()
    more["before"] = page.before
    return f"{reverse('tickets:rows')}?{more.urlencode()}"


def _head_context(request: ViewerRequest, ticket: Ticket) -> dict[str, object]:
    conversation: Conversation = ticket.conversation
    acts = [] if conversation.merged_into_id else acts_for(Who.MEMBER, conversation.status)
    if begins_anew := actions.is_past_reopening(conversation):
        acts = [act for act in acts if act != Act.REOPEN]
    return {
        "ticket": ticket,
        "conversation": conversation,
        "acts": acts,
        "begins_anew": begins_anew,
        **_rating_context(request, conversation),
        "is_creator": request.viewer.require_member().pk == conversation.creator_id
        and conversation.merged_into_id is None,
        "added_addresses": ticket.added_addresses.all(),
        "answers": fields.answers_of(ticket),
    }


def _rating_context(request: ViewerRequest, conversation: Conversation) -> dict[str, object]:
    if not actions.may_rate(request.viewer, conversation):
        return {}
    rating = getattr(conversation, "rating", None)
    said = {"score": rating.score, "comment": rating.comment} if rating else {}
    return {"rating_form": RatingForm(initial=said), "has_rated": rating is not None}


def _composer(
    request: ViewerRequest, ticket: Ticket, form: ReplyForm, status: int = 200
) -> HttpResponse:
    uploads: list[Attachment] = form.uploads(request.viewer) if form.is_bound else []
    context = {**_head_context(request, ticket), "form": form, "uploads": uploads}
    return render(request, "tickets/_composer.html", context, status=status)
