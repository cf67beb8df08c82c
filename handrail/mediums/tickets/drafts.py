"""What was typed and not sent? Kept for whoever typed it, and given back with the form."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.access import visible_conversations
from handrail.engines.conversations.models import Attachment, SavedDraft
from handrail.mediums.tickets.states import KIND
from handrail.mediums.tickets.uploads import require_writer
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer

MOST_FIELDS = 60
OF_THE_PAGE = {"client_id", "seen", "csrfmiddlewaretoken", "draft_key", "source"}
"""Fields that belong to the page and not to what somebody typed."""

BESIDE_WORDS = {"act", "issue_type", "is_shared"}
"""Choices alone are no draft: every form has some from the beginning."""


OF_A_LINK = re.compile(r"new-[0-9a-f]{16}")
"""The key of what was typed into the form that a link had filled in."""


@dataclass(frozen=True)
class Restored:
    """A draft as a form needs it; empty where there is none."""

    initial: dict[str, str]
    uploads: list[Attachment]

    @property
    def is_something(self) -> bool:
        return bool(self.initial or self.uploads)


def restore(viewer: Viewer, key: str) -> Restored:
    """What this person typed into the form. One query, and one more where files came with it."""
    saved = SavedDraft.objects.visible_to(viewer).filter(key=key).first()
    fields: dict[str, list[str]] = saved.fields if saved else {}
    named = fields.get("attachments", [])[: settings.MOST_FILES]
    unsent = Attachment.objects.unsent_by(viewer).filter(public_id__in=named)
    return Restored(
        initial={name: values[-1] for name, values in fields.items() if name != "attachments"},
        uploads=list(unsent) if named else [],
    )


def key_of(prefilled: Mapping[str, str]) -> str:
    """Under which key a new ticket's form is kept, by what a link filled in.

    The form of a link is another one than that which was opened by hand: each has a draft of its
    own, so that neither takes the other's place, and a reload of either finds what was typed in it.
    """
    if not prefilled:
        return conversations.NEW
    words = urlencode(sorted(prefilled.items())).encode()
    return f"{conversations.NEW}-{hashlib.sha256(words).hexdigest()[:16]}"


def known_key(key: str) -> str:
    """The key that a form tells back; that of a ticket is none of its business."""
    return key if OF_A_LINK.fullmatch(key) else conversations.NEW


def is_kept(viewer: Viewer, key: str) -> bool:
    """Whether something was typed there and not sent. One query."""
    return SavedDraft.objects.visible_to(viewer).filter(key=key).exists()


@require_POST
def save(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Keeps the reply to this ticket; with `?discard`, forgets it."""
    require_writer(request.viewer)
    ticket = visible_conversations(request.viewer).of_kind(KIND).filter(public_id=public_id).first()
    if ticket is None:
        raise Http404
    if "discard" in request.GET:
        conversations.forget_draft(request.viewer, public_id)
        side = "tickets-desk" if request.viewer.agent else "tickets"
        return HttpResponseClientRedirect(reverse(f"{side}:detail", args=[public_id]))
    is_kept = conversations.save_draft(request.viewer, ticket, _typed(request), client_id(request))
    return HttpResponse(status=204 if is_kept else 413)


@require_POST
def save_new(request: ViewerRequest) -> HttpResponse:
    """Keeps the form of a new ticket; with `?discard`, forgets it."""
    request.viewer.require("tickets.open")
    request.viewer.require_member()
    key = known_key(request.POST.get("draft_key", ""))
    if "discard" in request.GET:
        conversations.forget_draft(request.viewer, key)
        if key != conversations.NEW:
            return HttpResponseClientRefresh()  # the link's own address fills it in again
        return HttpResponseClientRedirect(reverse("tickets:index") + "?createTicket=true")
    return HttpResponse(status=204 if keep_new(request) else 413)


def keep_new(request: ViewerRequest) -> bool:
    """Keeps the form of a new ticket as it was sent; False where it is too much."""
    return conversations.save_draft(
        request.viewer,
        None,
        _typed(request),
        client_id(request),
        key=known_key(request.POST.get("draft_key", "")),
    )


def _typed(request: ViewerRequest) -> dict[str, list[str]]:
    """The form's own fields; nothing where only choices were made."""
    given = [name for name in request.POST if name not in OF_THE_PAGE][:MOST_FIELDS]
    typed = {name: values for name in given if any(values := request.POST.getlist(name))}
    return {} if set(typed) <= BESIDE_WORDS else typed


def client_id(request: ViewerRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return None
