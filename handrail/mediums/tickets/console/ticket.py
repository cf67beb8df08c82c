"""What does an agent see of one ticket, and do with it?"""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, Value
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, trigger_client_event

from handrail.base.ids import is_public_id
from handrail.engines.conversations import topics
from handrail.engines.conversations.access import WORK
from handrail.engines.conversations.models import Conversation, Link
from handrail.engines.live.topics import Topic
from handrail.engines.notify import actions as notify
from handrail.mediums.tickets import actions, drafts, threads
from handrail.mediums.tickets.forms import AgentReplyForm, PriorityForm
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.public import senders
from handrail.mediums.tickets.states import SILENT, Act, Who, acts_for
from handrail.mediums.tickets.views import INVALID
from handrail.people.models import Agent, Team
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import ROLE_ENTITLEMENTS

FOLLOWS, LINKED = ",follows", ",linked"
"""Marks beside the tags of a ticket: no tag holds a comma."""


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    ticket = find_ticket(request, public_id)
    thread = threads.thread(request.viewer, ticket)
    draft = drafts.restore(request.viewer, public_id)
    context = {
        **_head_context(request, ticket),
        "thread": thread,
        "form": _fresh_form(ticket, draft.initial),
        "uploads": draft.uploads,
        "restored": draft.is_something,
        "seen": thread[-1].message.public_id if thread else "",
        "topic": Topic(topics.DESK_THREAD, public_id),
        "presence_topic": Topic(topics.PRESENCE, public_id),
    }
    return render(request, "tickets/desk/detail.html", context)


