"""What can agents do with canned replies: words that they send often?

Everybody's are for those who may choose for all; one's own are for every agent who answers.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.engines.conversations.access import WORK
from handrail.engines.search import actions as search
from handrail.engines.search import archive
from handrail.engines.search.models import Layer
from handrail.engines.search.words import Clause
from handrail.mediums.tickets.actions.policy import MANAGE
from handrail.mediums.tickets.models import CannedReply
from handrail.mediums.tickets.states import KIND
from handrail.people.models import Agent
from handrail.people.viewer import SYSTEM, Viewer

MOST_SHARED, MOST_OWN = 300, 100
"""Replies that are offered to all, and beside them to one agent. Lists rest on their being few."""

ARCHIVED_AS = "canned"
"""What the search archive calls them; no conversation is of this kind."""


def make_canned(viewer: Viewer, *, title: str, body: str, is_shared: bool = False) -> CannedReply:
    """Keeps words to send again: one's own, or everybody's."""
    viewer.require(MANAGE if is_shared else WORK)
    owner = None if is_shared else viewer.require_agent()
    with transaction.atomic():
        _require_room(owner)
        reply = CannedReply.objects.create(title=title, body=body, owner=owner)
        _put(reply)
        _record(viewer, "tickets.canned_made", reply)
    return reply


def change_canned(viewer: Viewer, reply: CannedReply, *, title: str, body: str) -> None:
    viewer.require(_needed_for(reply))
    with transaction.atomic():
        reply = _locked(viewer, reply)
        reply.title, reply.body, reply.updated_at = title, body, timezone.now()
        reply.save(update_fields=["title", "body", "updated_at"])
        if reply.retired_at is None:
            _put(reply)
        _record(viewer, "tickets.canned_changed", reply)


def set_canned_retired(viewer: Viewer, reply: CannedReply, is_retired: bool) -> None:
    """Puts it away, so that nobody is offered it any more; or takes it out again."""
    viewer.require(_needed_for(reply))
    with transaction.atomic():
        reply = _locked(viewer, reply)
        if is_retired == (reply.retired_at is not None):
            return
        if is_retired:
            reply.retired_at = timezone.now()
            search.forget(ARCHIVED_AS, reply.pk)
        else:
            _require_room(reply.owner)
            reply.retired_at = None
            _put(reply)
        reply.save(update_fields=["retired_at"])
        verb = "tickets.canned_retired" if is_retired else "tickets.canned_revived"
        _record(viewer, verb, reply)


def count_canned(viewer: Viewer, reply: CannedReply) -> None:
    """It was put into a message once more. A count alone: what is sent is on record by itself."""
    viewer.require(WORK)
    offered = CannedReply.objects.visible_to(viewer).offered()
    offered.filter(pk=reply.pk).update(used=F("used") + 1)


def find_canned(viewer: Viewer, question: list[Clause]) -> list[int]:
    """Primary keys of the replies whose title and words hold all of it: a proposal, to be
    narrowed by `visible_to`. One query."""
    viewer.require(WORK)
    return archive.find([_scope(None), _scope(viewer.require_agent().pk)], question)


def archive_canned() -> None:
    """Writes the words of all that are offered anew: for `handrail reindex`."""
    for reply in CannedReply.objects.visible_to(SYSTEM).offered().iterator():
        _put(reply)


def _needed_for(reply: CannedReply) -> str:
    return WORK if reply.owner_id else MANAGE


def _locked(viewer: Viewer, reply: CannedReply) -> CannedReply:
    rows = CannedReply.objects.visible_to(viewer).select_for_update(of=("self",))
    return rows.select_related("owner").get(pk=reply.pk)


def _require_room(owner: Agent | None) -> None:
    offered = CannedReply.objects.visible_to(SYSTEM).offered().filter(owner=owner)
    if offered.count() >= (MOST_OWN if owner else MOST_SHARED):
        raise ValidationError(_("There are enough replies. Retire one that nobody uses first."))


def _put(reply: CannedReply) -> None:
    texts: Iterable[str] = (reply.title, reply.body)
    search.put(ARCHIVED_AS, reply.pk, Layer.PUBLIC, [_scope(reply.owner_id)], texts)


def _scope(owner_id: int | None) -> str:
    """Who finds it. Letters and digits alone: a term of the index must be one token."""
    return f"{ARCHIVED_AS}agent{owner_id}" if owner_id else f"{ARCHIVED_AS}all"


def _record(viewer: Viewer, verb: str, reply: CannedReply) -> None:
    is_shared = reply.owner_id is None
    ref = Ref(KIND, reply.public_id)
    activity.record(viewer, verb, ref, title=reply.title, is_shared=is_shared)
