"""How does an agent merge, split and link? In dialogs that say what comes of it."""

from django import forms
from django.db.models import Q
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from handrail.base.ids import is_public_id
from handrail.engines.conversations.models import SUBJECT_LENGTH, MessageKind
from handrail.mediums.tickets import actions, threads
from handrail.mediums.tickets.console import candidates
from handrail.mediums.tickets.console.ticket import draw_head, find_ticket
from handrail.mediums.tickets.models import IssueType, Ticket
from handrail.mediums.tickets.views import INVALID
from handrail.people.requests import ViewerRequest

LONGEST_SEARCH = 200
MOST_SPLIT = 500
"""Messages that leave at once."""


class SplitForm(forms.Form):
    """What the new ticket is called and about, and which messages it takes along."""

    subject = forms.CharField(
        label=gettext_lazy("Subject of the new ticket"),
        max_length=SUBJECT_LENGTH,
        error_messages={"required": gettext_lazy("Say what the new ticket is about.")},
    )
    issue_type = forms.ModelChoiceField(
        label=gettext_lazy("Issue type"),
        queryset=IssueType.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the types.")},
    )

    def __init__(
        self, request: ViewerRequest, ticket: Ticket, data: QueryDict | None = None
    ) -> None:
        initial = {
            "subject": ticket.conversation.subject,
            "issue_type": ticket.issue_type.public_id,
        }
        super().__init__(data, initial=initial, prefix="split")
        types = IssueType.objects.visible_to(request.viewer)
        account = ticket.conversation.account
        kinds = ["", account.kind if account else ""]
        offered = Q(retired_at=None, account_kind__in=kinds) | Q(pk=ticket.issue_type_id)
        self.fields["issue_type"].queryset = types.filter(offered).order_by("position", "pk")  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Proposes tickets, or merges this one into the one that was chosen."""
    ticket = find_ticket(request, public_id)
    if request.method != "POST":
        return _merge_dialog(request, ticket)
    into = _named(request, "into")
    try:
        if into is None:
            raise actions.NotNow(_("Choose the ticket that goes on."))
        actions.merge(request.viewer, ticket, into)
    except actions.NotNow as refusal:
        return _merge_dialog(request, ticket, refusal.messages[0])
    return _go_to(into)


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Shows the messages to choose from, or moves those that were chosen into a new ticket."""
    ticket = find_ticket(request, public_id)
    if request.method != "POST":
        return _split_dialog(request, ticket, SplitForm(request, ticket))
    form = SplitForm(request, ticket, request.POST)
    if form.is_valid():
        chosen = [i for i in request.POST.getlist("message")[:MOST_SPLIT] if is_public_id(i)]
        part = actions.Part(chosen, form.cleaned_data["subject"], form.cleaned_data["issue_type"])
        try:
            return _go_to(actions.split(request.viewer, ticket, part))
        except actions.NotNow as refusal:
            form.add_error(None, refusal)
    return _split_dialog(request, ticket, form)


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Proposes tickets, or links this one with the one that was chosen."""
    ticket = find_ticket(request, public_id)
    if request.method != "POST":
        return _link_dialog(request, ticket)
    to = _named(request, "to")
    try:
        if to is None:
            raise actions.NotNow(_("Choose the ticket to link."))
        actions.link(request.viewer, ticket, to)
    except actions.NotNow as refusal:
        return _link_dialog(request, ticket, refusal.messages[0])
    return _go_to(ticket)


@require_POST
def unlink(request: ViewerRequest, public_id: str) -> HttpResponse:
    ticket = find_ticket(request, public_id)
    other = _named(request, "ticket")
    if other is None:
        raise Http404
    actions.unlink(request.viewer, ticket, other)
    return draw_head(request, ticket)


def _merge_dialog(request: ViewerRequest, ticket: Ticket, refusal: str = "") -> HttpResponse:
    text = _search(request)
    context = {
        "ticket": ticket,
        "conversation": ticket.conversation,
        "found": candidates.for_merging(request.viewer, ticket.conversation, text),
        "text": text,
        "chosen": _given(request).get("into", ""),
        "refusal": refusal,
    }
    return _dialog(request, "merge", context, is_refused=bool(refusal))


def _link_dialog(request: ViewerRequest, ticket: Ticket, refusal: str = "") -> HttpResponse:
    text = _search(request)
    context = {
        "ticket": ticket,
        "conversation": ticket.conversation,
        "found": candidates.for_linking(request.viewer, ticket.conversation, text),
        "text": text,
        "chosen": _given(request).get("to", ""),
        "refusal": refusal,
    }
    return _dialog(request, "link", context, is_refused=bool(refusal))


def _split_dialog(request: ViewerRequest, ticket: Ticket, form: SplitForm) -> HttpResponse:
    said = [
        line
        for line in threads.thread(request.viewer, ticket)
        if line.message.kind != MessageKind.EVENT and not line.message.event
    ]
    context = {
        "ticket": ticket,
        "conversation": ticket.conversation,
        "lines": said,
        "chosen": set(request.POST.getlist("message")),
        "form": form,
    }
    return _dialog(request, "split", context, is_refused=form.is_bound)


def _dialog(
    request: ViewerRequest, name: str, context: dict[str, object], *, is_refused: bool
) -> HttpResponse:
    """What is inside a dialog; for its own search (`found`), the tickets to choose from alone."""
    part = "_found" if "found" in request.GET else f"_{name}"
    template = f"tickets/desk/join/{part}.html"
    return render(
        request, template, {**context, "act": name}, status=INVALID if is_refused else 200
    )


def _search(request: ViewerRequest) -> str:
    return _given(request).get("q", "").replace("\0", "")[:LONGEST_SEARCH]


def _given(request: ViewerRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _named(request: ViewerRequest, field: str) -> Ticket | None:
    """The ticket that was chosen: a 404 for what does not exist, None for nothing."""
    given = request.POST.get(field, "")
    return find_ticket(request, given) if is_public_id(given) else None


def _go_to(ticket: Ticket) -> HttpResponse:
    address = reverse("tickets-desk:detail", args=[ticket.conversation.public_id])
    return HttpResponseClientRedirect(address)