@require_safe
def messages(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What is new after the message that the page has last, and the head as it is now."""
    ticket = find_ticket(request, public_id)
    lines, is_whole = threads.news(request.viewer, ticket, request.GET.get("after", ""))
    context = {
        **_head_context(request, ticket),
        "thread": lines,
        "is_proved_now": any(line.message.event == "proved" for line in lines),
    }
    answer = render(request, "tickets/desk/_messages.html", context)
    return reswap(answer, "innerHTML") if is_whole else answer


@require_POST
def reply(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A reply or a note, by the form's `act`."""
    ticket = find_ticket(request, public_id)
    form = AgentReplyForm(request.POST)
    if not form.is_valid():
        return _composer(request, ticket, form, status=INVALID)
    act = form.cleaned_data["act"]
    try:
        if act == AgentReplyForm.NOTE:
            actions.add_note(request.viewer, ticket, form.draft())
        else:
            seen = form.cleaned_data["seen"]
            actions.reply(request.viewer, ticket, form.draft(), act=Act(act), seen=seen)
    except actions.Stale as refusal:
        return _stopped(request, public_id, form, refusal)
    except actions.NotNow as refusal:
        form.add_error(None, refusal)
        return _composer(request, ticket, form, status=INVALID)
    return trigger_client_event(_composer(request, ticket, _fresh_form(ticket)), "thread-changed")


@require_POST
def move(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Start, close or reopen without a reply."""
    ticket = find_ticket(request, public_id)
    given = request.POST.get("act", "")
    if given not in SILENT:
        raise Http404
    refusal = None
    try:
        actions.move(request.viewer, ticket, Act(given))
    except actions.NotNow as error:
        refusal = error.messages[0]
    return draw_head(request, ticket, refusal)


@require_POST
def assign(request: ViewerRequest, public_id: str) -> HttpResponse:
    """To the agent named, or to nobody where none is."""
    ticket = find_ticket(request, public_id)
    agent = None
    if given := request.POST.get("agent"):
        agent = assignable().filter(public_id=given).first() if is_public_id(given) else None
        if agent is None:
            raise Http404
    actions.assign(request.viewer, ticket, agent)
    return draw_head(request, ticket)


@require_POST
def prioritise(request: ViewerRequest, public_id: str) -> HttpResponse:
    ticket = find_ticket(request, public_id)
    form = PriorityForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.set_priority(request.viewer, ticket, form.cleaned_data["priority"])
    return draw_head(request, ticket)


@require_POST
def send_proof_link(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Asks whoever could not sign in to show that they read the mailbox that they named."""
    ticket = find_ticket(request, public_id)
    if senders.sender_of(ticket) is None:
        raise Http404
    refusal = None
    try:
        actions.send_proof_link(request.viewer, ticket)
    except actions.NotNow as error:
        refusal = error.messages[0]
    return draw_head(request, find_ticket(request, public_id), refusal)


@require_POST
def follow(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Begins to follow, or ends it, by the form's `follow`."""
    ticket = find_ticket(request, public_id)
    act = actions.follow if request.POST.get("follow") == "on" else actions.unfollow
    act(request.viewer, ticket)
    return draw_head(request, find_ticket(request, public_id))


@require_POST
def give_to_team(request: ViewerRequest, public_id: str) -> HttpResponse:
    """To the team named, or to none."""
    ticket = find_ticket(request, public_id)
    team = None
    if given := request.POST.get("team"):
        named = Team.objects.filter(public_id=given, retired_at=None)
        team = named.first() if is_public_id(given) else None
        if team is None:
            raise Http404
    actions.set_team(request.viewer, ticket, team)
    return draw_head(request, ticket)


@require_POST
def tag(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Puts a word on the ticket, or takes one off (`remove`)."""
    ticket = find_ticket(request, public_id)
    refusal = None
    try:
        if given := request.POST.get("remove"):
            actions.remove_tag(request.viewer, ticket, given.replace("\0", ""))
        else:
            actions.add_tag(request.viewer, ticket, request.POST.get("tag", ""))
    except ValidationError as error:
        refusal = error.messages[0]
    return draw_head(request, find_ticket(request, public_id), refusal)


@require_POST
def seen(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The agent has the page open: their notices of it are read."""
    ticket = find_ticket(request, public_id)
    notify.mark_read(request.viewer, ticket.conversation.ref)
    return HttpResponse(status=204)


def find_ticket(request: ViewerRequest, public_id: str) -> Ticket:
    """The ticket as this agent; 404 for what does not exist."""
    request.viewer.require(WORK)
    ticket = (
        Ticket.objects.visible_to(request.viewer)
        .select_related(
            "issue_type",
            "sign_in_request",
            "conversation__account__plan",
            "conversation__creator__person",
            "conversation__assignee",
            "conversation__rating",
            "target__hours",
            "conversation__team",
        )
        .filter(conversation__public_id=public_id)
        .first()
    )
    if ticket is None:
        raise Http404
    return ticket


def _head_context(request: ViewerRequest, ticket: Ticket) -> dict[str, object]:
    conversation = ticket.conversation
    marks = _marks(request, conversation)
    acts = senders.without_words(ticket, acts_for(Who.AGENT, conversation.status))
    if conversation.merged_into_id:
        acts = []
    return {
        "ticket": ticket,
        "conversation": conversation,
        "acts": acts,
        "kinds": AgentReplyForm.kinds(acts),
        "agents": assignable(),
        "sender": senders.sender_of(ticket),
        "teams": teams_for(conversation),
        "is_following": FOLLOWS in marks,
        "has_links": LINKED in marks,
        "tags": sorted(marks - {FOLLOWS, LINKED}),
        "priorities": PriorityForm.base_fields["priority"].choices,  # type: ignore[attr-defined]
    }


def _marks(request: ViewerRequest, conversation: Conversation) -> set[str]:
    """The ticket's tags, and whether it has links or this agent follows it. One query."""
    agent = request.viewer.require_agent()
    links = Link.objects.filter(Q(conversation=conversation) | Q(other=conversation))
    tags = conversation.taggings.values_list("tag__name")
    follows = conversation.followers.filter(agent=agent).values_list(Value(FOLLOWS))
    found = tags.union(follows, links.values_list(Value(LINKED)), all=True)
    return {mark for (mark,) in found}


def teams_for(conversation: Conversation) -> QuerySet[Team]:
    """Teams that there are, and the ticket's own even where it is retired."""
    return Team.objects.filter(Q(retired_at=None) | Q(pk=conversation.team_id)).order_by("name")


def assignable() -> QuerySet[Agent]:
    """Agents whose role lets them answer; a ticket given to an editor would wait for ever."""
    roles = [role for role, entitlements in ROLE_ENTITLEMENTS.items() if WORK in entitlements]
    return Agent.objects.filter(is_active=True, role__in=roles).order_by("name")


def draw_head(request: ViewerRequest, ticket: Ticket, refusal: str | None = None) -> HttpResponse:
    context = {**_head_context(request, ticket), "refusal": refusal}
    return trigger_client_event(
        render(request, "tickets/desk/_head.html", context), "thread-changed"
    )


def _fresh_form(ticket: Ticket, typed: Mapping[str, str] | None = None) -> AgentReplyForm:
    """What was typed before, or nothing; set to the first thing that a message can be now."""
    acts = senders.without_words(ticket, acts_for(Who.AGENT, ticket.conversation.status))
    kinds = AgentReplyForm.kinds(acts)
    initial = {**(typed or {}), "client_id": uuid4()}
    if initial.get("act") not in dict(kinds):
        initial["act"] = kinds[0][0]
    return AgentReplyForm(initial=initial)


def _stopped(
    request: ViewerRequest, public_id: str, form: AgentReplyForm, refusal: actions.Stale
) -> HttpResponse:
    """The words as typed, below what came meanwhile; the thread above adds it in full."""
    ticket = find_ticket(request, public_id)  # as it is now
    missed = threads.lines(request.viewer, refusal.missed)
    answer = _composer(request, ticket, form, status=INVALID, missed=missed)
    return trigger_client_event(answer, "thread-changed")


def _composer(
    request: ViewerRequest,
    ticket: Ticket,
    form: AgentReplyForm,
    status: int = 200,
    missed: Sequence[threads.Line] = (),
) -> HttpResponse:
    """What was missed and is shown now counts as seen; without it, what the page said."""
    said = form.data.get("seen", "")
    is_seen = missed or not form.is_bound
    context = {
        **_head_context(request, ticket),
        "form": form,
        "uploads": form.uploads(request.viewer) if form.is_bound else [],
        "missed": missed,
        "seen": threads.last_seen(request.viewer, ticket) if is_seen else said,
    }
    return render(request, "tickets/desk/_composer.html", context, status=status)
