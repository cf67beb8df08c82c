"""What can agents do with the views of the queue that they save?"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.mediums.tickets.models import SavedView
from handrail.mediums.tickets.states import KIND
from handrail.people.viewer import Viewer

MOST_SAVED = 30
"""Views that one agent keeps, and that all share: more is no help in finding anything."""


def save_view(
    viewer: Viewer, name: str, filters: Mapping[str, str], *, is_shared: bool = False
) -> SavedView:
    """Keeps the filters under a name: one's own, or everybody's where one may choose for all."""
    viewer.require("settings.manage" if is_shared else "conversations.work")
    owner = None if is_shared else viewer.require_agent()
    with transaction.atomic():
        if SavedView.objects.filter(owner=owner).count() >= MOST_SAVED:
            raise ValidationError(_("That are enough views. Delete one that nobody needs first."))
        view = SavedView.objects.create(name=name, owner=owner, filters=dict(filters))
        _record(viewer, "tickets.view_saved", view)
    return view


def rename_view(viewer: Viewer, view: SavedView, name: str) -> None:
    viewer.require("conversations.work" if view.owner_id else "settings.manage")
    with transaction.atomic():
        view.name = name
        view.save(update_fields=["name"])
        _record(viewer, "tickets.view_renamed", view)


def delete_view(viewer: Viewer, view: SavedView) -> None:
    viewer.require("conversations.work" if view.owner_id else "settings.manage")
    with transaction.atomic():
        _record(viewer, "tickets.view_deleted", view)
        view.delete()


def _record(viewer: Viewer, verb: str, view: SavedView) -> None:
    is_shared = view.owner_id is None
    activity.record(viewer, verb, Ref(KIND, view.public_id), name=view.name, is_shared=is_shared)
