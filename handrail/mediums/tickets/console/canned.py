"""What does an agent see of canned replies? A list, an editor, and the picker beside a message."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.engines.conversations.access import WORK
from handrail.engines.conversations.models import Conversation
from handrail.engines.search.words import question
from handrail.hub.medium import CannedText
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.access import CannedReplyQuerySet
from handrail.mediums.tickets.actions import MANAGE
from handrail.mediums.tickets.console import placeholders
from handrail.mediums.tickets.console.placeholders import PLACEHOLDERS
from handrail.mediums.tickets.models import CannedReply, Ticket
from handrail.mediums.tickets.views import INVALID
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer

MOST_PICKED = 20
"""Replies that the picker shows: whoever wants another types another letter."""

MOST_LISTED = 500
"""More than can be offered to one agent; what is retired beyond it is past."""

BODY_LENGTH = 10_000


class CannedForm(forms.Form):
    """A canned reply: what it is called, and what it says."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("What you look for it by. Members never see it."),
        max_length=80,
        error_messages={"required": gettext_lazy("Give it a title to find it by.")},
    )
    body = forms.CharField(
        label=gettext_lazy("What it says"),
        max_length=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": gettext_lazy("Write what it says.")},
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("For everybody"),
        help_text=gettext_lazy("All agents are offered it. Off: you alone."),
        required=False,
    )


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    """Everybody's replies and one's own, the most used first and the retired ones last."""
    request.viewer.require(WORK)
    sought = request.GET.get("q", "")
    found = _found(request.viewer, sought)
    rows = found.select_related("owner").most_used_first()[:MOST_LISTED]
    context = {
        "replies": sorted(rows, key=lambda reply: reply.retired_at is not None),
        "sought": sought,
        "may_share": request.viewer.may(MANAGE),
    }
    return render(request, "tickets/desk/settings/canned.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ViewerRequest) -> HttpResponse:
    request.viewer.require(WORK)
    form = _form(request)
    if form.is_valid():
        try:
            actions.make_canned(request.viewer, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _saved(request, form.cleaned_data["body"])
    return _page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ViewerRequest, public_id: str) -> HttpResponse:
    reply = _find(request, public_id)
    if reply.owner_id is None:
        request.viewer.require(MANAGE)
    form = _form(request, reply)
    if form.is_valid():
        actions.change_canned(request.viewer, reply, **form.cleaned_data)
        return _saved(request, form.cleaned_data["body"])
    return _page(request, form, reply)


@require_POST
def retire(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Puts a reply away, or takes it out again."""
    reply = _find(request, public_id)
    try:
        actions.set_canned_retired(request.viewer, reply, reply.retired_at is None)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("tickets-desk:canned")


@require_POST
def preview(request: ViewerRequest) -> HttpResponse:
    """What is being written, with its placeholders filled in. Keeps nothing."""
    request.viewer.require(WORK)
    return render(request, "tickets/desk/settings/_canned_preview.html", _preview(request))


@require_safe
def pick(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What can be put into a message on this ticket: filled in, the most used first."""
    request.viewer.require(WORK)
    ticket = _ticket(request.viewer, public_id)
    sought = request.GET.get("q", "")
    context = {"replies": texts(request.viewer, ticket.conversation, sought), "sought": sought}
    context["new_url"] = reverse("tickets-desk:new-canned")
    return render(request, "hub/_canned_options.html", context)


def texts(viewer: Viewer, conversation: Conversation, sought: str) -> list[CannedText]:
    """The replies that hold the words, filled in for this conversation; those that cannot be, last.
    Two queries at most."""
    viewer.require(WORK)
    given = placeholders.values(viewer, conversation)
    found = _found(viewer, sought).offered().most_used_first()[:MOST_PICKED]
    replies = [_filled(reply, given) for reply in found]
    return sorted(replies, key=lambda reply: not reply.is_whole)


def _filled(reply: CannedReply, given: Mapping[str, str]) -> CannedText:
    kinds = {piece.kind for piece in placeholders.pieces(reply.body, given)}
    return CannedText(
        title=reply.title,
        text=placeholders.fill(reply.body, given),
        is_own=reply.owner_id is not None,
        used_url=reverse("tickets-desk:count-canned", args=[reply.public_id]),
        is_whole="unknown" not in kinds,
    )


@require_POST
def count(request: ViewerRequest, public_id: str) -> HttpResponse:
    """It was put into a message: it comes sooner the next time."""
    actions.count_canned(request.viewer, _find(request, public_id))
    return HttpResponse(status=204)


def _found(viewer: Viewer, sought: str) -> CannedReplyQuerySet:
    """The replies that hold the words; all of them where nothing is sought."""
    replies = CannedReply.objects.visible_to(viewer)
    asked = question(sought)
    if asked:
        return replies.filter(pk__in=actions.find_canned(viewer, asked))
    return replies.none() if sought.strip() else replies


def _find(request: ViewerRequest, public_id: str) -> CannedReply:
    request.viewer.require(WORK)
    reply = CannedReply.objects.visible_to(request.viewer).filter(public_id=public_id).first()
    if reply is None:
        raise Http404
    return reply


def _ticket(viewer: Viewer, public_id: str) -> Ticket:
    tickets = Ticket.objects.visible_to(viewer).select_related(
        "conversation__account", "conversation__creator__person"
    )
    ticket = tickets.filter(conversation__public_id=public_id).first()
    if ticket is None:
        raise Http404
    return ticket


def _form(request: ViewerRequest, reply: CannedReply | None = None) -> CannedForm:
    """Whose it is, is chosen once, by whoever may choose for all."""
    initial = {"title": reply.title, "body": reply.body} if reply else {}
    form = CannedForm(request.POST or None, initial=initial)
    if reply or not request.viewer.may(MANAGE):
        del form.fields["is_shared"]
    return form


def _saved(request: ViewerRequest, body: str) -> HttpResponse:
    """Back to the list; what looks like a placeholder and is none is pointed out."""
    messages.success(request, _("Saved."))
    for name in placeholders.unknown(body)[:5]:
        words = {"name": f"{{{name}}}", "meant": f"{{{placeholders.nearest(name)}}}"}
        if placeholders.nearest(name):
            text = _("%(name)s is no placeholder and stays as it is. Did you mean %(meant)s?")
        else:
            text = _("%(name)s is no placeholder and stays as it is.")
        messages.warning(request, text % words)
    return redirect("tickets-desk:canned")


def _page(request: ViewerRequest, form: CannedForm, reply: CannedReply | None) -> HttpResponse:
    status = INVALID if form.is_bound else 200
    context = {
        "form": form,
        "reply": reply,
        "placeholders": [(f"{{{name}}}", label) for name, label in PLACEHOLDERS.items()],
        **_preview(request, str(form["body"].value() or "")),
    }
    return render(request, "tickets/desk/settings/canned_reply.html", context, status=status)


def _preview(request: ViewerRequest, body: str | None = None) -> dict[str, object]:
    body = request.POST.get("body", "") if body is None else body
    given = placeholders.example(request.viewer)
    return {"pieces": placeholders.pieces(body[:BODY_LENGTH], given)}
