"""What is remembered of suggestions beside the form of a new ticket?"""

from uuid import UUID

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.people.viewer import Viewer


def follow_suggestion(viewer: Viewer, ref: Ref, form: UUID | None) -> None:
    """A member opened it instead of writing on.

    `form` is the form's own id, which `tickets.opened` has too: a form with the one and without
    the other spared a ticket. Who comes back later has another form; reports go by member and day.
    """
    viewer.require("tickets.open")
    detail = {"form": form.hex} if form else {}
    activity.record(viewer, "tickets.suggestion_opened", ref, account=viewer.account, **detail)
